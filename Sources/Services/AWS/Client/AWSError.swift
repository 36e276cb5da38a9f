package import Calling

/// The error of an AWS call.
///
/// The service's own message is left out of `description`: SES lists e-mail addresses in it, SNS phone numbers.
package struct AWSError: CallFailure, Sendable, Equatable {
    /// The service's name, such as `SES`.
    package let service: String
    /// The action's name, such as `SendEmail`.
    package let action: String
    /// The response's HTTP status; nil when there was none.
    package let status: Int?
    /// The service's error code, such as `MessageRejected`, without prefix and suffix; empty when there is none.
    package let code: String
    /// The `Reason` of an End User Messaging error, such as `DESTINATION_PHONE_NUMBER_OPTED_OUT`.
    package let reason: String?
    package private(set) var outcome: Outcome
    /// The fault where there is no error code: of the connection, or of a response that cannot be read.
    package let detail: String?
    /// True of a failure without a response that passes: a connection refused or lost.
    let isPassing: Bool
    /// True when the response is larger than the caller allows: the request would get the same one again.
    package internal(set) var isTooLarge = false
    /// The pause that the service asks for; nil when it asks for none.
    package internal(set) var retryAfter: Duration?

    package init(
        service: String = "AWS", action: String = "call", status: Int? = nil, code: String = "", reason: String? = nil,
        outcome: Outcome, detail: String? = nil, isPassing: Bool = false
    ) {
        self.service = service
        self.action = action
        self.status = status
        self.code = code
        self.reason = reason
        self.outcome = outcome
        self.detail = detail
        self.isPassing = isPassing
    }

    /// The same failure after several attempts, an earlier one of which may have been carried out.
    var afterUnknownOutcome: AWSError {
        var error = self
        error.outcome = .unknown
        return error
    }

    /// True when the service wants fewer requests a second, or has reached a quota.
    package var isThrottling: Bool {
        outcome == .refused && (status == 429 || Self.throttlingCodes.contains(code))
    }

    /// True when the same request may succeed later and was surely not carried out now.
    package var isRetryable: Bool {
        switch outcome {
        case .refused:
            isThrottling || Self.transientCodes.contains(code) || [500, 502, 503, 504].contains(status)
        case .notSent: isPassing
        case .unknown: false
        }
    }

    /// The codes that the AWS SDKs treat as throttling ("Retry behavior", AWS SDKs and Tools Reference Guide).
    private static let throttlingCodes: Set<String> = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    /// The codes of the same page that mean a temporary fault, whatever the status.
    private static let transientCodes: Set<String> = ["RequestTimeout", "RequestTimeoutException"]
}

extension AWSError: CustomStringConvertible {
    package var description: String {
        let what =
            switch outcome {
            case .refused: "refused \(action)"
            case .notSent: "could not be reached for \(action)"
            case .unknown: "gave no readable response to \(action), which may have been carried out"
            }
        // A detail may be a whole sentence, and its full stop is written below.
        let clause = detail.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        let facts = [status.map { "status \($0)" }, code.isEmpty ? nil : code, reason, clause].compactMap { $0 }
        return facts.isEmpty ? "\(service) \(what)." : "\(service) \(what): \(facts.joined(separator: ", "))."
    }
}
