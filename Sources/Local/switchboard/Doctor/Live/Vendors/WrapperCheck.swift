import Calling
import Encoding
import HTTPClient
import HTTPTypes
import JSON
import Settings

/// The check of the CRM's wrapper API: that it is reached, and accepts AlexaCRM's credentials. It queries one lead's
/// id, which changes nothing.
struct WrapperCheck: LiveCheck {
    let subject = "CRM wrapper"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "AlexaCRM")
        guard let url = environment["CRM_API_URL"] else { throw MissingSetting("set CRM_API_URL") }
        guard let base = Endpoint(outside: url) else {
            return [.mend(subject, "CRM_API_URL must be the wrapper's https URL, without a query")]
        }
        let account = try await account(environment, deadline)
        var request = HTTPRequest(
            method: .get, scheme: base.scheme, authority: base.authority,
            path: "\(base.basePath)/getall?q=\(PercentEncoding.encode("SELECT Id FROM Lead LIMIT 1"))")
        switch account {
        case .token(let token): request.headerFields[.authorization] = "Bearer \(token.value)"
        case .user(let name, let password): request.authenticate(user: name.value, password: password.value)
        case nil: break
        }
        let answer: (head: HTTPResponse, body: [UInt8])
        do {
            answer = try await CurlClient().send(request, deadline: deadline)
        } catch {
            return [.mend(subject, "CRM_API_URL cannot be reached: \(error.description)")]
        }
        return [finding(answer.head.status.code, answer.body, hasAccount: account != nil)]
            + (try instanceFindings(account)) + scopeFindings(account, environment)
    }

    /// Without a shared account people link their own, whose tokens the wrapper accepts for one instance alone.
    private func instanceFindings(_ account: Account?) throws -> [Finding] {
        let wrapper = try settings.variables.environment(for: "CRMWrapperAPI")
        guard account == nil, wrapper["SALESFORCE_LOGIN_URL"] != nil, wrapper["SALESFORCE_INSTANCE_URL"] == nil else {
            return []
        }
        return [
            .mend(
                subject,
                "SALESFORCE_INSTANCE_URL is not set, so it refuses linked accounts' tokens and the skill asks to link "
                    + "for ever: give CRMWrapperAPI the org's My Domain URL, or AlexaCRM a CRM_API_TOKEN")
        ]
    }

    /// A token belongs to a service caller, usually an integration user, who owns no leads.
    private func scopeFindings(_ account: Account?, _ environment: Environment) -> [Finding] {
        guard case .token = account, environment["CRM_LEAD_SCOPE"] == nil else { return [] }
        return [
            .skipped(
                subject,
                "CRM_LEAD_SCOPE is not set: where CRM_API_TOKEN's caller is an integration user, who owns no leads, "
                    + "set it to everything")
        ]
    }

    private func finding(_ status: Int, _ body: [UInt8], hasAccount: Bool) -> Finding {
        let json = try? JSONValue(parsing: body)
        switch status {
        case 200 where json?["data"] != nil: return .ok(subject, "answers, and takes AlexaCRM's account")
        case 401 where !hasAccount && json?["error"] != nil:
            return .ok(subject, "answers; who has not linked an account has none to ask as")
        case 401:
            return .mend(
                subject,
                "it refuses AlexaCRM's account: put a token of CRM_CALLERS into CRM_API_TOKEN, or the user's name and "
                    + "password beside it, of CRM_API_SECRET_ARN's secret")
        case 403:
            return .mend(subject, "it answered 403: this account may not use GET /getall; allow it in CRM_CALLERS")
        case 404:
            return .mend(
                subject, "CRM_API_URL leads to no /getall: give the wrapper's URL with its stage, without /getall")
        case 429: return .mend(subject, "Salesforce's calls of the day are used up: see Company Information in Setup")
        default: return .mend(subject, "it answered \(status): see CRMWrapperAPI's log, which says why")
        }
    }

    private enum Account {
        case token(Redacted<String>)
        case user(name: Redacted<String>, password: Redacted<String>)
    }

    private func account(
        _ environment: Environment, _ deadline: ContinuousClock.Instant
    ) async throws -> Account? {
        var values = ["CRM_API_TOKEN", "CRM_API_USERNAME", "CRM_API_PASSWORD"].map { environment[$0] }
        if let text = try await SecretLookup.text(of: "CRM_API_SECRET_ARN", in: environment, deadline: deadline) {
            let json = try? JSONValue(parsing: Array(text.utf8))
            values = ["CRM_API_TOKEN", "CRM_API_USERNAME", "CRM_API_PASSWORD"].map { json?[$0]?.string }
            if values[0] == nil, values[1] == nil || values[2] == nil {
                throw EnvironmentError(faults: [
                    "CRM_API_SECRET_ARN's secret must be a JSON object with CRM_API_TOKEN, or with CRM_API_USERNAME and "
                        + "CRM_API_PASSWORD."
                ])
            }
        }
        if let token = values[0] { return .token(Redacted(token)) }
        guard let name = values[1], let password = values[2] else { return nil }
        return .user(name: Redacted(name), password: Redacted(password))
    }
}
