import Synchronization

/// The requests of a client's callers to the thread that carries its transfers.
final class TransferInbox: Sendable {
    struct Content {
        var submitted: [Transfer] = []
        var hasCancellations = false
        var isStopping = false
    }

    private struct State {
        var content = Content()
        /// Set while the thread sleeps: what can end its sleep.
        var sleeping: MultiHandle?
    }

    private let state = Mutex(State())

    func submit(_ transfer: Transfer) {
        put { $0.submitted.append(transfer) }
    }

    func noteCancellation() {
        put { $0.hasCancellations = true }
    }

    func stop() {
        put { $0.isStopping = true }
    }

    /// Returns what has come since the last call.
    func takeAll() -> Content {
        state.withLock { state in
            defer { state.content = Content(isStopping: state.content.isStopping) }
            return state.content
        }
    }

    /// Sleeps on the multi handle, unless something has come.
    func sleep(on multi: MultiHandle, milliseconds: Int32) {
        let isEmpty = state.withLock { state in
            let isEmpty =
                state.content.submitted.isEmpty && !state.content.hasCancellations && !state.content.isStopping
            if isEmpty { state.sleeping = multi }
            return isEmpty
        }
        guard isEmpty else { return }
        multi.wait(milliseconds: milliseconds)
        state.withLock { $0.sleeping = nil }
    }

    private func put(_ change: (inout Content) -> Void) {
        let sleeping = state.withLock { state in
            change(&state.content)
            defer { state.sleeping = nil }
            return state.sleeping
        }
        // Outside the lock, which the woken thread takes first.
        sleeping?.wakeUp()
    }
}
