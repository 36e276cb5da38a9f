import AWS
import Calling
import Foundation
import HTTPClient
import HTTPTypes
import JSON
import Settings
import TwilioREST

/// The check that Twilio accepts the account's SID and auth token, and would record. "Fetch an Account resource" in
/// Twilio's REST API.
struct TwilioCheck: LiveCheck {
    let subject = "Twilio"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "TwilioVoice")
        let (secret, api) = try environment.read(TwilioAccount.optionalSecret, TwilioAccount.api)
        guard let secret else {
            throw MissingSetting(
                "set \(TwilioAccount.secretName), or \(TwilioAccount.sidName) and \(TwilioAccount.tokenName)")
        }
        let values = try await KeyedSecretReader(secret).values(deadline: deadline)
        let account = values[TwilioAccount.sidName]?.value ?? ""
        guard account.wholeMatch(of: #/AC[0-9a-fA-F]{32}/#) != nil else {
            return [.mend(subject, "\(TwilioAccount.sidName) must be AC and 32 hexadecimal digits")]
        }
        let token = values[TwilioAccount.tokenName]?.value ?? ""
        return [try await finding(on: account, token: token, api: api, deadline: deadline)]
    }

    private func finding(
        on account: String, token: String, api: Endpoint, deadline: ContinuousClock.Instant
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
        let json = try? JSONValue(parsing: answer.body)
        switch (answer.head.status.code, json?["status"]?.string) {
        case (200, "active"?) where json?["type"]?.string == "Trial":
            return .mend(subject, "the account is on trial, which blocks <Record>: upgrade it in Twilio's console")
        case (200, "active"?): return .ok(subject, "accepts the account, which is active")
        case (200, _): return .mend(subject, "the account is not active: see Twilio's console")
        case (401, _), (403, _):
            return .mend(
                subject,
                "does not accept \(TwilioAccount.sidName) and \(TwilioAccount.tokenName): take both from its console")
        case (let status, _): return .mend(subject, "answered \(status): is TWILIO_API_BASE_URL Twilio's?")
        }
    }
}
