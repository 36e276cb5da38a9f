import Calling

extension RetryPolicy<AWSError> {
    /// Returns the AWS SDKs' standard mode.
    ///
    /// "Retry behavior" in the AWS SDKs and Tools Reference Guide. Without its token bucket: an invocation makes few calls.
    static func standard(_ repetition: Repetition) -> RetryPolicy {
        RetryPolicy(tries: 3) { error in
            let isRepeatable = repetition == .idempotent && error.outcome == .unknown && error.isPassing
            guard error.isRetryable || isRepeatable else { return nil }
            // A throttled service needs a second; any other fault is as well met at once, with a caller waiting.
            return Backoff(first: error.isThrottling ? .seconds(1) : .milliseconds(50), jitter: 0...1)
        }
    }
}
