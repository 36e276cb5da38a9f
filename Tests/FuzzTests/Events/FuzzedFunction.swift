import Foundation
import JSON
import TestSupport

/// A function under test: what it is documented to fail with and to respond.
struct FuzzedFunction: Sendable {
    let name: String
    /// `docs/` and FunctionError.Code: the error types of a failed invocation, after `Function.`.
    let errors: Set<String>
    /// The statuses of its HTTP responses.
    var statuses: Set<Int> = []

    static let all: [FuzzedFunction] = [
        FuzzedFunction(
            name: "AlexaCRM", errors: ["InvalidRequest", "SkillIdMismatch"], statuses: [200, 400, 405, 413]),
        FuzzedFunction(
            name: "AlexaJokebox", errors: ["InvalidRequest", "SkillIdMismatch"], statuses: [200, 400, 405, 413]),
        FuzzedFunction(
            name: "CRMWrapperAPI", errors: ["InvalidRequest"],
            statuses: [200, 201, 400, 401, 403, 404, 405, 413, 414, 429, 502, 504]),
        // A look-up fails for a bad request alone: EventJudge.
        FuzzedFunction(
            name: "ConnectCRM",
            errors: ["InvalidRequest", "IdempotencyKeyReused", "CRMRejected", "ServiceUnavailable"]),
        FuzzedFunction(name: "ConnectContactRecords", errors: ["InvalidRequest"]),
        FuzzedFunction(name: "ConnectMetrics", errors: ["InvalidRequest", "ConnectRejected", "ServiceUnavailable"]),
        FuzzedFunction(
            name: "ConnectRecording", errors: ["InvalidRequest", "RecordRejected", "ServiceUnavailable"],
            statuses: [302, 400, 403, 404, 405, 410, 413, 502, 503, 504]),
        FuzzedFunction(name: "Echo", errors: ["InvalidRequest"]),
        FuzzedFunction(
            name: "SendEmail",
            errors: [
                "InvalidRequest", "SenderNotAllowed", "RecipientNotAllowed", "IdempotencyKeyReused", "DeliveryRejected",
                "ServiceUnavailable",
            ]),
        FuzzedFunction(
            name: "SendSMS",
            errors: [
                "InvalidRequest", "RecipientNotAllowed", "IdempotencyKeyReused", "DeliveryRejected",
                "ServiceUnavailable",
                "InvalidPhoneNumber", "MessageTooLong",
            ]),
        FuzzedFunction(name: "TwilioVoice", errors: ["InvalidRequest"], statuses: [200, 403, 413]),
        // ServiceUnavailable is the sweep's alone.
        FuzzedFunction(name: "VoiceAuthCheck", errors: ["InvalidRequest", "ServiceUnavailable"]),
    ]

    /// Returns the variables of `events/<Function>/env.json`, with the back end's port in the place of what is local.
    func environment(runtime: Int, backEnd: Int) throws -> [String: String] {
        let base = "http://127.0.0.1:\(backEnd)"
        var variables = [
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(runtime)", "AWS_LAMBDA_FUNCTION_NAME": name,
            "AWS_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": base,
            "IDEMPOTENCY_TABLE": "switchboard-idempotency", "JOKEBOX_TABLE": "switchboard-jokebox",
            // What an event names is never asked: the back end refuses to be a proxy.
            "http_proxy": base, "https_proxy": base, "no_proxy": "127.0.0.1",
        ]
        let file = TestProcess.root.appending(path: "events/\(name)/env.json")
        guard let own = try? JSONValue(parsing: Array(Data(contentsOf: file))).object else { return variables }
        for (variable, value) in own {
            let isURL = variable.hasSuffix("_URL") || variable.hasSuffix("_HOSTS")
            variables[variable] = value.string.map { $0 != "local" ? $0 : isURL ? base : "local-fuzzing-secret" }
        }
        if own["SALESFORCE_LOGIN_URL"] != nil {
            variables["SALESFORCE_CLIENT_ID"] = "client"
            variables["SALESFORCE_CLIENT_SECRET"] = "secret-of-the-client"
        }
        if own["VOICEIT_BASE_URL"] != nil {
            variables["VIAPIKEY"] = "key_fuzz"
            variables["VIAPITOKEN"] = "tok_fuzz"
        }
        return variables
    }
}
