import HTTPEvents
import LambdaRuntime
import Salesforce

/// Reads whose credentials a request brings. "The 'Basic' HTTP Authentication Scheme" (RFC 7617).
enum CallerCredentials {
    /// Nil when there are none, several, or none that can be read. Tokens are taken only with `takesTokens`.
    static func identity(in headers: HTTPHeaders, takesTokens: Bool) -> SalesforceCall.Identity? {
        let values = headers.values(of: "Authorization")
        guard values.count == 1 else { return nil }
        let parts = values[0].split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        var credentials = parts[1].drop { $0 == " " }
        while credentials.last == " " { credentials.removeLast() }
        switch parts[0].lowercased() {
        case "basic": return basic(credentials)
        case "bearer" where takesTokens: return bearer(credentials)
        default: return nil
        }
    }

    /// A name cannot hold a colon, a password can: the first one parts them.
    private static func basic(_ credentials: Substring) -> SalesforceCall.Identity? {
        guard let bytes = Base64.decode(String(credentials)), let text = String(validating: bytes, as: UTF8.self),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let (name, password) = (text[..<colon], text[text.utf8.index(after: colon)...])
        guard !name.isEmpty, !password.isEmpty else { return nil }
        return .user(name: Redacted(String(name)), password: Redacted(String(password)))
    }

    /// Printable ASCII alone: it becomes a header again.
    private static func bearer(_ token: Substring) -> SalesforceCall.Identity? {
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return .bearer(Redacted(String(token)))
    }
}
