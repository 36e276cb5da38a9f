import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

@testable import LocalServices
@testable import switchboard

/// The services that the functions call, configured correctly: moto and the local doubles, and a server for services
/// that moto lacks (SES's account and identities, SNS's sandbox, Amazon Connect) and for the CRM's wrapper.
final class ConfiguredStack: Sendable {
    /// The parts that a fault may change.
    struct Setup: Sendable {
        var variables: [String: String]
        /// Variables of one function alone, from a file by function.
        var functions: [String: [String: String]] = [:]
        /// The server's responses, by path without the query or by action.
        var answers: [String: ScriptedServer.Response]
        /// The server's URL.
        let side: String
        /// An RSA key in PEM.
        let key: String
        var plan: Set<String>?
        var twilioType = "Full"
    }

    private let moto: Moto
    private let salesforce: SalesforceDouble
    private let voiceIt: VoiceItDouble
    private let twilio: TwilioMediaDouble
    private let trial: TwilioMediaDouble
    private let server: ScriptedServer
    private let answers = Mutex<[String: ScriptedServer.Response]>([:])
    private let right: Setup

    static func instance(_ region: String, _ number: Int) -> String {
        "arn:aws:connect:\(region):123456789012:instance/\(number)"
    }

    static func sandbox(_ isIn: Bool) -> ScriptedServer.Response {
        .init(
            "<R><GetSMSSandboxAccountStatusResult><IsInSandbox>\(isIn)</IsInSandbox></GetSMSSandboxAccountStatusResult></R>"
        )
    }

    static func functions(_ names: [String]) -> ScriptedServer.Response {
        let arns = names.map { JSONValue.string("arn:aws:lambda:eu-central-1:123456789012:function:switchboard-\($0)") }
        return .init(JSONValue.object(["LambdaFunctions": .array(arns)]).text)
    }

    /// Runs `body` with a stack of its own, and ends it.
    static func withRunning(_ body: (ConfiguredStack) async throws -> Void) async throws {
        var seeds = Moto.Seeds(
            tables: ["once", "voices", "jokebox"],
            secrets: [
                "hash": #"{"VOICE_HASH_SECRET":"0123456789abcdef"}"#,
                "link": #"{"RECORDING_LINK_SECRET":"0123456789abcdef"}"#,
                "link-rotated":
                    #"{"RECORDING_LINK_SECRET":"0123456789abcdef","RECORDING_LINK_SECRET_PREVIOUS":"older"}"#,
                "callers": #"{"CRM_CALLERS":{"alexa":{"token":"crm-token-crm-token-crm-token-1234"}}}"#,
                "other-keys": #"{"secret":"0123456789abcdef"}"#, "text": "0123456789abcdef",
                "short": #"{"VOICE_HASH_SECRET":"short","RECORDING_LINK_SECRET":"short"}"#,
            ],
            buckets: [
                .init("audio", objects: ["en", "de", "es"].map { ("jokes/\($0)/a.mp3", [1]) }),
                .init("waves", objects: [("jokes/en/", []), ("jokes/en/a.wav", [1])]),
                .init("english", objects: [("jokes/en/a.mp3", [1])]), .init("recordings"),
            ])
        seeds.actions = ["sts:GetCallerIdentity", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive"]
        var trial = TwilioMediaDouble.Configuration()
        trial.type = "Trial"
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            try await SalesforceDouble.withRunning { salesforce in
                try await VoiceItDouble.withRunning { voiceIt in
                    try await TwilioMediaDouble.withRunning { twilio in
                        try await TwilioMediaDouble.withRunning(trial) { trial in
                            let stack = try ConfiguredStack(moto, salesforce, voiceIt, twilio, trial)
                            try await stack.addWrongTables()
                            try await body(stack)
                        }
                    }
                }
            }
        }
    }

