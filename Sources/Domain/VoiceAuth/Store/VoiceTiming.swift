import FoundationEssentials

/// The clocks and the chance of voice authentication; tests give their own.
package struct VoiceTiming: Sendable {
    /// The time of day, in milliseconds since 1970.
    package var now: @Sendable () -> Int
    /// The instant that deadlines are compared with.
    package var instant: @Sendable () -> ContinuousClock.Instant
    /// 64 random bits that nobody can foresee: hand-over codes are made of them.
    package var random: @Sendable () -> UInt64
    /// Waits; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Int = { Int((Date().timeIntervalSince1970 * 1000).rounded(.down)) },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
        random: @escaping @Sendable () -> UInt64 = {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.now = now
        self.instant = instant
        self.random = random
        self.sleep = sleep
    }

    /// A token that no one else has: 128 random bits.
    package func token() -> String {
        String(random(), radix: 16) + "-" + String(random(), radix: 16)
    }

    /// When something that lasts `seconds` from now is over, in epoch seconds: the first whole one.
    func expiry(after seconds: Int) -> Int { (now() + 999) / 1000 + seconds }

    /// So many decimal digits, each code as likely as any other.
    func code(digits: Int) -> String {
        var generator = Generator(random: random)
        var code = ""
        for _ in 0..<digits { code += String(Int.random(in: 0...9, using: &generator)) }
        return code
    }

    private struct Generator: RandomNumberGenerator {
        let random: @Sendable () -> UInt64

        mutating func next() -> UInt64 { random() }
    }
}
