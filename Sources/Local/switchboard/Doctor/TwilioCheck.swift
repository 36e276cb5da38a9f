import AWS
import Foundation
import HTTPClient
import HTTPTypes
import LambdaRuntime

/// Whether Twilio takes the account's SID and auth token. "Fetch an Account resource" in Twilio's REST API.
struct TwilioCheck: LiveCheck {
    private static let accountName = "TWILIO_ACCOUNT_SID"
    private static let tokenName = "TWILIO_AUTH_TOKEN"

    let subject = "Twilio"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "TwilioVoice")
        guard environment["TWILIO_SECRET_ARN"] != nil || environment[Self.accountName] != nil else {
            throw MissingSetting("set TWILIO_SECRET_ARN, or \(Self.accountName) and \(Self.tokenName)")
        }
        let (secret, api) = try environment.read(
            KeyedSecret.variable(
                "TWILIO_SECRET_ARN", .init(Self.accountName, "the account's SID, AC…"),
                .init(Self.tokenName, "the account's auth token")),
            .optional(
                "TWILIO_API_BASE_URL", default: Endpoint(scheme: "https", authority: "api.twilio.com"),
                expecting: "an http or https URL without query", parse: Endpoint.init(parsing:)))
        let values = try await KeyedSecretReader(secret).values(deadline: deadline)
        let account = values[Self.accountName]?.value ?? ""
        guard account.wholeMatch(of: #/AC[0-9a-fA-F]{32}/#) != nil else {
            return [.mend(subject, "\(Self.accountName) must be AC and 32 hexadecimal digits")]
        }
        return [try await finding(account, values[Self.tokenName]?.value ?? "", api, deadline)]
    }

    private func finding(
        _ account: String, _ token: String, _ api: Endpoint, _ deadline: ContinuousClock.Instant
    ) async throws -> Finding {
        var request = HTTPRequest(
            method: .get, scheme: api.scheme, authority: api.authority,
            path: "\(api.basePath)/2010-04-01/Accounts/\(account).json")
        request.authenticate(user: account, password: token)
        let answer: (head: HTTPResponse, body: [UInt8])
        do {
            answer = try await CurlClient().send(request, deadline: deadline)
        } catch {
            return .mend(subject, error.description)
        }
        switch (answer.head.status.code, (try? JSONValue(parsing: answer.body))?["status"]?.string) {
        case (200, "active"?): return .ok(subject, "accepts the account, which is active")
        case (200, _): return .mend(subject, "the account is not active: see Twilio's console")
        case (401, _), (403, _):
            return .mend(
                subject, "does not accept \(Self.accountName) and \(Self.tokenName): take both from its console")
        case (let status, _): return .mend(subject, "answered \(status): is TWILIO_API_BASE_URL Twilio's?")
        }
    }
}
