import AmazonConnect
import Foundation
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import SendEmail

@Suite(.takingTurns) struct SendEmailTests {
    @Test func `the guide's form becomes one e-mail with subject, text and HTML`() async throws {
        let fixture = try EmailFixture(["EMAIL_REPLY_TO": "help@example.com", "SES_CONFIGURATION_SET": "notices"])
        let output = try await fixture.invoke()
        #expect(output.status == "sent")
        #expect(output.messageId == "message-1")
        let request = try #require(fixture.sent.first)
        #expect(request["FromEmailAddress"] as? String == "desk@example.com")
        #expect(request["Destination"] as? [String: [String]] == ["ToAddresses": ["maria.silva@example.net"]])
        #expect(request["ReplyToAddresses"] as? [String] == ["help@example.com"])
        #expect(request["ConfigurationSetName"] as? String == "notices")
        #expect(fixture.last("Subject") == "Your appointment on Tuesday at 10:30 has been cancelled")
        let text = try #require(fixture.last("Text"))
        #expect(
            text.hasPrefix(
                "Dear Maria Silva,\n\nyour appointment on Tuesday at 10:30 has been cancelled.\n\nDr. Okafor is away.\n"
            ))
        let html = try #require(fixture.last("Html"))
        #expect(html.hasPrefix("<!DOCTYPE html>"))
        #expect(html.contains("<strong>Tuesday</strong>"))
        #expect(!(text + html).contains("{{"))
    }

    @Test func `the output is flat and its values are strings`() async throws {
        let output = try await EmailFixture().invoke()
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(output))
        #expect(json as? [String: String] == ["status": "sent", "messageId": "message-1"])
    }

    @Test func `form data may come as a JSON string`() async throws {
        let fixture = try EmailFixture()
        let json = try JSONSerialization.data(withJSONObject: EmailFixture.form)
        _ = try await fixture.invoke(["formData": String(decoding: json, as: UTF8.self)])
        #expect(fixture.last("Subject") == "Your appointment on Tuesday at 10:30 has been cancelled")
    }

    @Test func `HTML in fields is escaped in the HTML and nowhere else`() async throws {
        let fixture = try EmailFixture()
        _ = try await fixture.invoke(["customerFullName": "<script>alert('1')</script> & Sons"])
        #expect(
            fixture.last("Html")?.contains("Dear &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; Sons,") == true)
        #expect(fixture.last("Text")?.hasPrefix("Dear <script>alert('1')</script> & Sons,") == true)
    }

    @Test func `numbers and booleans print as JSON`() async throws {
        let fixture = try EmailFixture()
        _ = try await fixture.invoke(["formData": ["appt-day": 24, "appt-time": 10.5, "message-details": true]])
        #expect(fixture.last("Subject") == "Your appointment on 24 at 10.5 has been cancelled")
        #expect(fixture.last("Text")?.contains("\ntrue\n") == true)
    }

    @Test(arguments: ["appt-day", "appt-time", "message-details"])
    func `a missing field is named, and nothing is sent or remembered`(field: String) async throws {
        let fixture = try EmailFixture()
        for value in [nil, NSNull()] as [Any?] {
            var form = EmailFixture.form
            form[field] = value
            let event = try EmailFixture.event(["formData": form])
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
            #expect(error?.code == .invalidRequest)
            #expect(error?.description.contains(field) == true)
        }
        #expect(fixture.aws.calls.isEmpty)
    }

    @Test func `form data cannot give the customer's name`() async throws {
        let fixture = try EmailFixture()
        var form = EmailFixture.form
        form["customerFullName"] = "Mallory"
        _ = try await fixture.invoke(["formData": form])
        #expect(fixture.last("Text")?.hasPrefix("Dear Maria Silva,") == true)
        let event = try EmailFixture.event(["formData": form, "customerFullName": NSNull()])
        let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
        #expect(error?.description.contains("customerFullName") == true)
    }

    @Test func `control characters of a subject become spaces`() async throws {
        let fixture = try EmailFixture()
        var form = EmailFixture.form
        form["appt-day"] = "Tues\u{0}day\r\nBcc: x@example.org\u{7F}\u{85}\u{2028}"
        _ = try await fixture.invoke(["formData": form])
        #expect(
            fixture.last("Subject") == "Your appointment on Tues day  Bcc: x@example.org    at 10:30 has been cancelled"
        )
    }

    @Test func `without a sender in the event EMAIL_FROM is the sender`() async throws {
        let fixture = try EmailFixture(["EMAIL_FROM": "notices@example.com"])
        for sender in ["", NSNull()] as [Any] {
            _ = try await fixture.invoke(EmailFixture.event(["systemEmail": sender], contact: "\(sender)"))
            #expect(fixture.sent.last?["FromEmailAddress"] as? String == "notices@example.com")
        }
    }

    @Test func `a direct invoke's event is the parameters themselves`() async throws {
        let fixture = try EmailFixture()
        let event = try EmailFixture.decode(EmailFixture.parameters)
        #expect(try await fixture.invoke(event).status == "sent")
        #expect(try await fixture.invoke(event).status == "duplicate")
    }

    @Test func `a guide that is offered again for the same call sends nothing again`() async throws {
        let fixture = try EmailFixture()
        #expect(try await fixture.invoke(EmailFixture.guide("guide-1", of: "call-1")).status == "sent")
        let again = try await fixture.invoke(EmailFixture.guide("guide-2", of: "call-1"))
        #expect(again.status == "duplicate")
        #expect(again.messageId == "message-1")
        // The parameter says the same as the relation, and so does the call's own flow.
        let given = try EmailFixture.guide("guide-3", of: "other", ["callContactId": "call-1"])
        #expect(try await fixture.invoke(given).status == "duplicate")
        #expect(try await fixture.invoke(EmailFixture.event(contact: "call-1")).status == "duplicate")
        #expect(fixture.sent.count == 1)
        #expect(try await fixture.invoke(EmailFixture.guide("guide-4", of: "call-2")).status == "sent")
    }

    @Test func `a direct invoke counts for the call that it names`() async throws {
        let fixture = try EmailFixture()
        func direct(_ call: String) throws -> ContactFlowEvent {
            try EmailFixture.decode(EmailFixture.parameters.merging(["callContactId": call]) { $1 })
        }
        #expect(try await fixture.invoke(direct("call-1")).status == "sent")
        #expect(try await fixture.invoke(direct("call-2")).status == "sent")
        #expect(try await fixture.invoke(direct("")).status == "sent")
        #expect(try await fixture.invoke(EmailFixture.guide("guide-1", of: "call-1")).status == "duplicate")
    }

    @Test(arguments: [
        (["systemEmail": "ceo@example.org"], "Function.SenderNotAllowed"),
        (["systemEmail": "desk@mail.example.com"], "Function.SenderNotAllowed"),
        (["destinationEmail": "eve@example.org"], "Function.RecipientNotAllowed"),
        (["systemEmail": ""], "Function.InvalidRequest"), (["systemEmail": "desk"], "Function.InvalidRequest"),
        (["destinationEmail": ""], "Function.InvalidRequest"),
        (["destinationEmail": "a@example.net,b@example.net"], "Function.InvalidRequest"),
        (["destinationEmail": "Maria <a@example.net>"], "Function.InvalidRequest"),
        (["destinationEmail": "a@example.net\r\nBcc: b@example.net"], "Function.InvalidRequest"),
        (["template": "reminder"], "Function.InvalidRequest"), (["template": "../x"], "Function.InvalidRequest"),
        (["formData": "{"], "Function.InvalidRequest"), (["formData": "[]"], "Function.InvalidRequest"),
        (["formData": ""], "Function.InvalidRequest"),
    ]) func `bad input has its error type, and reaches no service`(changes: [String: String], type: String) async throws
    {
        let fixture = try EmailFixture()
        let event = try EmailFixture.event(changes)
        let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
        #expect(error?.errorType == type)
        #expect(fixture.aws.calls.isEmpty)
        for secret in ["example.net", "ceo@", "eve@", "Maria"] {
            #expect(error?.description.contains(secret) == false)
        }
    }

    @Test func `EMAIL_FROM must be an allowed sender too`() async throws {
        let fixture = try EmailFixture(["EMAIL_FROM": "notices@example.org"])
        let event = try EmailFixture.event(["systemEmail": ""])
        let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
        #expect(error?.errorType == "Function.SenderNotAllowed")
    }
}
