import FoundationEssentials

/// The clocks and the chance of `SendOnce`; tests give their own.
package struct SendTiming: Sendable {
    /// The time of day, in seconds since 1970: what `expiresAt` is compared with.
    package var now: @Sendable () -> Double
    /// The instant that deadlines are compared with.
    package var instant: @Sendable () -> ContinuousClock.Instant
    /// A token that no one else has.
    package var token: @Sendable () -> String
    /// Waits; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        token: @escaping @Sendable () -> String = { randomToken() },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.now = now
        self.instant = instant
        self.token = token
        self.sleep = sleep
    }

    /// 128 random bits in hexadecimal.
    package static func randomToken() -> String {
        String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
    }

    /// The whole second that has begun, which records are compared with.
    var second: Int { Int(now().rounded(.down)) }

    /// The first whole second that is at least `seconds` away, which records expire in.
    func second(after seconds: Int) -> Int { Int(now().rounded(.up)) + seconds }
}
