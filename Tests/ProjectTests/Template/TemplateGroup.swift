/// A group of template.yaml's functions, and the fewest parameters that deploy it alone.
enum TemplateGroup: String, CaseIterable {
    case guideMessages = "GuideMessages"
    case alexaCRM = "AlexaCrm"
    case jokebox = "Jokebox"
    case recordings = "Recordings"
    case voiceAuthentication = "VoiceAuthentication"

    var needed: [String: String] {
        switch self {
        case .guideMessages:
            [
                "EmailAllowedSenders": "@example.com",
                "SesIdentityArns": "arn:aws:ses:eu-central-1:210987654321:identity/example.com",
            ]
        case .alexaCRM:
            [
                "AlexaCrmSkillId": "amzn1.ask.skill.crm",
                "SalesforceLoginUrl": "https://example.my.salesforce.com",
            ]
        case .jokebox: ["JokeboxSkillId": "amzn1.ask.skill.jokebox", "AudioBucket": "jokes"]
        case .recordings:
            ["RecordingsBucket": "recordings", "SalesforceLoginUrl": "https://example.my.salesforce.com"]
        case .voiceAuthentication: ["ConnectPhoneNumber": "+12065550100"]
        }
    }

    var parameters: [String: String] { needed.merging([rawValue: "true"]) { $1 } }

    var functions: Set<String> {
        switch self {
        case .guideMessages: ["SendEmail", "SendSMS"]
        case .alexaCRM: ["AlexaCRM", "CRMWrapperAPI"]
        case .jokebox: ["AlexaJokebox"]
        case .recordings: ["ConnectRecording"]
        case .voiceAuthentication: ["VoiceAuthCheck", "TwilioVoice"]
        }
    }

    private static let queue =
        "arn:aws:connect:eu-central-1:210987654321:instance/11111111-2222-3333-4444-555555555555/queue/6"

    /// All groups, with whatever else brings statements or triggers.
    static var everything: [String: String] {
        let all = allCases.reduce(into: [:]) { $0.merge($1.parameters) { $1 } }
        return all.merging([
            "ConnectInstanceArn":
                "arn:aws:connect:eu-central-1:210987654321:instance/11111111-2222-3333-4444-555555555555",
            "QueueArn": queue, "SystemEmailAddress": "appointments@example.com", "TwilioPhoneNumber": "+12065550111",
            "SecretsKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/secrets",
            "AudioKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/audio",
            "RecordingsKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/recordings",
            "SesConfigurationSet": "guide",
            "CrmApiSecretArn": "arn:aws:secretsmanager:eu-central-1:210987654321:secret:crm-AbCdEf",
            "CrmCallersSecretArn": "arn:aws:secretsmanager:eu-central-1:210987654321:secret:callers-AbCdEf",
            "AudioPrefix": "jokes/{language}/",
            "RecordingsPrefix": "connect/example",
        ]) { $1 }
    }
}
