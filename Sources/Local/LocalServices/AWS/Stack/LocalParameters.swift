/// template.yaml's parameters for a stack in the local AWS: every group is on, and outside systems are local doubles.
///
/// Skill ids, buckets and prefixes are those of `events/<Function>/env.json`, so that the events fit the stack.
struct LocalParameters {
    static let audioBucket = "jokebox-audio"
    static let recordingsBucket = "connect-recordings"
    static let recordingsPrefix = "connect/acme"
    /// The SES identity that is verified.
    static let domain = "example.com"
    /// The secret with the CRM user for all users without a linked account.
    static let crmSecret = "switchboard-local-crm-user"

    /// The Amazon Connect instance, unless a parameter names another.
    static let instance =
        "arn:aws:connect:eu-central-1:\(Ministack.account):instance/00000000-0000-4000-8000-000000000000"

    let values: [String: String]

    /// - Parameters:
    ///   - overrides: What to take instead, and what else.
    ///   - switches: The parameters that switch groups on.
    ///   - crmSecret: The ARN of that secret.
    init(
        _ overrides: [String: String], switches: [String], region: String, crmSecret: String,
        salesforce: SalesforceDouble,
        voiceIt: VoiceItDouble, twilio: TwilioMediaDouble
    ) {
        let account = Ministack.account
        let instance = Self.instance
        values = [
            "Architecture": Self.architecture,
            // The stack ends with the command.
            "DeletionProtection": "false", "LogRetentionDays": "1",
            "ConnectInstanceArn": instance, "QueueArn": "\(instance)/queue/00000000-0000-4000-8000-000000000001",
            "SystemEmailAddress": "appointments@\(Self.domain)", "TwilioPhoneNumber": "+12065550111",
            "ConnectPhoneNumber": "+12065550100",
            "EmailAllowedSenders": "@\(Self.domain)",
            "EmailFrom": "appointments@\(Self.domain)",
            "SesIdentityArns": "arn:aws:ses:\(region):\(account):identity/\(Self.domain)",
            "SesFromAddresses": "*@\(Self.domain)", "SmsDefaultCountryCode": "1", "SmsAllowedCountryCodes": "1,44,49",
            "SalesforceLoginUrl": salesforce.loginURL, "SalesforceInstanceUrl": salesforce.instanceURL,
            "AlexaCrmSkillId": "amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5b",
            "CrmApiSecretArn": crmSecret,
            "JokeboxSkillId": "amzn1.ask.skill.3b9e1f2a-5c4d-4e8f-9a07-1d2c3b4a5e6f",
            "AudioBucket": Self.audioBucket, "AudioPrefix": "jokes/{language}/",
            "RecordingsBucket": Self.recordingsBucket, "RecordingsPrefix": Self.recordingsPrefix,
            "VoiceItBaseUrl": voiceIt.url, "TwilioMediaHosts": twilio.url,
            "TwilioApiBaseUrl": twilio.url,
        ].merging(switches.map { ($0, "true") }) { $1 }.merging(overrides) { $1 }
    }

    /// The machine that the bootstraps were built on.
    private static var architecture: String {
        #if arch(arm64)
            "arm64"
        #else
            "x86_64"
        #endif
    }
}
