import Calling
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct SESClientTests {
    private let email = Email(
        from: "clinic@example.com", to: ["patient@example.com"], replyTo: ["desk@example.com"],
        subject: "Ihr Termin – änd're ihn", text: "Guten Tag,\n\t\"Frau\" O\\'Hara 🎉",
        html: "<p>Guten Tag &amp; auf Wiedersehen</p>", configurationSet: "switchboard")

    @Test func `a whole e-mail is on the wire as botocore puts it there`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"MessageId":"0100-a"}"#))
        #expect(try await SESClient(fixture.client).sendEmail(email, deadline: soon) == "0100-a")
        let request = try fixture.onlyRequest(signedFor: "ses")
        #expect(request.target == "/v2/email/outbound-emails")
        #expect(request["Content-Type"] == "application/json")
        #expect(try isSameJSON(request.text, try #require(BotocoreVectors.body("sesv2", "send_email"))))
    }

    @Test func `what is not given is left out, byte for byte`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"MessageId":"0100-a"}"#))
        let email = Email(from: "a@example.com", to: ["b@example.com"], subject: "Hi", text: "Yes/no")
        _ = try await SESClient(fixture.client).sendEmail(email, deadline: soon)
        #expect(
            try fixture.onlyRequest(signedFor: "ses").text
                == #"{"Content":{"Simple":{"Body":{"Text":{"Charset":"UTF-8","Data":"Yes/no"}},"#
                + #""Subject":{"Charset":"UTF-8","Data":"Hi"}}},"#
                + #""Destination":{"ToAddresses":["b@example.com"]},"FromEmailAddress":"a@example.com"}"#)
    }

    @Test func `a rejection is told without the addresses in its message`() async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(
                status: 400, headers: [("x-amzn-ErrorType", "MessageRejected:http://internal/")],
                #"{"message":"Email address is not verified: clinic@example.com"}"#))
        let error = await failure { () async throws(AWSError) in
            try await SESClient(fixture.client).sendEmail(email, deadline: soon)
        }
        #expect(error?.code == "MessageRejected" && error?.status == 400 && error?.outcome == .refused)
        #expect(error?.description == "SES refused SendEmail: status 400, MessageRejected.")
        #expect(error?.isRetryable == false && fixture.server.requests.count == 1)
    }

    @Test(arguments: [
        "", "{}", "not JSON", #"{"MessageId":""}"#, #"{"MessageId":5}"#, #"{"MessageId":"#,
        #"{"MessageId":"\#(String(repeating: "x", count: 40_000))"}"#,
    ])
    func `a success that cannot be read has an unknown outcome and is not sent again`(_ body: String) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(body))
        let error = await failure { () async throws(AWSError) in
            try await SESClient(fixture.client).sendEmail(email, deadline: soon)
        }
        #expect(error?.outcome == .unknown && error?.status == 200 && error?.isRetryable == false)
        #expect(fixture.server.requests.count == 1)
    }
}
