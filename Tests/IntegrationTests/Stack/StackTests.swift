import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// The project deployed from template.yaml: responses to Amazon Connect, Alexa and direct invokes.
@Suite(.deployed, .serialized, .takingTurns) struct StackTests {
    @Test func `a contact flow's e-mail is sent once, with the rights of its role`() async throws {
        let stack = try DeployedStack.current
        let event = try DeployedStack.event("SendEmail", "01")
        let first = try await stack.invoke("SendEmail", event)
        #expect(first["status"] == "sent")
        let again = try await stack.invoke("SendEmail", event)
        #expect(again["status"] == "duplicate")
        #expect(again["messageId"] == first["messageId"])
        let sent = try await stack.aws.emails().filter { $0["MessageId"] == first["messageId"] }
        #expect(sent.count == 1)
        #expect(sent.first?["Source"] == "appointments@example.com")
    }

    @Test func `direct invokes send, and who has opted out gets nothing`() async throws {
        let stack = try DeployedStack.current
        #expect(try await stack.invoke("SendEmail", DeployedStack.event("SendEmail", "08"))["status"] == "sent")
        #expect(try await stack.invoke("SendSMS", DeployedStack.event("SendSMS", "10"))["status"] == "sent")
        let before = try await stack.aws.texts().values.joined().count
        #expect(try await stack.invoke("SendSMS", DeployedStack.event("SendSMS", "11"))["status"] == "optedout")
        #expect(try await stack.aws.texts().values.joined().count == before)
    }

    @Test func `the skill reads Salesforce by way of the HTTP API, for linked accounts and for all others`()
        async throws
    {
        let stack = try DeployedStack.current
        for number in ["02", "06"] {
            let answer = try await stack.invoke("AlexaCRM", DeployedStack.event("AlexaCRM", number))
            let speech = answer["response"]?["outputSpeech"]?["ssml"]?.string
            #expect(speech?.contains("mytest@email.com") == true, "\(answer.text)")
        }
    }

    @Test func `a lead that is confirmed twice is created once`() async throws {
        let stack = try DeployedStack.current
        let event = try DeployedStack.event("AlexaCRM", "10")
        for _ in 0..<2 {
            let answer = try await stack.invoke("AlexaCRM", event)
            #expect(answer["response"]?["outputSpeech"]?["ssml"]?.string?.contains("Ada Lovelace") == true)
        }
        let leads = await stack.deployment.salesforce.org.records(of: "Lead")
        #expect(leads.filter { $0["Company"] == "Analytical Engines" }.count == 1)
    }

    @Test func `the jokebox plays a URL that its role may give out, and remembers its listener`() async throws {
        let stack = try DeployedStack.current
        let answer = try await stack.invoke("AlexaJokebox", DeployedStack.event("AlexaJokebox", "01"))
        let stream = answer["response"]?["directives"]?.array?.first?["audioItem"]?["stream"]
        let url = try #require(stream?["url"]?.string)
        let audio = try await stack.aws.request("GET", url)
        #expect(audio.status == 200)
        #expect(audio.body.starts(with: Array("ID3".utf8)))
        // The signature is checked: another key under it is refused.
        #expect(try await stack.aws.request("GET", url.replacing("/jokes/", with: "/private/")).status == 403)
        _ = try await stack.invoke("AlexaJokebox", DeployedStack.event("AlexaJokebox", "15"))
        let table = try await stack.physicalID("JokeboxTable")
        #expect(
            try await stack.aws.call("DynamoDB_20120810.Scan", of: .dynamoDB, ["TableName": .string(table)])["Count"]
                == 1)
    }

    @Test func `a caller enrols and is verified on the Twilio call, and the contact flow hears of it`() async throws {
        let stack = try DeployedStack.current
        let event = try DeployedStack.event("VoiceAuthCheck", "01")
        let begun = try await stack.invoke("VoiceAuthCheck", event)
        #expect(begun["Branch"] == "enrollfromscratch")
        let code = try #require(begun["handoverCode"]?.string)
        var markup = try await stack.twilio("/voice/incoming", ["CallStatus": "ringing"]).text
        #expect(markup.contains("<Gather") && !markup.contains("<Say"))
        // The commas are pauses of Amazon Connect's.
        let digits = code.filter(\.isNumber)
        #expect(code == ",,,\(digits)" && digits.count == 8)
        markup = try await stack.twilio(stack.step(after: markup), ["Digits": digits]).text
        #expect(markup.contains("we would like to store your voiceprint"))
        markup = try await stack.twilio(stack.step(after: markup), ["Digits": "1"]).text
        // Three recordings enrol, one verifies.
        for _ in 0..<4 {
            #expect(markup.contains("<Record"), "\(markup)")
            let recording = "RE\(UUID().uuidString.replacing("-", with: "").lowercased().dropLast(4))0000"
            let url =
                "https://api.twilio.com/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/\(recording)"
            markup = try await stack.twilio(
                stack.step(after: markup),
                ["RecordingSid": recording, "RecordingUrl": url, "RecordingDuration": "5"]
            ).text
        }
        #expect(!markup.contains("<Record"), "\(markup)")
        var result = try #require(event.object)
        var details = try #require(result["Details"]?.object)
        details["Parameters"] = ["phase": "result"]
        result["Details"] = .object(details)
        #expect(try await stack.invoke("VoiceAuthCheck", .object(result))["Branch"] == "enrolled")
        let swept = try await stack.invoke("VoiceAuthCheck", ["phase": "sweep"])
        #expect(swept["pending"] == "0")
    }
}

extension DeployedStack {
    /// Posts to the webhook like Twilio.
    func twilio(
        _ path: String, _ parameters: [String: String], token: String = TwilioMediaDouble.authToken
    ) async throws -> HTTPMessage {
        try await TwilioWebhook(base: #require(deployment.output("HttpApiUrl")), token: token)
            .post(path, parameters) { try await http("POST", path, fields: $0, body: $1) }
    }

    /// Returns the path that TwiML's next step is posted to.
    func step(after markup: String) throws -> String {
        let base = try #require(deployment.output("HttpApiUrl"))
        let action = try #require(markup.firstMatch(of: /action="([^"]*)"/)?.1)
        let path = action.dropFirst(base.count)
        // The fragment sets the number of Twilio's repeats; it is not sent.
        return String(path.prefix { $0 != "#" })
    }
}

extension HTTPMessage {
    /// The body.
    var text: String { String(decoding: body, as: UTF8.self) }
}