    private init(
        _ moto: Moto, _ salesforce: SalesforceDouble, _ voiceIt: VoiceItDouble, _ twilio: TwilioMediaDouble,
        _ trial: TwilioMediaDouble
    ) throws {
        self.moto = moto
        self.salesforce = salesforce
        self.voiceIt = voiceIt
        self.twilio = twilio
        self.trial = trial
        final class Link: Sendable {
            let stack = Mutex<@Sendable (ScriptedServer.Request) -> ScriptedServer.Response>({ _ in .init() })
        }
        let link = Link()
        server = try ScriptedServer.answering { request in link.stack.withLock(\.self)(request) }
        let url = "http://\(server.authority)"
        var variables = moto.environment.merging(salesforce.environment) { $1 }.merging(voiceIt.environment) { $1 }
            .merging(twilio.environment) { $1 }
        for service in ["SESV2", "SNS", "CONNECT"] { variables["AWS_ENDPOINT_URL_\(service)"] = url }
        variables.merge([
            "EMAIL_ALLOWED_SENDERS": "@example.com",
            "SesIdentityArns": "arn:aws:ses:eu-central-1:123456789012:identity/example.com",
            "SES_CONFIGURATION_SET": "tracked", "SMS_ALLOWED_COUNTRY_CODES": "1,44", "SMS_ORIGINATION": "+12065550100",
            "IDEMPOTENCY_TABLE": "once", "VOICE_TABLE": "voices", "JOKEBOX_TABLE": "jokebox",
            "AUDIO_BUCKET": "audio", "AUDIO_PREFIX": "jokes/{language}/", "RECORDINGS_BUCKET": "recordings",
            "VOICE_HASH_SECRET_ARN": "hash", "RECORDING_LINK_SECRET_ARN": "link", "CRM_CALLERS_SECRET_ARN": "callers",
            "CONNECT_INSTANCE_ARN": Self.instance("eu-central-1", 1), "CRM_API_URL": "\(url)/crm",
            "CRM_API_TOKEN": "crm-token", "CRM_LEAD_SCOPE": "everything",
            "ALEXA_SKILL_ID": "amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5b",
        ]) { $1 }
        let identity = ScriptedServer.Response(
            #"{"VerifiedForSendingStatus":true,"ConfigurationSetName":"tracked"}"#)
        let elsewhere = ScriptedServer.Response(
            status: 301, headers: [("x-amz-bucket-region", "us-east-1")],
            "<Error><Code>PermanentRedirect</Code></Error>")
        right = Setup(
            variables: variables,
            answers: [
                "/v2/email/account": .init(#"{"SendingEnabled":true,"ProductionAccessEnabled":true}"#),
                "/v2/email/identities/example.com": identity, "/v2/email/identities/desk%40example.com": identity,
                "/v2/email/identities/pending.example": .init(#"{"VerifiedForSendingStatus":false}"#),
                "/v2/email/configuration-sets/tracked": .init(#"{"SendingOptions":{"SendingEnabled":true}}"#),
                "GetSMSSandboxAccountStatus": Self.sandbox(false),
                "/instance/1": .init(#"{"Instance":{"InstanceStatus":"ACTIVE"}}"#),
                "/instance/1/lambda-functions": Self.functions([
                    "SendEmail", "SendSMS", "VoiceAuthCheck", "ConnectRecording",
                ]),
                "/elsewhere": elsewhere, "/elsewhere/": elsewhere,
            ], side: url, key: try TestKey.rsa())
        link.stack.withLock { $0 = { [weak self] in self?.answer($0) ?? .init(status: 500) } }
    }

    /// Returns the doctor's findings of the correct configuration with some faults planted.
    func findings(_ plant: (inout Setup) -> Void = { _ in }) async throws -> [Finding] {
        var setup = right
        plant(&setup)
        if setup.twilioType == "Trial" { setup.variables["TWILIO_API_BASE_URL"] = trial.url }
        answers.withLock { $0 = setup.answers }
        await voiceIt.account.allow(setup.plan)
        var settings = DoctorSettings()
        settings.shell = setup.variables
        let file = FileManager.default.temporaryDirectory.appending(path: "doctor-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        if !setup.functions.isEmpty {
            // A file by function gives each skill its id.
            setup.functions["AlexaJokebox", default: [:]]["ALEXA_SKILL_ID"] =
                "amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5c"
            try JSONEncoder().encode(setup.functions).write(to: file)
            settings.file = file
        }
        var findings: [Finding] = []
        _ = try await Doctor(checks: LiveChecks(settings: settings).all).run { findings.append($0) }
        return findings
    }

    private func answer(_ request: ScriptedServer.Request) -> ScriptedServer.Response {
        let path = String(request.target.prefix { $0 != "?" })
        if path == "/crm/getall" {
            return request["Authorization"] == "Bearer crm-token"
                ? .init(#"{"data":{"totalSize":0,"done":true,"records":[]}}"#)
                : .init(status: 401, #"{"error":{"code":"INVALID_SESSION_ID","message":""}}"#)
        }
        let action = AWSDouble.form(request.text)["Action"] ?? ""
        let known = answers.withLock { $0[path] ?? $0[action] }
        return known ?? .init(status: 404, headers: [("x-amzn-ErrorType", "ResourceNotFoundException")], "{}")
    }

    /// Creates tables with other keys than the functions'.
    private func addWrongTables() async throws {
        let seeder = Seeder(port: moto.port, region: moto.region)
        func dynamoDB(_ action: String, _ input: String) async throws {
            _ = try await seeder.call(
                "POST", "/",
                [
                    "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.\(action)",
                    "Authorization": seeder.unsigned("dynamodb"),
                ], Array(input.utf8))
        }
        for (name, keys) in [
            ("wrong-key", ["pk"]), ("sorted", ["id", "at"]), ("no-ttl", ["id"]), ("other-ttl", ["id"]),
        ] {
            let types = keys.map { #"{"AttributeName":"\#($0)","AttributeType":"S"}"# }.joined(separator: ",")
            let schema = zip(keys, ["HASH", "RANGE"]).map { #"{"AttributeName":"\#($0)","KeyType":"\#($1)"}"# }
            try await dynamoDB(
                "CreateTable",
                #"{"TableName":"\#(name)","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[\#(types)],"#
                    + #""KeySchema":[\#(schema.joined(separator: ","))]}"#)
        }
        try await dynamoDB(
            "UpdateTimeToLive",
            #"{"TableName":"other-ttl","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}"#)
    }
}

extension VoiceItAccount {
    /// Sets the languages of the plan; nil for every one.
    fileprivate func allow(_ plan: Set<String>?) { phrases.plan = plan }
}
