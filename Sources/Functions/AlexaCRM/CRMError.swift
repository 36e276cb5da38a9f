import Idempotency
import Settings

/// The reason why the CRM did not do what was asked; each has a sentence.
enum CRMError: SendError, Equatable {
    /// Nobody has linked an account, and the skill has none of its own.
    case notLinked
    /// The user's token is no longer accepted.
    case tokenRefused
    /// The skill's own account is not accepted.
    case accountRefused
    /// The user may not do this.
    case forbidden
    /// There is a similar lead.
    case duplicate
    /// The CRM requires a field that the skill does not ask for.
    case missingField
    /// The CRM does not accept the given values.
    case notAccepted
    /// The CRM did not respond in time.
    case slow
    /// The CRM was not reached, is overloaded or failing.
    case down
    /// The lead may or may not have been created.
    case unconfirmed

    var errorType: String { "Function.CRM" }

    var description: String {
        switch self {
        case .notLinked: "No account is linked, and CRM_API_SECRET_ARN is not set."
        case .tokenRefused: "The CRM rejected the user's access token: the user must link the account again."
        case .accountRefused: "The CRM rejected the credentials of CRM_API_SECRET_ARN: check them."
        case .forbidden: "The CRM does not allow its user to do this: check the user's permissions."
        case .duplicate: "The CRM has found a duplicate."
        case .missingField: "The CRM requires a field that the skill does not ask for: change the CRM, or the skill."
        case .notAccepted: "The CRM did not accept the values."
        case .slow: "The CRM did not answer in time."
        case .down: "The CRM could not be reached or failed: check CRM_API_URL and CRMWrapperAPI's log."
        case .unconfirmed: "The lead may or may not have been created: the CRM's response did not arrive."
        }
    }

    var mayHaveBeenSent: Bool { self == .unconfirmed }

    /// The sentence for it.
    var sentence: CRMSentence {
        switch self {
        case .notLinked: .linkAccount
        case .tokenRefused: .linkAccountAgain
        case .accountRefused: .accountRefused
        case .forbidden: .forbidden
        case .duplicate: .duplicate
        case .missingField: .missingField
        case .notAccepted: .notAccepted
        case .slow: .slow
        case .down: .down
        case .unconfirmed: .unconfirmed
        }
    }

    /// True when linking the account solves the problem.
    var asksForAccount: Bool { self == .notLinked || self == .tokenRefused }
}
