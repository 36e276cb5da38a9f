import Calling
import Synchronization
import Testing

struct RetryPolicyTests {
    private struct Failed: CallFailure, Equatable {
        var number = 0
        var isPassing = true
        var retryAfter: Duration?
    }

    /// A clock that only sleeping moves, and the notes of its sleeps.
    private final class Time: Sendable {
        private let start = ContinuousClock.now
        private let slept = Mutex<[Duration]>([])

        var sleeps: [Duration] { slept.withLock(\.self) }
        var deadline: ContinuousClock.Instant { start + .seconds(10) }

        func timing(random: UInt64 = .max) -> CallTiming {
            CallTiming(
                instant: { self.sleeps.reduce(self.start) { $0 + $1 } }, random: { random },
                sleep: { pause in self.slept.withLock { $0.append(pause) } })
        }
    }

    private static func policy(tries: Int? = 3, _ backoff: Backoff) -> RetryPolicy<Failed> {
        RetryPolicy(tries: tries) { $0.isPassing ? backoff : nil }
    }

    /// Fails as often as there are failures, then returns the number of tries.
    private func run(
        _ policy: RetryPolicy<Failed>, _ time: Time, random: UInt64 = .max, _ failures: [Failed]
    ) async throws(Failed) -> Int {
        var tries = 0
        return try await policy.run(time.timing(random: random), before: time.deadline) { () async throws(Failed) in
            tries += 1
            guard tries > failures.count else { throw failures[tries - 1] }
            return tries
        }
    }

    @Test func `each pause is twice as long as the one before it, up to the longest`() async throws {
        let time = Time()
        let policy = Self.policy(tries: nil, Backoff(first: .milliseconds(200), longest: .seconds(1)))
        #expect(try await run(policy, time, [Failed](repeating: Failed(), count: 5)) == 6)
        #expect(
            time.sleeps == [.milliseconds(200), .milliseconds(400), .milliseconds(800), .seconds(1), .seconds(1)])
    }

    @Test(arguments: [(UInt64.min, 0.5), (1 << 63, 0.75), (.max, 1)])
    func `jitter chooses a share of the pause within its range`(_ random: UInt64, _ seconds: Double) async throws {
        let time = Time()
        #expect(
            try await run(Self.policy(Backoff(first: .seconds(1), jitter: 0.5...1)), time, random: random, [Failed()])
                == 2)
        #expect(time.sleeps == [.seconds(seconds)])
    }

    @Test func `the last try's failure is thrown when the tries are used up`() async {
        let time = Time()
        let failures = (1...4).map { Failed(number: $0) }
        let error = await #expect(throws: Failed.self) {
            try await run(Self.policy(Backoff(first: .seconds(1))), time, failures)
        }
        #expect(error == failures[2] && time.sleeps.count == 2)
    }

    @Test func `a failure that does not pass is not tried again`() async {
        let time = Time()
        let error = await #expect(throws: Failed.self) {
            try await run(Self.policy(Backoff(first: .seconds(1))), time, [Failed(isPassing: false)])
        }
        #expect(error?.isPassing == false && time.sleeps.isEmpty)
    }

    @Test func `no try begins at the deadline or after it`() async {
        let time = Time()
        await #expect(throws: Failed.self) {
            try await run(
                Self.policy(tries: nil, Backoff(first: .seconds(2))), time, [Failed](repeating: Failed(), count: 5))
        }
        // 2 s and 4 s; 8 s more would be past the tenth.
        #expect(time.sleeps == [.seconds(2), .seconds(4)])
        let exact = Time()
        await #expect(throws: Failed.self) {
            try await run(Self.policy(Backoff(first: .seconds(10))), exact, [Failed()])
        }
        #expect(exact.sleeps.isEmpty)
    }

    @Test func `no pause is shorter than the service asks for`() async throws {
        let time = Time()
        let failures = [Failed(retryAfter: .seconds(3)), Failed(retryAfter: .milliseconds(1))]
        #expect(try await run(Self.policy(Backoff(first: .seconds(1))), time, failures) == 3)
        #expect(time.sleeps == [.seconds(3), .seconds(2)])
    }

    @Test func `a sleep that is cancelled ends with the failure before it`() async {
        let timing = CallTiming(sleep: { _ in throw CancellationError() })
        let policy = Self.policy(Backoff(first: .seconds(1)))
        let error = await #expect(throws: Failed.self) {
            try await policy.run(timing, before: .now + .seconds(10)) { () async throws(Failed) -> Int in
                throw Failed(number: 7)
            }
        }
        #expect(error?.number == 7)
    }
}
