import Settings

/// The CRM identity of all users without a linked account of their own.
enum CRMAccount: Sendable, Equatable {
    /// A service caller of the wrapper API, by the token made for it.
    case caller(token: Redacted<String>)
    /// A user of the CRM, by name and password.
    case user(name: String, password: Redacted<String>)

    /// Prefers the token; nil unless it is given, or name and password both are.
    init?(token: String?, username: String?, password: String?) {
        if let token, !token.isEmpty {
            // It becomes a header.
            guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
            self = .caller(token: Redacted(token))
            return
        }
        guard let username, let password, !username.isEmpty, !password.isEmpty else { return nil }
        self = .user(name: username, password: Redacted(password))
    }
}
