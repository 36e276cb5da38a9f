import Synchronization

/// The thread of a process's only loop, as far as a client may use it while the loop waits.
///
/// A request that the loop's own thread moves on wakes no other thread, and is not woken by one: the response of a small
/// function comes a third sooner (docs/performance.md).
package final class LoopThread: Sendable {
    /// The loop that the task at hand belongs to; nil where there are several, and outside a function's process.
    @TaskLocal package static var current: LoopThread?

    private let taken = Mutex<(any IdleWork)?>(nil)
    private let wake: @Sendable () -> Void

    /// - Parameter wake: Ends the thread's sleep.
    package init(wakingBy wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    /// The work that the thread does while it is idle; nil when it just sleeps.
    package var work: (any IdleWork)? { taken.withLock { $0 } }

    /// Has the thread do this work from now on; returns false when it has another already.
    package func take(_ work: any IdleWork) -> Bool {
        let isTaken = taken.withLock { taken in
            guard taken == nil else { return false }
            taken = work
            return true
        }
        if isTaken { wake() }
        return isTaken
    }

    /// Has the thread do without this work again.
    package func leave(_ work: any IdleWork) {
        taken.withLock { taken in
            if taken === work { taken = nil }
        }
        wake()
    }
}
