import LocalServices
import TestSupport

/// A mistake in an otherwise correct configuration, and the words that the doctor's one line about it must contain.
struct PlantedFault: Sendable {
    let name: String
    /// The beginning of the finding's subject.
    let subject: String
    /// Words of the remedy.
    let words: [String]
    let plant: @Sendable (inout ConfiguredStack.Setup) -> Void

    init(
        _ name: String, _ subject: String, _ words: String...,
        plant: @escaping @Sendable (inout ConfiguredStack.Setup) -> Void
    ) {
        self.name = name
        self.subject = subject
        self.words = words
        self.plant = plant
    }

    /// Creates a fault of one variable.
    init(_ name: String, _ variable: String, _ value: String?, _ subject: String, _ words: String...) {
        self.name = name
        self.subject = subject
        self.words = words
        plant = { $0.variables[variable] = value }
    }
}

extension PlantedFault {
    static let all = mail + texts + tables + buckets + secrets + connect + crm + skills + voice

    private static let mail = [
        PlantedFault("SES's sandbox", "SES", "sandbox", "SesIdentityArns", "production access") {
            $0.answers["/v2/email/account"] = .init(#"{"SendingEnabled":true,"ProductionAccessEnabled":false}"#)
        },
        PlantedFault("sending paused", "SES", "paused", "dashboard") {
            $0.answers["/v2/email/account"] = .init(#"{"SendingEnabled":false,"ProductionAccessEnabled":true}"#)
        },
        PlantedFault(
            "a missing configuration set", "SES_CONFIGURATION_SET", "nowhere", "SES configuration set", "no nowhere",
            "create it"),
        PlantedFault(
            "an unverified sender", "EMAIL_ALLOWED_SENDERS", "@pending.example", "SES senders", "pending.example",
            "DNS records"),
        PlantedFault(
            "a sender that is no identity", "EMAIL_ALLOWED_SENDERS", "@nobody.example", "SES senders", "no identity",
            "create it"),
        PlantedFault(
            "a default configuration set that the role may not use", "SES_CONFIGURATION_SET", nil, "SES senders",
            "default configuration set tracked", "SES_CONFIGURATION_SET"),
        PlantedFault(
            "an address that is an identity beside its domain", "EMAIL_ALLOWED_SENDERS", "desk@example.com",
            "SES senders", "not its domain's", "SesIdentityArns"),
        PlantedFault(
            "a sender that is not allowed", "EMAIL_FROM", "desk@elsewhere.example", "SES senders", "EMAIL_FROM",
            "EMAIL_ALLOWED_SENDERS"),
        PlantedFault("a sender at a domain that is no identity", "SES senders", "nobody.example is no identity") {
            $0.variables["EMAIL_ALLOWED_SENDERS"] = "@nobody.example"
            $0.variables["EMAIL_FROM"] = "desk@nobody.example"
        },
        PlantedFault("a default configuration set of the default sender's domain", "SES senders", "tracked") {
            $0.variables["SES_CONFIGURATION_SET"] = nil
            $0.variables["EMAIL_FROM"] = "info@example.com"
        },
    ]

    private static let texts = [
        PlantedFault("SNS's sandbox", "SMS", "SMS sandbox", "SNS console") {
            $0.answers["GetSMSSandboxAccountStatus"] = ConfiguredStack.sandbox(true)
        },
        PlantedFault(
            "US numbers without an origination", "SMS_ORIGINATION", nil, "SMS settings", "10DLC", "SMS_ORIGINATION"),
        PlantedFault(
            "Indian numbers by SNS", "SMS_ALLOWED_COUNTRY_CODES", "1,91", "SMS settings", "91",
            "SMS_PROVIDER=end-user-messaging"),
        PlantedFault("every country by SNS", "SMS_ALLOWED_COUNTRY_CODES", "*", "SMS settings", "91"),
    ]

    private static let tables = [
        PlantedFault("a missing table", "IDEMPOTENCY_TABLE", "gone", "table gone", "not in eu-central-1", "create it"),
        PlantedFault("another partition key", "VOICE_TABLE", "wrong-key", "table wrong-key", "id (S)", "VOICE_TABLE"),
        PlantedFault("a sort key", "JOKEBOX_TABLE", "sorted", "table sorted", "id (S) alone", "JOKEBOX_TABLE"),
        PlantedFault("no TTL", "VOICE_TABLE", "no-ttl", "table no-ttl", "TTL attribute must be expiresAt", "enable"),
        PlantedFault(
            "another TTL attribute", "IDEMPOTENCY_TABLE", "other-ttl", "table other-ttl", "expiresAt", "enable"),
    ]

    private static let buckets = [
        PlantedFault("a missing bucket", "AUDIO_BUCKET", "gone", "bucket gone", "does not exist", "create it"),
        PlantedFault("a bucket's URL", "AUDIO_BUCKET", "https://a/b", "bucket https", "neither a URL nor an ARN"),
        PlantedFault("no audio", "AUDIO_PREFIX", "nothing/", "bucket audio", "no object", "AUDIO_PREFIX"),
        PlantedFault("nothing that plays", "AUDIO_BUCKET", "waves", "bucket waves", "can be played", ".mp3"),
        PlantedFault("languages without audio", "AUDIO_BUCKET", "english", "bucket english", "for de, es", "upload"),
        PlantedFault("a bucket in another region", "bucket elsewhere", "us-east-1", "eu-central-1", "deploy there") {
            // Only one bucket, since the server responds the same for all.
            $0.variables["AUDIO_BUCKET"] = "elsewhere"
            $0.variables["RECORDINGS_BUCKET"] = nil
            $0.variables["AWS_ENDPOINT_URL_S3"] = $0.side
        },
    ]

    private static let secrets = [
        PlantedFault(
            "a secret that is not there", "VOICE_HASH_SECRET_ARN", "gone", "VOICE_HASH_SECRET", "names no secret", "ARN"
        ),
        PlantedFault(
            "a secret with other keys", "RECORDING_LINK_SECRET_ARN", "other-keys", "RECORDING_LINK_SECRET",
            "has no RECORDING_LINK_SECRET"),
        PlantedFault(
            "a secret that is no object", "CRM_CALLERS_SECRET_ARN", "text", "CRM_CALLERS", "must be a JSON object"),
        PlantedFault(
            "a short hash secret", "VOICE_HASH_SECRET_ARN", "short", "VOICE_HASH_SECRET", "5 characters", "16 or more"),
        PlantedFault(
            "a short link secret", "RECORDING_LINK_SECRET_ARN", "short", "RECORDING_LINK_SECRET", "5 characters",
            "16 or more"),
        PlantedFault(
            "a short secret before the link's", "RECORDING_LINK_SECRET_ARN", "link-rotated",
            "RECORDING_LINK_SECRET_PREVIOUS", "5 characters", "16 or more"),
    ]

    private static let connect = [
        PlantedFault("a missing instance", "Amazon Connect", "no such instance", "copy the ARN") {
            $0.variables["CONNECT_INSTANCE_ARN"] = ConfiguredStack.instance("eu-central-1", 2)
        },
        PlantedFault("an instance in another region", "Amazon Connect", "us-west-2", "AWS_REGION is eu-central-1") {
            $0.variables["CONNECT_INSTANCE_ARN"] = ConfiguredStack.instance("us-west-2", 1)
        },
        PlantedFault(
            "an instance's id for its ARN", "CONNECT_INSTANCE_ARN", "2f0f1c5e", "Amazon Connect", "must be arn:aws"),
        PlantedFault("an instance that is being made", "Amazon Connect", "not active", "console") {
            $0.answers["/instance/1"] = .init(#"{"Instance":{"InstanceStatus":"CREATION_IN_PROGRESS"}}"#)
        },
        PlantedFault(
            "a function that flows may not call", "Amazon Connect and SendSMS", "AWS Lambda", "ConnectInstanceArn"
        ) {
            $0.answers["/instance/1/lambda-functions"] = ConfiguredStack.functions([
                "SendEmail", "VoiceAuthCheck", "ConnectRecording",
            ])
        },
        PlantedFault(
            "a missing permission", "Amazon Connect", "may not call Amazon Connect's DescribeInstance", "allow"
        ) {
            $0.answers["/instance/1"] = .init(
                status: 403, headers: [("x-amzn-ErrorType", "AccessDeniedException")], "{}")
        },
    ]

    private static let crm = [
        PlantedFault(
            "a wrong consumer secret", "SALESFORCE_CLIENT_SECRET", "wrong", "Salesforce", "SALESFORCE_CLIENT_SECRET"),
        PlantedFault("a wrong consumer key", "SALESFORCE_CLIENT_ID", "wrong", "Salesforce", "SALESFORCE_CLIENT_ID"),
        PlantedFault("a wrong audience", "Salesforce", "SALESFORCE_AUDIENCE", "https://login.salesforce.com") {
            $0.variables["SALESFORCE_GRANT"] = "jwt"
            $0.variables["SALESFORCE_AUDIENCE"] = "https://example.my.salesforce.com"
            $0.variables["SALESFORCE_PRIVATE_KEY"] = $0.key
        },
        PlantedFault(
            "an unknown grant", "SALESFORCE_GRANT", "client-credentials", "Salesforce", "SALESFORCE_GRANT must be"),
        PlantedFault(
            "no permission for the object", "RECORDING_OBJECT", "Opportunity", "Salesforce", "no object Opportunity",
            "permission sets"),
        PlantedFault(
            "no permission for a field", "ACCOUNT_PHONE_FIELDS", "Phone,Industry", "Salesforce",
            "no field Account.Industry", "permission sets"),
        PlantedFault(
            "a consumer secret that is wrong for the wrapper alone", "Salesforce of CRMWrapperAPI",
            "SALESFORCE_CLIENT_SECRET"
        ) {
            $0.functions["CRMWrapperAPI"] = ["SALESFORCE_CLIENT_SECRET": "wrong"]
        },
        PlantedFault(
            "a wrong consumer secret of the wrapper, which alone has Salesforce", "Salesforce",
            "SALESFORCE_CLIENT_SECRET"
        ) {
            let salesforce = $0.variables.filter { $0.key.hasPrefix("SALESFORCE_") }
            $0.variables = $0.variables.filter { !$0.key.hasPrefix("SALESFORCE_") }
            $0.functions["CRMWrapperAPI"] = salesforce.merging(["SALESFORCE_CLIENT_SECRET": "wrong"]) { $1 }
        },
        PlantedFault(
            "no secret of Salesforce's", "SALESFORCE_SECRET_ARN", "gone", "Salesforce", "SALESFORCE_SECRET_ARN names no"
        ),
        PlantedFault(
            "no secret of the wrapper's", "CRM_API_SECRET_ARN", "gone", "CRM wrapper", "CRM_API_SECRET_ARN names no"),
        PlantedFault("linked accounts that are refused", "CRM wrapper", "SALESFORCE_INSTANCE_URL", "My Domain") {
            $0.variables["CRM_API_TOKEN"] = nil
            $0.variables["SALESFORCE_INSTANCE_URL"] = nil
        },
        PlantedFault("a wrapper that is not there", "CRM wrapper", "CRM_API_URL cannot be reached") {
            $0.variables["CRM_API_URL"] = "http://127.0.0.1:1"
        },
        PlantedFault("a CRM token that is refused", "CRM_API_TOKEN", "wrong", "CRM wrapper", "refuses", "CRM_CALLERS"),
        PlantedFault("a wrapper's URL without its stage", "CRM wrapper", "leads to no /getall", "stage") {
            $0.variables["CRM_API_URL"] = $0.side
        },
    ]

    private static let skills = [
        PlantedFault(
            "a skill's name for its id", "ALEXA_SKILL_ID", "my-skill", "skill of", "amzn1.ask.skill.", "copy it")
    ]

    private static let voice = [
        PlantedFault("a wrong VoiceIt token", "VIAPITOKEN", "wrong", "VoiceIt", "API key"),
        PlantedFault(
            "a phrase that the account lacks", "VOICE_PHRASES", "my own words", "VoiceIt", "no phrase", "dashboard"),
        PlantedFault("no language of VoiceIt's", "VoiceIt", "INCP", "VOICE_CONTENT_LANGUAGE") {
            $0.variables["VOICE_CONTENT_LANGUAGE"] = "xx-XX"
            $0.variables["VOICE_PHRASES"] = "words"
        },
        PlantedFault("a plan without the language", "VoiceIt", "CLNE", "plan") { $0.plan = ["en-GB"] },
        PlantedFault("a wrong Twilio token", "TWILIO_AUTH_TOKEN", "wrong", "Twilio", "does not accept", "console"),
        PlantedFault("no account's SID", "TWILIO_ACCOUNT_SID", "PN1", "Twilio", "must be AC"),
        PlantedFault("a trial account", "Twilio", "trial", "upgrade") { $0.twilioType = "Trial" },
    ]
}
