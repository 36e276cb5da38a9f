import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import SendEmail

@Suite(.takingTurns) struct SendEmailFailureTests {
    /// Personal data that must be in no error, no log line and no item.
    private static let personal = ["maria", "Maria", "example.net", "Okafor", "Tuesday", "+1206"]

    private func failure(_ fixture: EmailFixture, within time: Duration = .seconds(5)) async throws -> FunctionError? {
        let event = try EmailFixture.event()
        return await #expect(throws: FunctionError.self) { try await fixture.invoke(event, within: time) }
    }

    @Test(arguments: [
        (400, "MessageRejected"), (400, "MailFromDomainNotVerifiedException"), (400, "AccountSuspendedException"),
        (400, "SendingPausedException"), (400, "BadRequestException"), (404, "NotFoundException"), (422, ""),
        (409, "ConflictException"), (400, "ValidationException"), (402, ""), (408, ""), (451, ""),
    ]) func `a refusal for good is asked once and rejected`(status: Int, code: String) async throws {
        let fixture = try EmailFixture()
        fixture.aws.behave { operation, _ in operation == .sendEmail ? .refuse(status: status, code: code) : .normal }
        #expect(try await failure(fixture)?.errorType == "Function.DeliveryRejected")
        #expect(fixture.sent.count == 1)
        #expect(fixture.aws.items.isEmpty)
    }

    @Test(arguments: [
        (429, "TooManyRequestsException", 3), (400, "LimitExceededException", 3), (400, "ThrottlingException", 3),
        (500, "InternalServiceErrorException", 3), (503, "", 3), (401, "", 1), (403, "AccessDeniedException", 1),
        (403, "SignatureDoesNotMatch", 1), (400, "UnrecognizedClientException", 1), (400, "ExpiredTokenException", 1),
        (400, "InvalidSignatureException", 1), (501, "", 1), (302, "", 1),
    ]) func `a passing failure, or one of the credentials, is unavailable and leaves no claim`(
        status: Int, code: String, tries: Int
    ) async throws {
        let fixture = try EmailFixture()
        fixture.aws.behave { operation, _ in operation == .sendEmail ? .refuse(status: status, code: code) : .normal }
        #expect(try await failure(fixture)?.errorType == "Function.ServiceUnavailable")
        #expect(fixture.sent.count == tries)
        #expect(fixture.aws.items.isEmpty)
        fixture.aws.behave { _, _ in .normal }
        #expect(try await fixture.invoke().status == "sent")
    }

    @Test func `a role without the right is told what to look at, wrong credentials are not`() async throws {
        for (code, isTold) in [("AccessDeniedException", true), ("SignatureDoesNotMatch", false)] {
            let fixture = try EmailFixture()
            fixture.aws.behave { operation, _ in operation == .sendEmail ? .refuse(status: 403, code: code) : .normal }
            let text = try #require(try await failure(fixture)).description
            for part in ["SesIdentityArns", "beside its domain's", "default configuration set", "sandbox"] {
                #expect(text.contains(part) == isTold, "\(text)")
            }
            #expect(text.contains("Nothing was sent"))
        }
    }

    @Test func `a throttled send is sent by a later try`() async throws {
        let fixture = try EmailFixture()
        fixture.aws.behave { operation, number in
            operation == .sendEmail && number < 3 ? .refuse(status: 429, code: "TooManyRequestsException") : .normal
        }
        #expect(try await fixture.invoke().status == "sent")
        #expect(fixture.aws.sendCount == 1)
    }

    @Test(arguments: [
        AWSDouble.Behaviour.resetAfterDoing, .resetMidBody, .unreadable, .hang,
    ]) func `an unknown outcome is unavailable, and a repeat sends nothing for 300 seconds`(
        behaviour: AWSDouble.Behaviour
    ) async throws {
        let fixture = try EmailFixture()
        fixture.aws.behave { operation, number in operation == .sendEmail && number == 1 ? behaviour : .normal }
        let started = ContinuousClock.now
        #expect(try await failure(fixture, within: .seconds(4))?.errorType == "Function.ServiceUnavailable")
        #expect(.now - started < .seconds(4))
        fixture.advance(seconds: 200)
        #expect(try await failure(fixture, within: .seconds(4))?.errorType == "Function.ServiceUnavailable")
        #expect(fixture.sent.count == 1)
        fixture.advance(seconds: 101)
        #expect(try await fixture.invoke().status == "sent")
        #expect(fixture.sent.count == 2)
    }

