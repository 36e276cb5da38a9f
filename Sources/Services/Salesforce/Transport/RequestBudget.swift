import Synchronization

/// The number of requests that calls may still take together, for a caller who waits.
///
/// Nothing is retried under a budget but a request whose session had ended, and that counts too; sign-ins do not.
package final class RequestBudget: Sendable {
    private let left: Mutex<Int>

    package init(_ requests: Int) {
        left = Mutex(requests)
    }

    /// True when no request is left.
    package var isUsedUp: Bool { remaining == 0 }

    /// The number of requests that are left.
    package var remaining: Int { left.withLock(\.self) }

    /// Takes one request; returns false when none is left.
    func take() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
