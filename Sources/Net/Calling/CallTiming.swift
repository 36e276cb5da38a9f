package import Encoding

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
    /// The difference between the wall clock and the services' clocks.
    package let correction: ClockCorrection

    /// The timing of everything that is shipped: the system's clocks, corrected for the whole process at once.
    package init() {
        self.init(correction: .ofProcess)
    }

    /// Another timing, whose wall clock has a correction of its own.
    package init(
        wall: @escaping @Sendable () -> Duration = { Moment.now.wall },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        correction: ClockCorrection = ClockCorrection()
    ) {
        self.wall = wall
        self.instant = instant
        self.random = random
        self.sleep = sleep
        self.correction = correction
    }

    /// The services' time: the wall clock's since 1970, corrected.
    package var time: Duration { wall() + difference }

    /// The services' time in UTC, which requests are signed with.
    package var utc: UTCTime { utc(correctedBy: difference) }

    /// Returns the wall clock's time in UTC, with a difference added.
    package func utc(correctedBy difference: Duration) -> UTCTime { UTCTime(sinceEpoch: wall() + difference) }

    /// The present on both clocks, for the age of whatever is kept across invocations.
    package var moment: Moment { Moment(wall: wall(), continuous: instant()) }

    /// Returns a random number from 0 to 1, for jitter.
    package func fraction() -> Double { Double(random()) / 0x1p64 }

    /// Returns a token that no one else has: 128 random bits in hexadecimal.
    package func token() -> String {
        String(random(), radix: 16) + "-" + String(random(), radix: 16)
    }
}
