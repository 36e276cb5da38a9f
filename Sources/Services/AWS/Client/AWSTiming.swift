package import Calling
package import FoundationEssentials

/// The clocks, chance and patience of an `AWSClient`; tests give their own.
package struct AWSTiming: Sendable {
    /// The time of day that requests are signed with.
    package var date: @Sendable () -> Date
    /// The instant that deadlines are compared with.
    package var instant: @Sendable () -> ContinuousClock.Instant
    /// A number from 0 to 1.
    package var random: @Sendable () -> Double
    /// Waits; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        date: @escaping @Sendable () -> Date = { Date() },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.date = date
        self.instant = instant
        self.random = random
        self.sleep = sleep
    }

    /// The present on both clocks, for the age of what is kept across invocations.
    package var moment: Moment {
        Moment(wall: .seconds(date().timeIntervalSince1970), continuous: instant())
    }
}
