import Calling
import Synchronization

/// The rate of one operation's requests, which Connect limits for an account and Region: a bucket of turns, which fills by
/// so many a second.
///
/// Two clocks fill it, as they do everything that is kept across invocations, and it is full once the wall clock went back.
final class ConnectPace: Sendable {
    private struct State {
        /// Below zero, so many have taken a turn that is still to come.
        var turns: Double
        var since: Moment?
    }

    private let perSecond: Double
    private let burst: Double
    private let timing: CallTiming
    private let state: Mutex<State>

    /// - Parameter burst: The requests that may go out at once, after a time without any.
    init(perSecond: Double, burst: Double, timing: CallTiming) {
        self.perSecond = perSecond
        self.burst = burst
        self.timing = timing
        state = Mutex(State(turns: burst))
    }

    /// Waits for a turn; returns false, without having taken one, when it comes only after the deadline.
    nonisolated(nonsending) func turn(before deadline: ContinuousClock.Instant) async -> Bool {
        let now = timing.moment
        let wait: Duration? = state.withLock { state in
            let turns = filled(state, at: now)
            let wait = Duration.seconds(max(0, (1 - turns) / perSecond))
            guard now.continuous + wait < deadline else { return nil }
            state = State(turns: turns - 1, since: now)
            return wait
        }
        guard let wait else { return false }
        guard wait > .zero else { return true }
        return (try? await timing.sleep(wait)) != nil
    }

    private func filled(_ state: State, at now: Moment) -> Double {
        guard let since = state.since, let elapsed = now.elapsed(since: since) else { return burst }
        return min(burst, state.turns + elapsed / .seconds(1) * perSecond)
    }
}
