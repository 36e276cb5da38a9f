import Foundation
import TestSupport
import Testing

@testable import switchboard

/// A group of functions, as stacks/ has it, and the fewest parameters that deploy it alone.
struct TemplateGroup: Hashable, CustomStringConvertible {
    /// Every group that a parameter switches on; stacks/ is read once.
    static let allCases: [TemplateGroup] = {
        do {
            return try Stacks(TestProcess.root.appending(path: Stacks.folder)).groups.compactMap { group in
                guard group.file.section("Switch") != nil else { return nil }
                return TemplateGroup(
                    name: group.name, parameter: try group.file.text("Switch"),
                    functions: Set(group.functions.map(\.name)))
            }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    /// The functions of all groups.
    static var functions: Set<String> { allCases.reduce(into: []) { $0.formUnion($1.functions) } }

    /// The file in stacks/, and the environment in samconfig.toml.
    let name: String
    /// The parameter that switches the group on.
    let parameter: String
    let functions: Set<String>

    /// The parameters without which the template's rules refuse a group, by the group's own.
    private static let needs: [String: [String: String]] = [
        "GuideMessages": [
            "EmailAllowedSenders": "@example.com",
            "SesIdentityArns": "arn:aws:ses:eu-central-1:210987654321:identity/example.com",
            "SmsAllowedCountryCodes": "1",
        ],
        "AlexaCrm": [
            "AlexaCrmSkillId": "amzn1.ask.skill.crm", "SalesforceLoginUrl": "https://example.my.salesforce.com",
        ],
        "ConnectCrm": ["SalesforceLoginUrl": "https://example.my.salesforce.com"],
        "ContactRecords": ["SalesforceLoginUrl": "https://example.my.salesforce.com"],
        "ContactMetrics": [
            "SalesforceLoginUrl": "https://example.my.salesforce.com",
            "ConnectInstanceArn":
                "arn:aws:connect:eu-central-1:210987654321:instance/11111111-2222-3333-4444-555555555555",
        ],
        "Jokebox": ["JokeboxSkillId": "amzn1.ask.skill.jokebox", "AudioBucket": "jokes"],
        "Recordings": ["RecordingsBucket": "recordings", "SalesforceLoginUrl": "https://example.my.salesforce.com"],
        "VoiceAuthentication": ["ConnectPhoneNumber": "+12065550100"],
    ]

    static let guideMessages = named("guide")
    static let alexaCRM = named("crm")
    static let jokebox = named("jokebox")
    static let recordings = named("recordings")
    static let contactRecords = named("contact-records")
    static let voiceAuthentication = named("voice")

    private static func named(_ name: String) -> TemplateGroup {
        allCases.first { $0.name == name } ?? TemplateGroup(name: name, parameter: "", functions: [])
    }

    var needed: [String: String] { Self.needs[parameter] ?? [:] }

    var parameters: [String: String] { needed.merging([parameter: "true"]) { $1 } }

    var description: String { name }

    private static let queue =
        "arn:aws:connect:eu-central-1:210987654321:instance/11111111-2222-3333-4444-555555555555/queue/6"

    /// All groups, with every other parameter that adds statements or triggers.
    static var everything: [String: String] {
        let all = allCases.reduce(into: [:]) { $0.merge($1.parameters) { $1 } }
        return all.merging([
            "ConnectInstanceArn":
                "arn:aws:connect:eu-central-1:210987654321:instance/11111111-2222-3333-4444-555555555555",
            "QueueArn": queue, "SystemEmailAddress": "appointments@example.com", "TwilioPhoneNumber": "+12065550111",
            "SecretsKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/secrets",
            "AudioKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/audio",
            "RecordingsKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/recordings",
            "ContactRecordsStreamKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/stream",
            "VoicemailEmailTo": "callbacks@example.com", "VoicemailEmailFrom": "calls@example.com",
            "SesConfigurationSet": "guide",
            "CrmApiSecretArn": "arn:aws:secretsmanager:eu-central-1:210987654321:secret:crm-AbCdEf",
            "CrmCallersSecretArn": "arn:aws:secretsmanager:eu-central-1:210987654321:secret:callers-AbCdEf",
            "AudioPrefix": "jokes/{language}/",
            "RecordingsPrefix": "connect/example", "AlexaCrmRoute": "true", "JokeboxRoute": "true",
            "RecordingsTopicArn": "arn:aws:sns:eu-central-1:210987654321:recordings",
        ]) { $1 }
    }
}
