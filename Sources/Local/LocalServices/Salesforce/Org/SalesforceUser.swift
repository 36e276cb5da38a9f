/// The users of the local Salesforce; each has the same password, and a token that is always accepted.
///
/// Some of them always meet the same fault, so that an event can cause it by its credentials alone.
package enum SalesforceUser: String, Sendable, CaseIterable {
    /// Owns most seeded leads; the oldest open one is Testing C.
    case agent
    /// Owns no record.
    case empty
    /// Owns one lead, which has no e-mail address.
    case plain
    /// Every data call is refused: 403 REQUEST_LIMIT_EXCEEDED.
    case limited
    /// Every data call finds the server busy: 503.
    case busy
    /// Every data call takes 3 seconds.
    case slow
    /// Every data call takes 30 seconds: longer than any caller waits.
    case stuck
    /// The user of the client credentials grant: owns no records, and has the rights of `SalesforceRights.integration`.
    case integration

    /// The user name, `agent@example.com` and so on.
    package var name: String { "\(rawValue)@example.com" }

    /// The tokens of all users.
    package static var tokens: [String] { allCases.map(\.token) }

    /// An access token that never expires, for requests that bring their own.
    package var token: String { "local-token-\(rawValue)" }

    /// The user's record id.
    package var id: String {
        let number = (Self.allCases.firstIndex(of: self) ?? 0) + 1
        return "0055f00000AAAA\(number)AAC"
    }

    /// The fault of each of the user's data calls.
    var fault: SalesforceFault? {
        switch self {
        case .agent, .empty, .plain, .integration: nil
        case .limited: .limit
        case .busy: .busy
        case .slow: .slow(milliseconds: 3_000)
        case .stuck: .slow(milliseconds: 30_000)
        }
    }
}
