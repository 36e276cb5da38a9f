import Calling
import Salesforce
import Settings

extension WrapperError {
    /// The Retry-After time when Salesforce gives none: its limit is one of 24 hours that roll on.
    private static let wait = Duration.seconds(60)

    /// Returns the error for a failed call: Salesforce's code and sentence where it refused the caller's request, and
    /// where the fault is ours or Salesforce's, a code that says whether anything may have been done.
    init(_ error: SalesforceError) {
        func make(_ status: Int, _ code: String, _ message: String) -> WrapperError {
            WrapperError(status: status, code: error.code.isEmpty ? code : error.code, message: message)
        }
        switch error.kind {
        case .refused: self = Self.refusal(error)
        case .credentialsRefused:
            self = .unauthorized(
                "The CRM does not accept these credentials.", code: error.code.isEmpty ? "UNAUTHORIZED" : error.code)
        case .limitReached:
            self = make(429, "REQUEST_LIMIT_EXCEEDED", "The CRM's request limit is reached: try again later.")
            header = Self.retryAfter(error.retryAfter ?? Self.wait)
        case .heldBack:
            self = .heldBack(for: error.retryAfter ?? Self.wait)
        case .tooLarge: self = .answerTooLarge
        case .invalid: self = .invalid("The request cannot be sent to the CRM.")
        case .timedOut where Self.isUndone(error):
            self = make(504, Self.undone, "The CRM did not answer in time, and has done nothing: try again later.")
        case .timedOut:
            self = WrapperError(status: 504, code: "CRM_TIMEOUT", message: "The CRM did not answer in time.")
        case .clientRefused, .ambiguous, .unavailable, .unreadable:
            self =
                Self.isUndone(error)
                ? make(502, Self.undone, "The CRM cannot be reached or failed, and has done nothing: try again later.")
                : WrapperError(
                    status: 502, code: "CRM_UNAVAILABLE",
                    message: "The CRM cannot be reached or failed: try again later.")
        }
    }

    /// The code where the CRM gives none and has certainly done nothing; AlexaCRM reads it.
    private static let undone = "CRM_NOT_DONE"

    /// Returns true when the CRM has certainly done nothing: it was not asked, or said no in its own words. A server before
    /// it that fails may have passed the request on.
    private static func isUndone(_ error: SalesforceError) -> Bool {
        switch error.outcome {
        case .notSent: true
        case .unknown: false
        case .refused: !error.code.isEmpty || (error.status.map { $0 < 500 } ?? true)
        }
    }

    private static func refusal(_ error: SalesforceError) -> WrapperError {
        let status =
            switch error.status ?? 400 {
            case 403: 403
            case 404: 404
            case 413: 413
            case 414, 431: 414
            // A conflict, an unsupported method and the like: the request cannot be carried out.
            default: 400
            }
        if status == 414, error.code.isEmpty { return .queryTooLong }
        return WrapperError(
            status: status, code: error.code.isEmpty ? "REFUSED" : error.code,
            message: error.message?.value ?? "The CRM refused the request.")
    }
}
