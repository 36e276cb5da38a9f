import Foundation
import JSON
import LocalServices
import TestSupport
import Testing
import Timeline

/// `console --stack`, the command with everything that it starts, used by way of the page's API.
@Suite(.serialized, .takingTurns) struct StackConsoleTests {
    private static let phrase = "never forget tomorrow is a new day"

    @Test func `functions, a call, a skill, messages, records and faults are the stack's, and Ctrl-C leaves nothing`()
        async throws
    {
        let console = try await StackConsole.start()
        #expect(try await console.api("GET", "status")["what"]?.string?.contains("The deployed stack") == true)
        try await Self.checkFunctions(console)
        try await Self.checkMessages(console)
        try await Self.checkRecording(console)
        let code = try await Self.checkCall(console)
        try await Self.checkSkill(console)
        try await Self.checkFaults(console)
        let (text, events) = try console.events()
        Self.check(events)
        let secrets =
            SalesforceUser.allCases.map(\.token) + [
                code, SalesforceDouble.clientSecret, SalesforceDouble.password, VoiceItDouble.key, VoiceItDouble.token,
                TwilioMediaDouble.authToken, "AWS4-HMAC-SHA256 Credential",
            ]
        let found = secrets.filter { text.contains($0) }
        #expect(found.isEmpty, "\(found)")
        #expect(text.firstMatch(of: #/Signature=[0-9a-f]{8}/#) == nil)
        #expect(console.process.descendants?.isEmpty == false)
        try await console.end()
    }

    @Test func `another stack stays the one that env leads to, and parameters decide what can be played`() async throws
    {
        // A process that is up, as deploy --local would be.
        let other = try TestProcess("/bin/sleep", ["60"])
        let file = TestProcess.root.appending(path: "dist/.stack-\(other.processID).json")
        let state: JSONValue = [
            "processID": .number(Int(other.processID)), "environment": ["AWS_REGION": "other"], "api": "http://other",
        ]
        try Data(state.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let console = try await StackConsole.start(["VoiceAuthBinding=caller-id"])
        #expect(console.process.errorOutput.contains("is up already, in process \(other.processID)"))
        #expect(try JSONValue(parsing: Array(Data(contentsOf: file))) == state)
        _ = try await console.api("POST", "phone", ["flow": "voice-auth-caller-id", "from": "+12065550174"])
        try await console.wait("Twilio") { try await console.lines().contains("(Twilio listens for 1 key.)") }
        _ = try await console.api("POST", "phone/hangup", [:])
        try await console.wait("the end") { try await console.api("GET", "phone")["state"] == "over" }
        _ = try await console.api("POST", "phone", ["flow": "voice-auth-contact", "from": "+12065550175"])
        try await console.wait("the reason") {
            try await console.lines().contains { $0.contains("--parameter-overrides VoiceAuthBinding=contact") }
        }
        try FileManager.default.removeItem(at: file)
        try await console.end()
    }

    @Test func `a stack that cannot be deployed has its reason on the page, which goes on with what the project has`()
        async throws
    {
        let console = try await StackConsole.listening(["NoSuchParameter=x"])
        #expect(try await console.api("GET", "status")["starting"]?.string?.hasPrefix("Deploying") == true)
        try await console.wait("the reason") {
            try await console.api("GET", "status")["error"]?.string?.contains("NoSuchParameter") == true
        }
        #expect(try await console.run("SendSMS", "01")["error"]?.string?.contains("NoSuchParameter") == true)
        #expect(try await console.api("GET", "flows")["flows"]?.array?.isEmpty == false)
        console.process.signal(SIGINT)
        #expect(try await console.process.status() == 130)
    }

    @Test(arguments: [0.3, 2.5]) func `Ctrl-C while the stack is deployed leaves nothing`(seconds: Double) async throws
    {
        let console = try await StackConsole.listening()
        try await Task.sleep(for: .seconds(seconds))
        try await console.end()
    }

    private static func checkFunctions(_ console: StackConsole) async throws {
        let functions = try await console.api("GET", "functions")["functions"]?.array ?? []
        let mail = functions.first { $0["name"] == "SendEmail" }
        #expect(mail?["isBuilt"] == true && mail?["variables"]?["EMAIL_FROM"] == "appointments@example.com")
        let twilio = functions.first { $0["name"] == "TwilioVoice" }
        #expect(twilio?["variables"]?["TWILIO_PUBLIC_BASE_URL"]?.string?.contains(".execute-api.") == true)
        // It is a function of no group.
        let echo = functions.first { $0["name"] == "Echo" }
        #expect(echo?["isBuilt"] == false && echo?["reason"]?.string?.contains("is not in the stack") == true)
        #expect(try await console.run("Echo", "01")["error"]?.string?.contains("is not in the stack") == true)
        let failed = try await console.run("SendSMS", "13")
        #expect(failed["isError"] == true && failed["isAsExpected"] == true)
        let log = failed["log"]?.array?.compactMap(\.string) ?? []
        #expect(log.first?.hasPrefix("START RequestId: ") == true && log.last?.hasPrefix("REPORT RequestId: ") == true)
        #expect(log.contains { $0.contains("must be a number in E.164") })
        #expect(failed["milliseconds"] != nil)
    }

    private static func checkMessages(_ console: StackConsole) async throws {
        let sent = try await console.run("SendEmail", "01")
        #expect(sent["response"]?["status"] == "sent" && sent["isAsExpected"] == true, "\(sent.text)")
        #expect(
            sent["command"]?.string?.contains(
                "aws lambda invoke --function-name switchboard-SendEmail --payload file://events/SendEmail/01-") == true
        )
        #expect(try await console.run("SendSMS", "01")["response"]?["status"] == "sent")
        let inbox = try await console.api("GET", "inbox")
        let mail = inbox["emails"]?.array?.first { $0["id"] == sent["response"]?["messageId"] }
        #expect(mail?["to"] == ["maria.silva@example.net"] && mail?["hasHTML"] == true)
        #expect(inbox["texts"]?.array?.contains { $0["to"] == "+12065550142" } == true)
    }

