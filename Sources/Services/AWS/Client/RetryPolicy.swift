import Calling

/// When a failed call is tried again: the AWS SDKs' standard mode, within a deadline.
///
/// "Retry behavior" in the AWS SDKs and Tools Reference Guide. Without its token bucket: an invocation makes few calls.
struct RetryPolicy: Sendable {
    /// Tries in all, the first included.
    static let tries = 3
    /// No wait is drawn from a longer range, in seconds.
    private static let longestWait = 20.0

    /// How long to wait before the next try, or nil when there must be none.
    ///
    /// - Parameters:
    ///   - failures: How many tries have failed, the latest with `error`.
    ///   - retryAfter: The answer's `Retry-After`, which no wait is shorter than.
    ///   - random: From 0 to 1: the jitter.
    func wait(
        after error: AWSError, failures: Int, repetition: AWSRequest.Repetition, retryAfter: Duration?, random: Double
    ) -> Duration? {
        guard failures < Self.tries else { return nil }
        let repeatable = repetition == .idempotent && error.outcome == .unknown && error.isPassing
        guard error.isRetryable || repeatable else { return nil }
        // A throttled service needs a second; any other fault is as well met at once, with a caller waiting.
        let range = (error.isThrottling ? 1.0 : 0.05) * Double(1 << (failures - 1))
        let backoff = Duration.seconds(min(range, Self.longestWait) * random)
        return max(backoff, retryAfter ?? .zero)
    }
}
