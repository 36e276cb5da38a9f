import Encoding
import HTTPEvents
import Salesforce
import Settings

/// The credentials that a request brings. "The 'Basic' HTTP Authentication Scheme" (RFC 7617).
enum CallerCredentials {
    case password(name: Redacted<String>, password: Redacted<String>)
    /// A service caller's token, or one of Salesforce's.
    case token(Redacted<String>)

    /// Returns nil when there are none, several, or none that can be read.
    init?(_ headers: HTTPHeaders) {
        let values = headers.values(of: "Authorization")
        guard values.count == 1 else { return nil }
        let parts = values[0].split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        var credentials = parts[1].drop { $0 == " " }
        while credentials.last == " " { credentials.removeLast() }
        switch parts[0].lowercased() {
        case "basic": self.init(basic: credentials)
        case "bearer": self.init(bearer: credentials)
        default: return nil
        }
    }

    /// A name cannot hold a colon, a password can: the first one separates them.
    private init?(basic credentials: Substring) {
        guard let bytes = Base64.decode(String(credentials)), let text = String(validating: bytes, as: UTF8.self),
            let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let (name, password) = (text[..<colon], text[text.utf8.index(after: colon)...])
        guard !name.isEmpty, !password.isEmpty else { return nil }
        self = .password(name: Redacted(String(name)), password: Redacted(String(password)))
    }

    /// Printable ASCII only: the token becomes a header again.
    private init?(bearer token: Substring) {
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self = .token(Redacted(String(token)))
    }
}
