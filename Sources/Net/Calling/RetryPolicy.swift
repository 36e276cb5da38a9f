/// An error of a call that may be tried again.
package protocol CallFailure: Error {
    /// The pause that the service asks for; nil when it asks for none.
    var retryAfter: Duration? { get }
}

extension CallFailure {
    package var retryAfter: Duration? { nil }
}

/// The pauses before the further tries of a call: each twice as long as the one before it.
package struct Backoff: Sendable {
    /// The pause before the second try.
    package let first: Duration
    /// The limit of every pause.
    package let longest: Duration
    /// The range that the share of a pause is drawn from which is waited.
    package let jitter: ClosedRange<Double>

    package init(first: Duration, longest: Duration = .seconds(20), jitter: ClosedRange<Double> = 1...1) {
        self.first = first
        self.longest = longest
        self.jitter = jitter
    }

    /// Returns the pause after so many failures; `fraction`, from 0 to 1, chooses the share.
    package func pause(after failures: Int, fraction: Double) -> Duration {
        let whole = min(first / .seconds(1) * Double(1 << min(failures - 1, 30)), longest / .seconds(1))
        let share = jitter.lowerBound + (jitter.upperBound - jitter.lowerBound) * fraction
        return .seconds(whole * share)
    }
}

/// The retry loop of every service, and the rules by which one service's calls are tried again.
///
/// A further service ("back end") is four files that stand on this module: its configuration (`Endpoint` and a
/// `KeyedSecret`, read from the environment), its error (a `CallFailure` with an `Outcome`), its transport (one try as an
/// HTTP request, and its `RetryPolicy` as a value) and its client (a function for each operation).
package struct RetryPolicy<Failure: CallFailure>: Sendable {
    /// The tries in all, the first included; nil for as many as the deadline allows.
    package let tries: Int?
    /// Returns the pauses that a failure is tried again after; nil when it must not be tried again.
    package let backoff: @Sendable (Failure) -> Backoff?

    package init(tries: Int?, backoff: @escaping @Sendable (Failure) -> Backoff?) {
        self.tries = tries
        self.backoff = backoff
    }

    /// Calls `attempt` until it succeeds, fails for good, or the next try would not begin before `deadline`.
    ///
    /// Throws the last try's failure; a cancelled sleep ends with that too. No pause is shorter than the service asks for.
    package nonisolated(nonsending) func run<Success>(
        _ timing: CallTiming, before deadline: ContinuousClock.Instant,
        _ attempt: nonisolated(nonsending) () async throws(Failure) -> Success
    ) async throws(Failure) -> Success {
        var failures = 0
        while true {
            let failure: Failure
            do throws(Failure) {
                return try await attempt()
            } catch {
                failure = error
            }
            failures += 1
            guard tries.map({ failures < $0 }) ?? true, let backoff = backoff(failure) else { throw failure }
            let pause = max(
                backoff.pause(after: failures, fraction: timing.fraction()), failure.retryAfter ?? .zero)
            guard timing.instant() + pause < deadline, (try? await timing.sleep(pause)) != nil else { throw failure }
        }
    }
}
