import LambdaRuntime

/// One user of the CRM, whom everybody who talks to the skill acts as.
struct CRMAccount: Sendable, Equatable {
    let username: String
    let password: Redacted<String>

    /// Nil unless both are there.
    init?(_ username: String?, _ password: String?) {
        guard let username, let password, !username.isEmpty, !password.isEmpty else { return nil }
        self.username = username
        self.password = Redacted(password)
    }
}
