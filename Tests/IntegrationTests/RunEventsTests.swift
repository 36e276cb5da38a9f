import Foundation
import JSON
import LocalServices
import TestSupport
import Testing
import Timeline

/// The file of `--events`, written by the command on the built functions.
@Suite(.serialized, .takingTurns) struct RunEventsTests {
    /// Runs the command in the project, and returns the events and the whole file.
    private func events(_ arguments: [String], input: String = "") throws -> (events: [TimelineEvent], text: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "events.jsonl")
        let run = try CommandRun(
            arguments + ["--events", file.path], in: folder, input: input,
            environment: ["SWITCHBOARD_ROOT": TestProcess.root.path])
        run.wait()
        #expect(run.status == 0, "\(run.errors.suffix(2000))")
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(separator: "\n")
        return (try lines.map { try JSONText.decode(TimelineEvent.self, from: Array($0.utf8)) }, text)
    }

    /// The secrets of a function's variables, and those of the stand-ins.
    private static func secrets(of functions: [String]) throws -> [String] {
        var secrets = SalesforceUser.allCases.map(\.token) + [SalesforceDouble.clientSecret, SalesforceDouble.password]
        secrets += [VoiceItDouble.key, VoiceItDouble.token]
        for function in functions {
            let file = TestProcess.root.appending(path: "events/\(function)/env.json")
            let variables = try JSONValue(parsing: Array(try Data(contentsOf: file))).object ?? [:]
            for (name, value) in variables {
                // Service callers have their tokens in JSON.
                let callers = name == "CRM_CALLERS" ? try JSONValue(parsing: Array((value.string ?? "").utf8)) : [:]
                secrets += (callers.object ?? [:]).values.compactMap { $0["token"]?.string }
                let isSecret = ["SECRET", "TOKEN", "PASSWORD", "VIAPIKEY", "CALLERS"].contains { name.contains($0) }
                guard isSecret, !name.hasSuffix("_ARN"), let text = value.string, text.count >= 6 else { continue }
                secrets.append(text)
            }
        }
        return secrets
    }

    @Test func `a demo's events are numbered, name their invocation, and hold no secret`() throws {
        let functions = ["SendEmail", "SendSMS", "CRMWrapperAPI", "TwilioVoice", "ConnectRecording"]
        let (events, text) = try events(["demo"] + functions)
        #expect(events.map(\.id) == Array(1...events.count))
        let invocations = Dictionary(
            uniqueKeysWithValues: events.filter { $0.channel == .lambda }.map { ($0.id, $0.function) })
        #expect(Set(invocations.values.compactMap(\.self)) == Set(functions))
        let strays = events.filter { event in
            event.channel != .lambda && event.invocation.flatMap { invocations[$0] } != .some(event.function)
        }
        #expect(strays.map(\.title).isEmpty)
        for channel in [TimelineEvent.Channel.aws, .email, .sms, .salesforce, .voiceit, .twilio] {
            #expect(events.contains { $0.channel == channel }, "\(channel)")
        }
        let first = events.first { $0.function == "SendEmail" }
        #expect(first?.command?.contains("invoke SendEmail --event events/SendEmail/01-guide-form.json") == true)
        #expect(first?.detail?["requests"]?.array?.isEmpty == false)
        let found = try Self.secrets(of: functions).filter { text.contains($0) }
        #expect(found.isEmpty, "\(found)")
        for pattern in [
            #"AWS4-HMAC-SHA256 Credential"#, #"X-Amz-Signature=[0-9a-f]"#, #""(access_token|Authorization)":"[^(]"#,
        ] {
            #expect(text.firstMatch(of: try Regex(pattern)) == nil, "\(pattern)")
        }
    }

    @Test func `what a caller types where a flow encrypts it is in no event, and each has the call's command`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pin-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let end: JSONValue = [
            "Identifier": "End", "Type": "DisconnectParticipant", "Parameters": [:], "Transitions": [:],
        ]
        let flow: JSONValue = [
            "Version": "2019-10-30", "StartAction": "Pin",
            "Actions": [
                [
                    "Identifier": "Pin", "Type": "GetParticipantInput",
                    "Parameters": [
                        "Text": "Your PIN?", "StoreInput": "True", "InputTimeLimitSeconds": "5",
                        "InputValidation": ["CustomValidation": ["MaximumLength": "8"]],
                        "InputEncryption": ["EncryptionKeyId": "k", "Key": "c"],
                    ],
                    "Transitions": [
                        "NextAction": "Say", "Errors": [["ErrorType": "NoMatchingError", "NextAction": "End"]],
                    ],
                ],
                [
                    "Identifier": "Say", "Type": "MessageParticipant",
                    "Parameters": ["Text": "Got $.StoredCustomerInput"],
                    "Transitions": [
                        "NextAction": "End", "Errors": [["ErrorType": "NoMatchingError", "NextAction": "End"]],
                    ],
                ], end,
            ],
        ]
        try Data(flow.bytes).write(to: file)
        let (events, text) = try events(["call", file.path, "--without-profile"], input: "4321\nquit\n")
        #expect(!text.contains("4321") && text.contains("The caller presses (secret)"))
        #expect(events.allSatisfy { $0.command?.hasSuffix(" call \(file.path) --without-profile") == true })
    }

    @Test func `a call's code is in the terminal and in no event`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "call-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "events.jsonl")
        let run = try CommandRun(
            ["call", "voice-auth-contact", "--events", file.path], in: folder, input: "1\nhang up\nquit\n",
            environment: ["SWITCHBOARD_ROOT": TestProcess.root.path])
        run.wait()
        #expect(run.status == 0, "\(run.errors.suffix(2000))")
        let code = try #require(run.output.firstMatch(of: /Sends the code ,*([0-9]{6,12}) as keys/)?.1)
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(!text.contains(code))
        #expect(!text.contains(Data("Digits=\(code)".utf8).base64EncodedString().dropLast(4)))
        #expect(text.contains(#""channel":"flow""#) && text.contains(#""kind":"webhook""#))
        #expect(run.errors.contains("  $.External.Branch = enrollfromscratch"))
        #expect(run.errors.contains("  (Which way: enrollfromscratch → Ask to enrol)"))
    }
}
