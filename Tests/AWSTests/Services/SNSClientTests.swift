import Calling
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct SNSClientTests {
    private let message = SMSMessage(
        phoneNumber: "+4915112345678", text: "Termin: 5 & 6 Uhr = 100% +1 ~ é 🎉\n*/", senderID: "Clinic",
        originationNumber: "+12065550100", maxPrice: "0.50")
    private let published = ScriptedServer.Response(
        headers: [("Content-Type", "text/xml")],
        """
        <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId>\
        </PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>
        """)

    /// The pairs of a form, sorted: botocore writes them in another order.
    private func pairs(_ form: String) -> [Substring] {
        form.split(separator: "&").sorted()
    }

    @Test func `a message is on the wire as botocore puts it there`() async throws {
        let fixture = try ClientFixture(published)
        #expect(try await SNSClient(fixture.client).publish(message, deadline: soon) == "m-1")
        let request = try fixture.onlyRequest(signedFor: "sns")
        #expect(request.target == "/")
        #expect(request["Content-Type"] == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(pairs(request.text) == pairs(try #require(BotocoreVectors.body("sns", "publish"))))
    }

    @Test func `attributes not given are left out, byte for byte`() async throws {
        let fixture = try ClientFixture(published)
        let message = SMSMessage(phoneNumber: "+491", text: "a b", kind: .promotional)
        _ = try await SNSClient(fixture.client).publish(message, deadline: soon)
        #expect(
            try fixture.onlyRequest(signedFor: "sns").text
                == "Action=Publish&Version=2010-03-31&Message=a+b&PhoneNumber=%2B491"
                + "&MessageAttributes.entry.1.Name=AWS.SNS.SMS.SMSType"
                + "&MessageAttributes.entry.1.Value.DataType=String"
                + "&MessageAttributes.entry.1.Value.StringValue=Promotional")
    }

    @Test(arguments: [("true", true), ("false", false)])
    func `the opt-out list is asked`(_ text: String, _ isOptedOut: Bool) async throws {
        let action = "CheckIfPhoneNumberIsOptedOut"
        let fixture = try ClientFixture(
            ScriptedServer.Response(
                "<\(action)Response xmlns='x'><\(action)Result><isOptedOut>\(text)</isOptedOut></\(action)Result></\(action)Response>"
            ))
        let answer = try await SNSClient(fixture.client).isOptedOut(phoneNumber: "+491", deadline: soon)
        #expect(answer == isOptedOut)
        #expect(
            try fixture.onlyRequest(signedFor: "sns").text
                == "Action=CheckIfPhoneNumberIsOptedOut&Version=2010-03-31&phoneNumber=%2B491")
    }

    @Test func `a refusal's code is read from XML`() async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(
                status: 400,
                "<ErrorResponse xmlns='x'><Error><Type>Sender</Type><Code>OptedOut</Code>"
                    + "<Message>+4915112345678 opted out</Message></Error></ErrorResponse>"))
        let error = await failure { () async throws(AWSError) in
            try await SNSClient(fixture.client).publish(message, deadline: soon)
        }
        #expect(error?.code == "OptedOut")
        #expect(error?.description == "SNS refused Publish: status 400, OptedOut.")
    }

    @Test(arguments: [
        "", "<PublishResponse/>", "<PublishResponse><PublishResult><MessageId/></PublishResult></PublishResponse>",
        "<PublishResponse><PublishResult><MessageId>\(String(repeating: "x", count: 40_000))</MessageId></PublishResult>"
            + "</PublishResponse>",
    ])
    func `an answer without a MessageId has an unknown outcome`(_ body: String) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(body))
        let error = await failure { () async throws(AWSError) in
            try await SNSClient(fixture.client).publish(message, deadline: soon)
        }
        #expect(error?.outcome == .unknown && fixture.server.requests.count == 1)
    }
}
