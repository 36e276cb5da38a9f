import AWS
import Calling
import Foundation
import LocalServices
import Synchronization
import VoiceAuth

/// The time of simulated calls: virtual, or the machine's own.
///
/// Virtual time advances only by what is passed, so that a slow machine changes nothing; parallel durations are added
/// up. It begins a day ahead, because libcurl's deadlines are the machine's: none of them is reached.
final class SimulationClock: Sendable {
    let isReal: Bool
    private let start = ContinuousClock.now + .seconds(86_400)
    private let passed = Mutex(Duration.zero)
    private let chance: Mutex<SeededGenerator>

    /// - Parameter seed: The seed of the functions' own randomness: codes, tokens and phrases.
    init(isReal: Bool, seed: String) {
        self.isReal = isReal
        chance = Mutex(SeededGenerator(seed: seed))
    }

    var instant: ContinuousClock.Instant { isReal ? .now : start + passed.withLock(\.self) }

    /// Milliseconds since 1970.
    var now: Int { isReal ? Int(Date().timeIntervalSince1970 * 1000) : 1_795_000_000_000 + milliseconds }

    private var milliseconds: Int { Int(passed.withLock(\.self) / .milliseconds(1)) }

    /// Advances virtual time.
    func pass(_ duration: Duration) {
        passed.withLock { $0 += duration }
    }

    func sleep(_ duration: Duration) async throws {
        guard !isReal else { return try await Task.sleep(for: duration) }
        pass(duration)
        await Task.yield()
    }

    var timing: CallTiming {
        CallTiming(
            wall: { .milliseconds(self.now) }, instant: { self.instant }, random: { 1 << 63 },
            sleep: { try await self.sleep($0) })
    }

    var voiceTiming: CallTiming {
        CallTiming(
            wall: { .milliseconds(self.now) }, instant: { self.instant },
            random: { self.chance.withLock { $0.next() } },
            sleep: { try await self.sleep($0) })
    }
}