    private static func checkRecording(_ console: StackConsole) async throws {
        #expect(try await console.run("ConnectRecording", "01")["response"]?["account"] == "matched")
        #expect(try await console.run("ConnectRecording", "12")["isError"] == false)
        let table = try await console.api("GET", "crm/Call_Recording_Info__c")
        let record = table["records"]?.array?.first { $0["Access_URL__c"]?.string?.contains(".execute-api.") == true }
        let id = try #require(record?["Id"]?.string)
        let sound = try await console.raw(
            "GET", "crm/Call_Recording_Info__c/\(id)/recording?field=Access_URL__c")
        #expect(sound.status == 200 && sound.body.starts(with: Array("RIFF".utf8)), "\(sound.text.prefix(200))")
    }

    /// Enrols a caller, and returns the digits of the one-time code.
    private static func checkCall(_ console: StackConsole) async throws -> String {
        let other = try await console.api("POST", "phone", ["flow": "voice-auth-caller-id", "from": "+12065550173"])
        #expect(other["error"] == nil)
        try await console.wait("the reason") {
            try await console.lines().contains { $0.contains("--parameter-overrides VoiceAuthBinding=caller-id") }
        }
        try await console.wait("the end") { try await console.api("GET", "phone")["state"] == "over" }
        _ = try await console.api("POST", "phone", ["flow": "voice-auth-contact", "from": "+12065550171"])
        for typed in ["1", phrase, phrase, phrase, phrase] {
            try await console.wait("a question") { try await console.api("GET", "phone")["state"] == "waiting" }
            _ = try await console.api("POST", "phone/type", ["text": .string(typed)])
        }
        try await console.wait("the end") { try await console.api("GET", "phone")["state"] == "over" }
        let lines = try await console.lines()
        #expect(lines.contains { $0.contains("Thank you, I have recognized your voice.") }, "\(lines)")
        #expect(lines.contains("(Waits in the queue for an agent.)"))
        let sent = lines.compactMap { $0.firstMatch(of: #/Sends the code ,*(\d+) as keys/#).map { String($0.1) } }
        return try #require(sent.first)
    }

    private static func checkSkill(_ console: StackConsole) async throws {
        _ = try await console.api("POST", "echo", ["skill": "AlexaJokebox", "locale": "en-US"])
        _ = try await console.api("POST", "echo/say", ["text": "open jokebox"])
        let echo = try await console.api("GET", "echo")
        #expect(echo["player"]?["activity"] == "PLAYING", "\(echo.text.prefix(500))")
        let token = try #require(echo["player"]?["token"]?.string)
        let query = token.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        #expect(try await console.raw("GET", "echo/audio?token=\(query)").body.starts(with: Array("ID3".utf8)))
        _ = try await console.api("POST", "echo", ["skill": "AlexaCRM", "locale": "en-US", "linked": true])
        let phrases = try await console.api("GET", "echo")["phrases"]?.array?.compactMap(\.string) ?? []
        _ = try await console.api("POST", "echo/say", ["text": .string(phrases.first ?? "")])
        // The skill says something meanwhile when Salesforce is slow.
        _ = try await console.api("POST", "faults/salesforce-slow", ["isOn": true])
        _ = try await console.api("POST", "echo/say", ["text": .string(phrases.dropFirst().first ?? "")])
        _ = try await console.api("POST", "faults/salesforce-slow", ["isOn": false])
        let turn = try await console.api("GET", "echo")["turns"]?.array?.last
        #expect(
            turn?["exchanges"]?.array?.first?["response"]?["response"]?["outputSpeech"] != nil, "\(turn?.text ?? "")")
    }

    private static func checkFaults(_ console: StackConsole) async throws {
        let faults = try await console.api("GET", "faults")["faults"]?.array ?? []
        #expect(!faults.isEmpty && faults.allSatisfy { $0["isAvailable"] == true })
        _ = try await console.api("POST", "faults/aws-throttled", ["isOn": true])
        let refused = try await console.run("SendSMS", "02")
        #expect(refused["isError"] == true && refused.text.contains("Throttling"), "\(refused.text)")
        _ = try await console.api("POST", "faults/aws-throttled", ["isOn": false])
        #expect(try await console.run("SendSMS", "02")["isError"] == false)
        _ = try await console.api("POST", "faults/salesforce-down", ["isOn": true])
        #expect(try await console.run("CRMWrapperAPI", "01").text.contains("503"))
        _ = try await console.api("POST", "faults/salesforce-down", ["isOn": false])
    }

    private static func check(_ events: [TimelineEvent]) {
        for channel in [TimelineEvent.Channel.aws, .http, .email, .sms, .salesforce, .voiceit, .twilio, .flow, .alexa] {
            #expect(events.contains { $0.channel == channel }, "\(channel)")
        }
        let begin = events.first {
            $0.function == "VoiceAuthCheck" && $0.source?.contains("voice-auth-contact") == true
        }
        #expect(begin?.channel == .lambda && begin?.command?.contains("aws lambda invoke") == true)
        let code = events.first { $0.title.contains("Sends the code") }
        // What an invocation teaches to leave out is known before the call goes on.
        #expect((begin?.id ?? .max) < (code?.id ?? 0) && code?.title.contains("(secret)") == true)
        // Each webhook is told once, after its invocation.
        let webhooks = events.filter { $0.title.contains("POST /voice/incoming") }
        #expect(webhooks.map(\.channel) == [.twilio])
        #expect(events.last { $0.id < webhooks.first?.id ?? 0 }?.function == "TwilioVoice")
        #expect(!events.contains { $0.title.contains("Lambda Invoke") || $0.title.contains("CloudWatch Logs") })
        #expect(events.contains { $0.title.hasPrefix("GET /recordings/") })
        // Alexa's address for what a skill says meanwhile is none of AWS's.
        let meanwhile = events.filter { $0.title.contains("/v1/directives") && $0.function == "AlexaCRM" }
        #expect(!meanwhile.isEmpty && meanwhile.allSatisfy { $0.channel == .http })
    }
}
