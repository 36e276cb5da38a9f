import LocalServices
import Synchronization

/// What becomes of each request to the CRM: answered, throttled, lost, too late, or the end of the process that made it.
///
/// All of it derives from a seed and from the simulated time, in which the CRM is away for an hour.
final class CRMWeather: Sendable {
    /// How often something happens, of 1,000 requests; of invocations for `kills`.
    struct Climate: Sendable {
        var throttles = 20
        var losses = 5
        var hangs = 3
        var kills = 30
        var outage: Range<Duration>? = Duration.seconds(3600)..<Duration.seconds(7200)

        static let calm = Climate(throttles: 0, losses: 0, hangs: 0, kills: 0, outage: nil)
    }

    enum Fate: Sendable, Equatable {
        case answered
        /// Refused without effect: 429, 503, a limit.
        case refused
        /// No answer in time; the work may be done.
        case unanswered(isDone: Bool)
        /// The process is killed now; the work may be done.
        case killed(isDone: Bool)
    }

    /// The numbers of what has happened.
    struct Counts: Sendable {
        var requests = 0
        var refusals = 0
        var outages = 0
        var hangs = 0
        var kills = 0
    }

    private struct State {
        var random: SeededGenerator
        var counts = Counts()
        /// The requests left until the process is killed; nil for a process that lives.
        var left: Int?
        var isKilled = false
    }

    /// The longest that a call of the function waits.
    static let patience = Duration.seconds(10)

    let clock: SimulationClock
    private let climate: Climate
    private let state: Mutex<State>
    private let beginning: Int

    init(_ climate: Climate, seed: String, clock: SimulationClock) {
        self.climate = climate
        self.clock = clock
        state = Mutex(State(random: SeededGenerator(seed: "\(seed) weather")))
        beginning = clock.now
    }

    var counts: Counts { state.withLock(\.counts) }
    /// The time since the simulation began.
    var time: Duration { .milliseconds(clock.now - beginning) }
    /// True when the process of the current invocation has been killed.
    var isKilled: Bool { state.withLock(\.isKilled) }

    /// Decides when the process of the next invocation is killed, if it is.
    func beginInvocation() {
        state.withLock { state in
            state.isKilled = false
            let isFatal = Int.random(in: 0..<1000, using: &state.random) < climate.kills
            state.left = isFatal ? Int.random(in: 0...5, using: &state.random) : nil
        }
    }

    /// Ends the invocation: one that made fewer requests than its process had left is killed before it answers.
    func endInvocation() {
        state.withLock { state in
            if state.left != nil, !state.isKilled {
                state.isKilled = true
                state.counts.kills += 1
            }
        }
    }

    /// Decides on the next request, and lets its time pass.
    func meet() -> Fate {
        let isOut = climate.outage?.contains(time) == true
        let fate = state.withLock { state -> Fate in
            guard !state.isKilled else { return .killed(isDone: false) }
            state.counts.requests += 1
            if let left = state.left {
                state.left = left - 1
                if left == 0 {
                    state.isKilled = true
                    state.counts.kills += 1
                    return .killed(isDone: Bool.random(using: &state.random))
                }
            }
            let draw = Int.random(in: 0..<1000, using: &state.random)
            if isOut {
                state.counts.outages += 1
                return draw < 900 ? .refused : .unanswered(isDone: false)
            }
            switch draw {
            case ..<climate.throttles:
                state.counts.refusals += 1
                return .refused
            case ..<(climate.throttles + climate.losses + climate.hangs):
                state.counts.hangs += 1
                return .unanswered(isDone: draw < climate.throttles + climate.losses)
            default: return .answered
            }
        }
        if case .unanswered = fate { clock.pass(Self.patience) } else { clock.pass(.milliseconds(20)) }
        return fate
    }
}
