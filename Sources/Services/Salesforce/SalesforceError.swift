package import Calling
package import Settings

/// The error of a Salesforce call.
///
/// `description` is for logs. Salesforce's own sentence is kept apart in `message`, since it may quote a record: show it
/// to the caller who asked, and to nobody else.
package struct SalesforceError: CallFailure, Sendable, Equatable {
    /// The kinds of failure.
    package enum Kind: Sendable, Equatable {
        /// A complete response that says no; `status` and `code` say why.
        case refused
        /// The user's name and password, or the token that came with the call, are not accepted.
        case credentialsRefused
        /// The client id, its secret, its key or the service's own user are not accepted.
        case clientRefused
        /// Several passwords of the user were refused, and `retryAfter` has not passed; no request was sent.
        case heldBack
        /// The org's request limit is reached (`REQUEST_LIMIT_EXCEEDED`): wait before the next call.
        case limitReached
        /// Several records have the external id; nothing was written. `matches` lists them.
        case ambiguous
        /// Salesforce is busy or cannot be reached.
        case unavailable
        /// The deadline passed.
        case timedOut
        /// A response came that is not what Salesforce documents.
        case unreadable
        /// The response is larger than the caller allows.
        case tooLarge
        /// The call cannot be made with these arguments; no request was sent.
        case invalid
    }

    package var kind: Kind
    package var outcome: Outcome
    /// The action, such as `query`; completes "Salesforce refused the …".
    package var action: String
    /// The response's HTTP status; nil when there was none.
    package var status: Int?
    /// Salesforce's `errorCode`, or OAuth's `error`, such as `MALFORMED_QUERY`; empty when there is none.
    package var code = ""
    /// Salesforce's sentence, without any credential of the call.
    package var message: Redacted<String>?
    /// The fields at fault.
    package var fields: [String] = []
    /// The paths of the records that match, when `kind` is `ambiguous`.
    package var matches: [String] = []
    /// The record of a collection that Salesforce could not read, by its place; nil unless it named a column.
    package internal(set) var record: Int?
    /// The pause that Salesforce asks for.
    package var retryAfter: Duration?
    /// The remedy for a refused sign-in of the service itself, where Salesforce's sentence is a known one.
    package private(set) var remedy: String?
    /// The fault of the connection, when there was no response.
    package var detail: String?

    package init(_ kind: Kind, _ outcome: Outcome, action: String, status: Int? = nil, detail: String? = nil) {
        self.kind = kind
        self.outcome = outcome
        self.action = action
        self.status = status
        self.detail = detail
    }

    /// Turns it into a refusal of the service's own credentials, which its operator must fix.
    mutating func blameOurselves(_ grant: SalesforceConfiguration.Grant, _ identity: SalesforceCall.Identity) {
        kind = .clientRefused
        remedy = message.flatMap { SignInRemedy(grant, identity).sentence(for: $0.value) }
    }
}

extension SalesforceError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        let what =
            switch kind {
            case .refused, .ambiguous, .invalid: "Salesforce refused the \(action)"
            case .credentialsRefused: "Salesforce rejected the user's credentials for the \(action)"
            case .clientRefused where remedy != nil: "Salesforce rejected the client's own credentials"
            case .clientRefused:
                "Salesforce rejected the client's own credentials: check SALESFORCE_SECRET_ARN's secret or the "
                    + "SALESFORCE_ variables"
            case .heldBack: "Several passwords of one user were refused, so no other is tried for a while"
            case .limitReached: "Salesforce's request limit is reached"
            case .unavailable: "Salesforce is not available for the \(action)"
            case .timedOut: "Salesforce did not answer the \(action) in time"
            case .unreadable: "Salesforce's answer to the \(action) cannot be read"
            case .tooLarge: "Salesforce's answer to the \(action) is too large"
            }
        let column = missingColumn.map { "no such column: \($0)" }
        // A detail may be a whole sentence, and its full stop is written below.
        let clause = detail.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        let facts = [status.map { "status \($0)" }, code.isEmpty ? nil : code, column, clause].compactMap { $0 }
        let sentence = facts.isEmpty ? "\(what)." : "\(what): \(facts.joined(separator: ", "))."
        return remedy.map { "\(sentence) \($0)" } ?? sentence
    }

    /// The column that an object does not have, or does not show to this user: a name of the schema, no one's data.
    private var missingColumn: Substring? {
        guard code == "INVALID_FIELD", let parts = message?.value.split(separator: "'") else { return nil }
        let places = parts.indices.dropLast().filter { parts[$0].hasSuffix("No such column ") }
        guard let name = places.first.map({ parts[$0 + 1] }),
            name.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0 & 0xDF) || $0 == 95 || $0 == 46 })
        else { return nil }
        return name
    }

    package var debugDescription: String { description }
}
