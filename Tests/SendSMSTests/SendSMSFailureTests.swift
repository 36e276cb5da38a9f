import Idempotency
import JSON
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import SendSMS

@Suite(.takingTurns) struct SendSMSFailureTests {
    private func failure(_ fixture: SMSFixture, within time: Duration = .seconds(5)) async throws -> FunctionError? {
        let event = try SMSFixture.event()
        return await #expect(throws: FunctionError.self) { try await fixture.invoke(event, within: time) }
    }

    private static let endUserMessaging = ["SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": "pool-1"]

    @Test func `a number that has opted out gets nothing and leaves no record`() async throws {
        let fixture = try SMSFixture()
        fixture.aws.optOut(SMSFixture.number)
        for _ in 0..<2 {
            #expect(try await fixture.invoke() == SMSOutput(.withheld, parts: "1"))
            #expect(try await fixture.invoke().messageId.isEmpty)
        }
        #expect(fixture.aws.sendCount == 0)
        #expect(fixture.aws.items.isEmpty)
    }

    @Test func `a number that opts out between the check and the message is opted out too`() async throws {
        let fixture = try SMSFixture()
        fixture.aws.behave { operation, _ in
            operation == .publish ? .refuse(status: 400, code: "OptedOut") : .normal
        }
        #expect(try await fixture.invoke().status == "optedout")
        #expect(fixture.aws.items.isEmpty)
    }

    @Test(arguments: [
        AWSDouble.Behaviour.refuse(status: 400, code: "InvalidParameter"), .refuse(status: 500, code: "InternalError"),
        .refuse(status: 429, code: "Throttled"), .unreadable, .hang, .resetAfterDoing,
    ]) func `when the opt-out check fails nothing is sent and nothing remembered`(
        behaviour: AWSDouble.Behaviour
    ) async throws {
        let fixture = try SMSFixture()
        fixture.aws.behave { operation, _ in operation == .checkOptOut ? behaviour : .normal }
        #expect(try await failure(fixture, within: .seconds(4))?.errorType == "Function.ServiceUnavailable")
        #expect(fixture.aws.sendCount == 0)
        #expect(fixture.aws.items.isEmpty)
    }

    @Test(arguments: [
        ("InvalidParameter", 400, "Function.DeliveryRejected"),
        ("ParameterValueInvalid", 400, "Function.DeliveryRejected"),
        ("AuthorizationError", 403, "Function.ServiceUnavailable"), ("Throttled", 429, "Function.ServiceUnavailable"),
        ("InternalError", 500, "Function.ServiceUnavailable"),
        ("InvalidClientTokenId", 403, "Function.ServiceUnavailable"),
    ]) func `a refused Publish has its error type and leaves no claim`(
        code: String, status: Int, type: String
    ) async throws {
        let fixture = try SMSFixture()
        fixture.aws.behave { operation, _ in operation == .publish ? .refuse(status: status, code: code) : .normal }
        let error = try await failure(fixture)
        #expect(error?.errorType == type)
        #expect(error?.description.contains("0142") == false)
        #expect(fixture.aws.items.isEmpty)
    }

    @Test(arguments: [AWSDouble.Behaviour.resetAfterDoing, .resetMidBody, .unreadable, .hang])
    func `an unknown outcome is unavailable, and a repeat sends nothing for 300 seconds`(
        behaviour: AWSDouble.Behaviour
    ) async throws {
        let fixture = try SMSFixture()
        fixture.aws.behave { operation, number in operation == .publish && number == 1 ? behaviour : .normal }
        #expect(try await failure(fixture, within: .seconds(4))?.errorType == "Function.ServiceUnavailable")
        #expect(try await failure(fixture, within: .seconds(4))?.errorType == "Function.ServiceUnavailable")
        #expect(fixture.aws.sendCount == 1)
        fixture.advance(seconds: 301)
        #expect(try await fixture.invoke().status == "sent")
    }

    @Test func `a repeat is a duplicate although the number has opted out since`() async throws {
        let fixture = try SMSFixture()
        _ = try await fixture.invoke()
        fixture.aws.optOut(SMSFixture.number)
        #expect(try await fixture.invoke().status == "duplicate")
    }

    @Test func `End User Messaging sends from the origination, in one call`() async throws {
        let fixture = try SMSFixture(Self.endUserMessaging.merging(["SMS_MAX_PRICE": "1.0"]) { $1 })
        #expect(try await fixture.invoke(["messageType": "Promotional"]).status == "sent")
        let body = try #require(fixture.aws.bodies(of: .sendTextMessage).first)
        for field in [
            #""OriginationIdentity":"pool-1""#, #""DestinationPhoneNumber":"+12065550142""#,
            #""MessageType":"PROMOTIONAL""#, #""MaxPrice":"1.0""#,
        ] {
            #expect(body.contains(field))
        }
        #expect(fixture.aws.bodies(of: .checkOptOut).isEmpty)
    }

    @Test func `End User Messaging's opted-out conflict is opted out, any other is a rejection`() async throws {
        let fixture = try SMSFixture(Self.endUserMessaging)
        fixture.aws.behave { operation, _ in
            operation == .sendTextMessage
                ? .refuse(status: 409, code: "ConflictException", reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT")
                : .normal
        }
        #expect(try await fixture.invoke().status == "optedout")
        #expect(fixture.aws.items.isEmpty)
        fixture.aws.behave { operation, _ in
            operation == .sendTextMessage
                ? .refuse(status: 409, code: "ConflictException", reason: "PHONE_NUMBER_NOT_IN_REGISTRATION_REGION")
                : .normal
        }
        #expect(try await failure(fixture)?.errorType == "Function.DeliveryRejected")
    }

    @Test(arguments: [AWSDouble.Behaviour.normal, .refuse(status: 400, code: "InvalidParameter"), .hang])
    func `items, errors and log lines hold nothing personal`(behaviour: AWSDouble.Behaviour) async throws {
        let fixture = try SMSFixture()
        fixture.aws.behave { operation, _ in operation == .publish ? behaviour : .normal }
        var message = ""
        do { _ = try await fixture.invoke(SMSFixture.event(), within: .seconds(4)) } catch { message = "\(error)" }
        let written = fixture.aws.bodies(of: .putItem).joined()
        #expect(!written.isEmpty)
        for text in ["0142", "Maria", "Okafor", "Tuesday"] {
            #expect(!written.contains(text))
            #expect(!message.contains(text))
            #expect(!fixture.log.contains(text))
        }
    }
}
