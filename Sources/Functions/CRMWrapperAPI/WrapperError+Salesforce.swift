import Salesforce
import Settings

extension WrapperError {
    /// The Retry-After time when Salesforce gives none: its limit is one of 24 hours that roll on.
    private static let wait = Duration.seconds(60)

    /// Returns the error for a failed call: Salesforce's code and sentence where it refused the caller's request, and
    /// neither where the fault is ours or Salesforce's.
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
            header = ("Retry-After", "\(max(1, (error.retryAfter ?? Self.wait).components.seconds))")
        case .timedOut: self = make(504, "CRM_TIMEOUT", "The CRM did not answer in time.")
        case .tooLarge: self = .answerTooLarge
        case .invalid: self = .invalid("The request cannot be sent to the CRM.")
        case .clientRefused, .ambiguous, .unavailable, .unreadable:
            self = make(502, "CRM_UNAVAILABLE", "The CRM cannot be reached or failed: try again later.")
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
