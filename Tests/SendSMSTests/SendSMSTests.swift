import AmazonConnect
import Foundation
import Idempotency
import JSON
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import SendSMS

@Suite(.takingTurns) struct SendSMSTests {
    @Test func `the guide's form becomes one text message`() async throws {
        let fixture = try SMSFixture()
        let output = try await fixture.invoke()
        #expect(output == SMSOutput(.sent(.init(messageID: "message-1")), parts: "1"))
        #expect(
            fixture.published?["Message"]
                == "Maria Silva, your appointment on Tuesday at 10:30 has been cancelled. Dr. Okafor is away. "
                + "Please call us for a new one.")
        #expect(fixture.published?["PhoneNumber"] == SMSFixture.number)
        #expect(fixture.attributes == ["AWS.SNS.SMS.SMSType": "Transactional"])
        #expect(fixture.aws.calls.map(\.operation) == [.putItem, .checkOptOut, .publish, .putItem])
    }

    @Test func `the output is flat and its values are strings`() async throws {
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(try await SMSFixture().invoke()))
        #expect(json as? [String: String] == ["status": "sent", "messageId": "message-1", "parts": "1"])
    }

    @Test func `attributes are those of the message, as the environment says`() async throws {
        let fixture = try SMSFixture([
            "SMS_SENDER_ID": "Clinic", "SMS_MAX_PRICE": "0.50", "SMS_ORIGINATION": "+12065550100",
            "SMS_TYPE": "Promotional",
        ])
        _ = try await fixture.invoke()
        #expect(
            fixture.attributes == [
                "AWS.SNS.SMS.SMSType": "Promotional", "AWS.SNS.SMS.SenderID": "Clinic",
                "AWS.SNS.SMS.MaxPrice": "0.50", "AWS.MM.SMS.OriginationNumber": "+12065550100",
            ])
    }

    @Test func `the origination number sends in its own country alone, elsewhere the sender id does`() async throws {
        let fixture = try SMSFixture(["SMS_SENDER_ID": "Clinic", "SMS_ORIGINATION": "+12065550100"])
        for (destination, origination) in [("+12065550142", "+12065550100"), ("+4917012345678", nil)] {
            _ = try await fixture.invoke(["destination": destination])
            #expect(fixture.attributes["AWS.MM.SMS.OriginationNumber"] == origination)
            #expect(fixture.attributes["AWS.SNS.SMS.SenderID"] == "Clinic")
        }
    }

    @Test func `the event's message type wins`() async throws {
        let fixture = try SMSFixture()
        _ = try await fixture.invoke(["messageType": "promotional"])
        #expect(fixture.attributes["AWS.SNS.SMS.SMSType"] == "Promotional")
    }

    @Test func `text is not escaped, and loses its trailing newlines only`() async throws {
        let fixture = try SMSFixture()
        _ = try await fixture.send(text: "\n <b> & 'x'\n\r\n")
        #expect(fixture.published?["Message"] == "\n <b> & 'x'")
    }

    @Test func `national numbers are taken with a default country`() async throws {
        let fixture = try SMSFixture(["SMS_DEFAULT_COUNTRY_CODE": "49", "SMS_ALLOWED_COUNTRY_CODES": "49"])
        _ = try await fixture.invoke(["destination": "0170 / 123-4567"])
        #expect(fixture.published?["PhoneNumber"] == "+491701234567")
        #expect(try await fixture.invoke(["destination": "+491701234567"]).status == "duplicate")
    }

    @Test(arguments: [
        (["destination": ""], "Function.InvalidRequest"),
        (["destination": "2065550142"], "Function.InvalidPhoneNumber"),
        (["destination": "+1 206 555 0142"], "Function.InvalidPhoneNumber"),
        (["destination": "+4917012345678"], "Function.RecipientNotAllowed"),
        (["template": "reminder"], "Function.InvalidRequest"), (["messageType": "Urgent"], "Function.InvalidRequest"),
        (["formData": "no"], "Function.InvalidRequest"), (["formData": "{}"], "Function.InvalidRequest"),
    ]) func `bad input has its error type, and reaches no service`(changes: [String: String], type: String) async throws
    {
        let fixture = try SMSFixture(["SMS_ALLOWED_COUNTRY_CODES": "1, 44"])
        let event = try SMSFixture.event(changes)
        let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
        #expect(error?.errorType == type)
        #expect(fixture.aws.calls.isEmpty)
        #expect(error?.description.contains("0142") == false)
        #expect(error?.description.contains("1234") == false)
    }

    @Test(arguments: ["", "\n", " \r\n"]) func `an empty message is an invalid request`(text: String) async throws {
        let fixture = try SMSFixture()
        let error = await #expect(throws: FunctionError.self) { try await fixture.send(text: text) }
        #expect(error?.code == .invalidRequest)
    }

    @Test func `more parts than allowed are too long`() async throws {
        let fixture = try SMSFixture()
        #expect(try await fixture.send(text: String(repeating: "a", count: 612)).parts == "4")
        for text in [String(repeating: "a", count: 613), String(repeating: "ж", count: 269)] {
            let error = await #expect(throws: FunctionError.self) { try await fixture.send(text: text) }
            #expect(error?.errorType == "Function.MessageTooLong")
        }
        let strict = try SMSFixture(["SMS_MAX_PARTS": "1"])
        let error = await #expect(throws: FunctionError.self) {
            try await strict.send(text: String(repeating: "a", count: 161))
        }
        #expect(error?.errorType == "Function.MessageTooLong")
    }

    @Test func `no message has more than 1,600 characters, however many parts are allowed`() async throws {
        let fixture = try SMSFixture(["SMS_MAX_PARTS": "100"])
        #expect(try await fixture.send(text: String(repeating: "a", count: 1_600)).parts == "11")
        #expect(try await fixture.send(text: String(repeating: "€", count: 1_600)).parts == "22")
        let error = await #expect(throws: FunctionError.self) {
            try await fixture.send(text: String(repeating: "a", count: 1_601))
        }
        #expect(error?.errorType == "Function.MessageTooLong")
    }

    @Test func `a guide that is offered again for the same call sends nothing again`() async throws {
        let fixture = try SMSFixture()
        #expect(try await fixture.invoke(SMSFixture.guide("guide-1", of: "call-1")).status == "sent")
        let again = try await fixture.invoke(SMSFixture.guide("guide-2", of: "call-1"))
        #expect(again == SMSOutput(.duplicate(.init(messageID: "message-1", details: ["parts": "1"])), parts: "1"))
        // The parameter says the same as the relation, and so does the call's own flow.
        let given = try SMSFixture.guide("guide-3", of: "other", ["callContactId": "call-1"])
        #expect(try await fixture.invoke(given).status == "duplicate")
        #expect(try await fixture.invoke(SMSFixture.event(contact: "call-1")).status == "duplicate")
        #expect(fixture.aws.sendCount == 1)
        #expect(try await fixture.invoke(SMSFixture.guide("guide-4", of: "call-2")).status == "sent")
    }

    @Test func `a direct invoke counts for the call that it names`() async throws {
        let fixture = try SMSFixture()
        func direct(_ call: String) throws -> ContactFlowEvent {
            try SMSFixture.decode(SMSFixture.parameters.merging(["callContactId": call]) { $1 })
        }
        #expect(try await fixture.invoke(direct("call-1")).status == "sent")
        #expect(try await fixture.invoke(direct("call-2")).status == "sent")
        #expect(try await fixture.invoke(direct("")).status == "sent")
        #expect(try await fixture.invoke(SMSFixture.guide("guide-1", of: "call-1")).status == "duplicate")
    }

    @Test func `a duplicate answers the first message's id and parts`() async throws {
        let fixture = try SMSFixture()
        _ = try await fixture.invoke(["idempotencyKey": "k"])
        let second = try await fixture.invoke([
            "idempotencyKey": "k", "template": "plain", "formData": ["text": String(repeating: "a", count: 200)],
        ])
        #expect(second == SMSOutput(.duplicate(.init(messageID: "message-1", details: ["parts": "1"])), parts: "2"))
        #expect(second.parts == "1")
        #expect(fixture.aws.sendCount == 1)
    }

    @Test func `a key is stored as a hash that no other function shares`() async throws {
        let fixture = try SMSFixture()
        _ = try await fixture.invoke(["idempotencyKey": "k"])
        let id = fixture.aws.items.first?["id"]?.S
        #expect(id == IdempotencyKey(function: "SendSMS", given: "k").id)
        #expect(id != IdempotencyKey(function: "SendEmail", given: "k").id)
    }
}
