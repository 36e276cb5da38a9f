package import FoundationEssentials

/// The clocks, the randomness and the sleep of calls; tests give their own.
package struct CallTiming: Sendable {
    /// The wall clock's time since 1970.
    package var wall: @Sendable () -> Duration
    /// The instant that deadlines are compared with.
    package var instant: @Sendable () -> ContinuousClock.Instant
    /// 64 random bits that nobody can foresee.
    package var random: @Sendable () -> UInt64
    /// Sleeps for a duration; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        wall: @escaping @Sendable () -> Duration = { Moment.now.wall },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.wall = wall
        self.instant = instant
        self.random = random
        self.sleep = sleep
    }

    /// The wall clock's time as a date, which requests are signed with.
    package var date: Date { Date(timeIntervalSince1970: wall() / .seconds(1)) }

    /// The present on both clocks, for the age of whatever is kept across invocations.
    package var moment: Moment { Moment(wall: wall(), continuous: instant()) }

    /// Returns a random number from 0 to 1, for jitter.
    package func fraction() -> Double { Double(random()) / 0x1p64 }

    /// Returns a token that no one else has: 128 random bits in hexadecimal.
    package func token() -> String {
        String(random(), radix: 16) + "-" + String(random(), radix: 16)
    }
}
