import Calling
import Synchronization

/// The time between two readings of a secret that was refused.
final class RereadingPause: Sendable {
    static let length = Duration.seconds(30)

    private let timing: CallTiming
    /// The last reading that a refusal caused.
    private let last = Mutex<Moment?>(nil)

    init(timing: CallTiming) {
        self.timing = timing
    }

    /// Returns true when the secret may be read again, and begins the next pause.
    func mayRead() -> Bool {
        let now = timing.moment
        return last.withLock { last in
            if let last, !now.hasPassed(Self.length, since: last) { return false }
            last = now
            return true
        }
    }
}
