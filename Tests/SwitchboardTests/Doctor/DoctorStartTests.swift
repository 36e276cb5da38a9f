import Foundation
import LocalServices
import TestSupport
import Testing

@testable import switchboard

/// The functions' own errors about the settings, when the doctor starts them.
@Suite(.takingTurns) struct DoctorStartTests {
    private let project: TemporaryProject

    /// Creates the project with the real template and the functions built for the tests.
    init() throws {
        project = try TemporaryProject()
        let root = TestProcess.root
        try project.add("template.yaml", try String(contentsOf: root.appending(path: "template.yaml"), encoding: .utf8))
        try project.add("Sources/Functions/SendEmail/SendEmail.swift", "")
        for name in ["SendSMS", "AlexaJokebox", "AlexaCRM", "CRMWrapperAPI"] {
            try project.add("dist/\(name)/.keep", "")
            try FileManager.default.createSymbolicLink(
                at: project.root.appending(path: "dist/\(name)/bootstrap"),
                withDestinationURL: root.appending(path: ".build/debug/\(name)"))
        }
    }

    private func findings(_ variables: [String: String], hasKeys: Bool = false) async -> [Finding] {
        var settings = DoctorSettings()
        settings.shell = variables.merging([
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "very-secret",
        ]) { hasKeys ? $0 : $1 }
        return await StartCheck(project: project.project, settings: LiveSettings(variables: settings)).findings()
    }

    private static let texts = "settings of SendSMS"
    private static let sms = ["SMS_ALLOWED_COUNTRY_CODES": "1"]
    private static let jokes = ["ALEXA_SKILL_ID": "amzn1.ask.skill.1", "AUDIO_BUCKET": "audio"]
    private static let crm = ["ALEXA_SKILL_ID": "amzn1.ask.skill.1", "CRM_API_URL": "https://crm.example.com"]
    private static let wrapper = [
        "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_CLIENT_ID": "id",
        "SALESFORCE_CLIENT_SECRET": "secret",
    ]

    @Test(arguments: [
        (sms.merging(["SMS_SENDER_ID": "a b"]) { $1 }, "SendSMS", "SMS_SENDER_ID must be"),
        (sms.merging(["SMS_MAX_PRICE": "x"]) { $1 }, "SendSMS", "SMS_MAX_PRICE must be"),
        (sms.merging(["SMS_PROVIDER": "end-user-messaging"]) { $1 }, "SendSMS", "SMS_ORIGINATION"),
        (sms.merging(["SMS_ORIGINATION": "pool-1"]) { $1 }, "SendSMS", "SMS_ORIGINATION must be"),
        (["SMS_TYPE": "Promotional"], "SendSMS", "SMS_ALLOWED_COUNTRY_CODES is not set"),
        (sms.merging(["SMS_TYPE": "foo"]) { $1 }, "SendSMS", "SMS_TYPE must be"),
        (jokes.merging(["AUDIO_EXTENSIONS": ".wav"]) { $1 }, "AlexaJokebox", "AUDIO_EXTENSIONS must be"),
        (jokes.merging(["AUDIO_URL_SECONDS": "99999"]) { $1 }, "AlexaJokebox", "AUDIO_URL_SECONDS must be"),
        (crm.merging(["CRM_LEAD_SCOPE": "all"]) { $1 }, "AlexaCRM", "CRM_LEAD_SCOPE must be"),
        (wrapper.merging(["CRM_CALLERS": #"{"a":{"token":"short"}}"#]) { $1 }, "CRMWrapperAPI", "CRM_CALLERS"),
    ])
    func `a setting with which a function does not start is what it says`(
        variables: [String: String], function: String, words: String
    ) async {
        let lines = await findings(variables).filter { $0.state == .mend }
        #expect(lines.count == 1 && lines.first?.subject == "settings of \(function)", "\(lines)")
        #expect(lines.first?.text.hasPrefix(words) == true && lines.first?.text.last != ".", "\(lines)")
    }

    @Test func `each sentence is a line, and right settings start`() async {
        let wrong = await findings(Self.sms.merging(["SMS_MAX_PRICE": "x", "SMS_TYPE": "foo"]) { $1 })
        #expect(wrong.map(\.state) == [.mend, .mend], "\(wrong)")
        #expect(
            await findings(Self.sms.merging(["SMS_TYPE": "Promotional", "IDEMPOTENCY_TABLE": "once"]) { $1 }) == [
                .ok(Self.texts, "it starts with them")
            ])
        // The stack gives the table.
        #expect(await findings(Self.sms.merging(["SMS_TYPE": "Promotional"]) { $1 }).map(\.state) == [.ok])
        #expect(await findings(["IDEMPOTENCY_TABLE": "once"]).isEmpty, "no function's own")
    }

    @Test func `what Salesforce's own check tells is told once`() async {
        var variables = Self.wrapper.merging(["CRM_CALLERS": #"{"a":{"token":"short"}}"#]) { $1 }
        variables["SALESFORCE_CLIENT_SECRET"] = nil
        let lines = await findings(variables)
        #expect(lines.count == 1 && lines.first?.text.hasPrefix("CRM_CALLERS") == true, "\(lines)")
    }

    @Test func `a secret that is not there is left to the check of secrets`() async throws {
        try await Moto.withRunningForTests { moto in
            let variables = Self.crm.merging(["CRM_API_SECRET_ARN": "gone", "IDEMPOTENCY_TABLE": "once"]) { $1 }
            let lines = await findings(variables.merging(moto.environment) { $1 }, hasKeys: true)
            #expect(lines.map(\.state) == [.skipped], "\(lines)")
        }
    }

    @Test func `a function that is not built is said to be left out`() async {
        let lines = await findings(["EMAIL_ALLOWED_SENDERS": "@example.com"])
        #expect(lines.map(\.state) == [.skipped] && lines.first?.text.contains("./build.sh") == true, "\(lines)")
    }
}