    @Test func `a refused connection is unavailable and leaves no claim`() async throws {
        let fixture = try EmailFixture(["AWS_ENDPOINT_URL_SESV2": "http://127.0.0.1:\(ScriptedServer.closedPort())"])
        #expect(try await failure(fixture)?.errorType == "Function.ServiceUnavailable")
        #expect(fixture.aws.items.isEmpty)
    }

    @Test func `a table that refuses connections is unavailable and nothing is sent`() async throws {
        let fixture = try EmailFixture(["AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:\(ScriptedServer.closedPort())"])
        #expect(try await failure(fixture)?.errorType == "Function.ServiceUnavailable")
        #expect(fixture.aws.calls.isEmpty)
    }

    @Test func `a repeated contact gets the first message's id and sends nothing`() async throws {
        let fixture = try EmailFixture()
        let first = try await fixture.invoke()
        let second = try await fixture.invoke()
        #expect(second.status == "duplicate")
        #expect(second.messageId == first.messageId)
        #expect(fixture.aws.sendCount == 1)
    }

    @Test func `another contact, recipient, template or content is another message`() async throws {
        let fixture = try EmailFixture()
        _ = try await fixture.invoke()
        #expect(try await fixture.invoke(EmailFixture.event(contact: "contact-2")).status == "sent")
        #expect(try await fixture.invoke(["destinationEmail": "joao@example.net"]).status == "sent")
        #expect(try await fixture.invoke(["customerFullName": "João"]).status == "sent")
        #expect(try await fixture.invoke(["destinationEmail": "Maria.Silva@Example.net"]).status == "duplicate")
        #expect(fixture.aws.sendCount == 4)
    }

    @Test func `the caller's key wins over the contact, and the sender is no part of the message`() async throws {
        let fixture = try EmailFixture()
        _ = try await fixture.invoke(["idempotencyKey": "k"])
        let other = try EmailFixture.event(
            [
                "idempotencyKey": "k", "systemEmail": "other@example.com",
                "destinationEmail": "Maria.Silva@EXAMPLE.net",
            ], contact: "contact-2")
        #expect(try await fixture.invoke(other).status == "duplicate")
        #expect(try await fixture.invoke(["idempotencyKey": "l"]).status == "sent")
        #expect(try await fixture.invoke(["idempotencyKey": ""]).status == "sent")
    }

    @Test func `a key that was given for another e-mail is refused`() async throws {
        let fixture = try EmailFixture()
        _ = try await fixture.invoke(["idempotencyKey": "k"])
        for change in [["customerFullName": "João"], ["destinationEmail": "joao@example.net"]] {
            let event = try EmailFixture.event(change.merging(["idempotencyKey": "k"]) { $1 })
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
            #expect(error?.errorType == "Function.IdempotencyKeyReused")
        }
        #expect(fixture.aws.sendCount == 1)
        #expect(try await fixture.invoke(["idempotencyKey": "k"]).status == "duplicate")
    }

    @Test func `two at once send one e-mail`() async throws {
        let fixture = try EmailFixture()
        fixture.aws.behave { operation, _ in operation == .sendEmail ? .slow(milliseconds: 300) : .normal }
        async let first = fixture.invoke()
        async let second = fixture.invoke()
        let outputs = try await [first, second]
        #expect(Set(outputs.map(\.status)) == ["sent", "duplicate"])
        #expect(Set(outputs.map(\.messageId)).count == 1)
        #expect(fixture.aws.sendCount == 1)
    }

    @Test(arguments: [
        AWSDouble.Behaviour.normal, .refuse(status: 400, code: "MessageRejected"), .resetAfterDoing,
    ]) func `items, errors and log lines hold nothing personal`(behaviour: AWSDouble.Behaviour) async throws {
        let fixture = try EmailFixture()
        fixture.aws.behave { operation, _ in
            operation == .sendEmail
                ? behaviour : operation == .deleteItem ? .refuse(status: 400, code: "ValidationException") : .normal
        }
        var error = ""
        do { _ = try await fixture.invoke(["idempotencyKey": "maria +12065550142"]) } catch let failure {
            error = "\(failure)"
        }
        let written = fixture.aws.bodies(of: .putItem).joined()
        #expect(!written.isEmpty)
        for text in Self.personal {
            #expect(!written.contains(text))
            #expect(!error.contains(text))
            #expect(!fixture.log.contains(text))
        }
    }
}
