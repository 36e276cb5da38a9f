import Calling
import Idempotency
import LambdaRuntime
import Salesforce

/// The error of a creation.
struct CreationError: SendError, Equatable {
    let errorType: String
    let description: String
    let mayHaveBeenSent: Bool

    /// The responses of a server between here and Salesforce, after which a record may have been created all the same.
    private static let definiteFaults: Set<Int> = [500, 503]

    /// Takes the error of the request, or of its part that creates the record; Salesforce's own sentence, which may quote
    /// the record, is left out.
    init(_ error: SalesforceError) {
        let isServerFault = error.outcome == .refused && (error.status ?? 0) >= 500
        mayHaveBeenSent =
            error.outcome == .unknown || isServerFault && !Self.definiteFaults.contains(error.status ?? 0)
        let advice: String
        switch error.kind {
        case _ where mayHaveBeenSent:
            errorType = FunctionError.Code.serviceUnavailable.rawValue
            advice = "It may have been created: it is not repeated for \(SendOnce.claimSeconds) seconds."
        case .refused, .ambiguous, .invalid, .tooLarge:
            errorType = FunctionError.Code.crmRejected.rawValue
            advice = "Nothing was created, and the same is refused again: check the parameters and the permission set."
        case .credentialsRefused, .clientRefused, .heldBack, .limitReached, .unavailable, .timedOut, .unreadable:
            errorType = FunctionError.Code.serviceUnavailable.rawValue
            advice = "Nothing was created: retry later."
        }
        description = "\(error) \(advice)"
    }
}

extension FunctionError.Code {
    /// Salesforce refused the record permanently.
    static let crmRejected = Self(rawValue: "Function.CRMRejected")
}
