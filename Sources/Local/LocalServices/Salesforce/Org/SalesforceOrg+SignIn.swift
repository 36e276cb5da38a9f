import Encoding
import Foundation
import JSON

extension SalesforceOrg {
    private static let audiences = ["https://login.salesforce.com", "https://test.salesforce.com"]

    /// `POST /services/oauth2/token`: client credentials, JWT bearer or password, in a form body only.
    func signIn(_ request: HTTPMessage, query: String?) -> SalesforceOrgResponse {
        guard request.method == "POST" else {
            return .signInError("invalid_request", "must use HTTP POST")
        }
        guard query == nil else {
            return .signInError("invalid_request", "credentials belong in the body, not in the URL")
        }
        let type = request.fields["Content-Type"]?.split(separator: ";").first.map { $0.lowercased() }
        guard
            type == "application/x-www-form-urlencoded",
            let form = FormData.decoded(String(decoding: request.body, as: UTF8.self))
        else {
            return .signInError("unsupported_grant_type", "grant type not supported")
        }
        switch form["grant_type"] {
        case "client_credentials": return checkingClient(form) { token(for: .integration) }
        case "password": return checkingClient(form) { password(form) }
        case "urn:ietf:params:oauth:grant-type:jwt-bearer": return assertion(form["assertion"] ?? "")
        default: return .signInError("unsupported_grant_type", "grant type not supported")
        }
    }

    private func checkingClient(_ form: [String: String], _ grant: () -> SalesforceOrgResponse) -> SalesforceOrgResponse
    {
        guard form["client_id"] == SalesforceDouble.clientID else {
            return .signInError("invalid_client_id", "client identifier invalid")
        }
        guard form["client_secret"] == SalesforceDouble.clientSecret else {
            return .signInError("invalid_client", "invalid client credentials")
        }
        return grant()
    }

    private func password(_ form: [String: String]) -> SalesforceOrgResponse {
        guard
            let user = SalesforceUser.allCases.first(where: { $0.name == form["username"] }),
            form["password"] == SalesforceDouble.password
        else {
            return .signInError("invalid_grant", "authentication failure")
        }
        return token(for: user)
    }

    /// Checks the assertion's form and claims, not its signature: the double holds no certificate of the client.
    private func assertion(_ text: String) -> SalesforceOrgResponse {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Self.base64URL(String($0)) }
        guard
            parts.count == 3, let head = parts[0].flatMap({ try? JSONValue(parsing: $0) }),
            let claims = parts[1].flatMap({ try? JSONValue(parsing: $0) }), head["alg"] == .string("RS256"),
            (parts[2] ?? []).count >= 256
        else {
            return .signInError("invalid_grant", "invalid assertion")
        }
        guard claims["iss"] == .string(SalesforceDouble.clientID) else {
            return .signInError("invalid_client_id", "client identifier invalid")
        }
        guard let audience = claims["aud"]?.string, Self.audiences.contains(audience) else {
            return .signInError("invalid_grant", "audience is invalid")
        }
        guard case .number(let digits)? = claims["exp"], let seconds = Double(digits) else {
            return .signInError("invalid_grant", "invalid assertion")
        }
        let remaining = seconds - configuration.now().timeIntervalSince1970
        guard remaining > 0, remaining <= 181 else {
            return .signInError("invalid_grant", "assertion expired or valid for over 3 minutes")
        }
        guard let user = SalesforceUser.allCases.first(where: { .string($0.name) == claims["sub"] }) else {
            return .signInError("invalid_grant", "user hasn't approved this consumer")
        }
        return token(for: user)
    }

    private func token(for user: SalesforceUser) -> SalesforceOrgResponse {
        let now = configuration.now()
        let token = "00D5f0000000001!\(UUID().uuidString.replacing("-", with: "."))"
        tokens[token] = Token(user: user, expires: now.addingTimeInterval(configuration.tokenLifetime))
        return SalesforceOrgResponse(
            200,
            .object([
                "access_token": .string(token), "instance_url": .string(instanceURL),
                "id": .string("\(loginURL)/id/00D5f0000000001EAA/\(user.id)"), "token_type": .string("Bearer"),
                "issued_at": .string("\(Int64(now.timeIntervalSince1970 * 1000))"),
                "signature": .string("bG9jYWw="), "scope": .string("api"),
            ]))
    }

    private static func base64URL(_ text: String) -> [UInt8]? {
        guard !text.contains(where: { "+/=".contains($0) }) else { return nil }
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: standard + padding).map { Array($0) }
    }
}

/// Form-encoded text: bodies of sign-ins, and query strings.
enum FormData {
    /// Returns the fields, of which the last of a name counts; nil when an escape is broken or not UTF-8.
    static func decoded(_ text: String) -> [String: String]? {
        var fields: [String: String] = [:]
        for pair in text.parts(at: "&") {
            let parts = pair.parts(at: "=", maxSplits: 1, omittingEmptyParts: false)
            guard
                let name = decodedPart(parts[0]), let value = parts.count > 1 ? decodedPart(parts[1]) : ""
            else { return nil }
            fields[name] = value
        }
        return fields
    }

    private static func decodedPart(_ text: Substring) -> String? {
        String(text).substituting(" ", for: "+").removingPercentEncoding
    }
}
