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

    @Test func `nobody is sent to by default who was not named`() async throws {
        let fixture = try SMSFixture(["SMS_DEFAULT_COUNTRY_CODE": "49", "SMS_ALLOWED_COUNTRY_CODES": ""])
        #expect(try await fixture.invoke(["destination": "0170 1234567"]).status == "sent")
        for number in ["+12065550142", "0012065550142", "+41791234567"] {
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(["destination": number]) }
            #expect(error?.errorType == "Function.RecipientNotAllowed", "\(number)")
            #expect(error?.description.contains("SMS_ALLOWED_COUNTRY_CODES") == true)
        }
        #expect(fixture.aws.sendCount == 1)
    }

    @Test(arguments: [
        ("1", "+18765550142", false), ("1", "(876) 555-0142", false), ("*", "+18765550142", false),
        ("1876", "+18765550142", false), ("*", "+8816123456789", false), ("1", "+12065550142", true),
        ("*", "+4917012345678", true), ("1,1876", "+12425550142", true),
    ]) func `denied prefixes win over the countries that are allowed`(
        allowed: String, destination: String, isSent: Bool
    ) async throws {
        let fixture = try SMSFixture([
            "SMS_ALLOWED_COUNTRY_CODES": allowed, "SMS_DENIED_PREFIXES": "1876, 881", "SMS_DEFAULT_COUNTRY_CODE": "1",
        ])
        if isSent {
            #expect(try await fixture.invoke(["destination": destination]).status == "sent")
        } else {
            let error = await #expect(throws: FunctionError.self) {
                try await fixture.invoke(["destination": destination])
            }
            #expect(error?.errorType == "Function.RecipientNotAllowed")
            #expect(error?.description.contains("SMS_DENIED_PREFIXES") == true)
            #expect(fixture.aws.calls.isEmpty)
        }
    }

    @Test(arguments: [
        ("1", "1-206-555-0142", "+12065550142"), ("39", "0612345678", "+390612345678"),
        ("7", "89123456789", "+79123456789"), ("44", "+44 (0)7700 900123", "+447700900123"),
    ]) func `a national number reaches whoever has it`(country: String, text: String, number: String) async throws {
        let fixture = try SMSFixture(["SMS_DEFAULT_COUNTRY_CODE": country, "SMS_ALLOWED_COUNTRY_CODES": ""])
        _ = try await fixture.invoke(["destination": text])
        #expect(fixture.published?["PhoneNumber"] == number)
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
        for provider in [["SMS_PROVIDER": "sns"], ["SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": "pool-1"]] {
            let fixture = try SMSFixture(["SMS_MAX_PARTS": "100"].merging(provider) { $1 })
            #expect(try await fixture.send(text: String(repeating: "a", count: 1_600)).parts == "11")
            let error = await #expect(throws: FunctionError.self) {
                try await fixture.send(text: String(repeating: "a", count: 1_601))
            }
            #expect(error?.errorType == "Function.MessageTooLong")
        }
    }

    @Test func `SNS takes 1,600 bytes, and End User Messaging as many characters`() async throws {
        let sns = try SMSFixture(["SMS_MAX_PARTS": "100"])
        #expect(try await sns.send(text: String(repeating: "é", count: 800)).parts == "6")
        for text in [String(repeating: "é", count: 801), String(repeating: "€", count: 534)] {
            let error = await #expect(throws: FunctionError.self) { try await sns.send(text: text) }
            #expect(error?.errorType == "Function.MessageTooLong")
            #expect(error?.description.contains("1602 bytes") == true)
        }
        #expect(sns.aws.sendCount == 1)
        let messaging = try SMSFixture([
            "SMS_MAX_PARTS": "100", "SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": "pool-1",
        ])
        #expect(try await messaging.send(text: String(repeating: "€", count: 1_600)).parts == "22")
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

    @Test func `a repeat under a key answers the first message's id and parts`() async throws {
        let fixture = try SMSFixture(["SMS_DEFAULT_COUNTRY_CODE": "1"])
        let long: [String: Any] = [
            "idempotencyKey": "k", "template": "plain", "formData": ["text": String(repeating: "a", count: 200)],
        ]
        #expect(try await fixture.invoke(long).parts == "2")
        // Another way to write the number, another type and another contact are the same message.
        for changes in [[:], ["destination": "(206) 555-0142"], ["messageType": "Promotional"]] {
            let event = try SMSFixture.event(long.merging(changes) { $1 }, contact: "contact-2")
            let again = try await fixture.invoke(event)
            #expect(again == SMSOutput(.duplicate(.init(messageID: "message-1", details: ["parts": "2"])), parts: "2"))
        }
        #expect(fixture.aws.sendCount == 1)
    }

    @Test func `a key that was given for another message is refused`() async throws {
        let fixture = try SMSFixture()
        let first: [String: Any] = ["idempotencyKey": "k", "template": "plain", "formData": ["text": "a"]]
        _ = try await fixture.invoke(first)
        for change: [String: Any] in [
            ["destination": "+12065550143"], ["formData": ["text": "b"]],
            ["template": "cancellation", "formData": SMSFixture.form],
        ] {
            let event = try SMSFixture.event(first.merging(change) { $1 })
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
            #expect(error?.errorType == "Function.IdempotencyKeyReused")
            #expect(error?.description.contains("0143") == false)
        }
        #expect(fixture.aws.sendCount == 1)
        #expect(try await fixture.invoke(first).status == "duplicate")
    }

    @Test func `a key is stored as a hash that no other function shares`() async throws {
        let fixture = try SMSFixture()
        _ = try await fixture.invoke(["idempotencyKey": "k"])
        let id = fixture.aws.items.first?["id"]?.S
        func key(_ function: String) -> String {
            IdempotencyKey(function: function, given: "k", template: "", destination: "", content: []).id
        }
        #expect(id == key("SendSMS"))
        #expect(id != key("SendEmail"))
    }
}
