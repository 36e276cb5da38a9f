import Calling

extension RetryPolicy<AWSError> {
    /// Returns the AWS SDKs' standard mode.
    ///
    /// "Retry behavior" in the AWS SDKs and Tools Reference Guide. Without its token bucket: an invocation makes few calls.
    ///
    /// - Parameter tries: Nil for as many as the deadline allows.
    static func standard(_ repetition: Repetition, tries: Int? = 3) -> RetryPolicy {
        RetryPolicy(tries: tries) { error in
            let isRepeatable = repetition == .idempotent && error.outcome == .unknown && error.isPassing
            guard error.isRetryable || isRepeatable else { return nil }
            // A throttled service needs a second; any other fault is as well met at once, with a caller waiting.
            return Backoff(first: error.isThrottling ? .seconds(1) : .milliseconds(50), jitter: 0...1)
        }
    }
}
