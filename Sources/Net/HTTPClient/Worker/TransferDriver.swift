import Glibc
import Idling

/// Moves a client's transfers on, on one thread: the loop's while it is idle, or one of its own.
final class TransferDriver: IdleWork, @unchecked Sendable {
    // Invariant: `transfers` and `isStopped` are used on that one thread; `thread` is set before it knows the driver.
    private let inbox: TransferInbox
    private let multi: MultiHandle
    private let transfers: TransferLoop
    private var isStopped = false
    /// The loop's thread, where that is the one.
    private var thread: LoopThread?

    /// Returns nil when libcurl or OpenSSL cannot be initialised.
    init?(_ inbox: TransferInbox, _ configuration: CurlClient.Configuration) {
        guard let multi = MultiHandle() else { return nil }
        self.inbox = inbox
        self.multi = multi
        transfers = TransferLoop(multi, NetworkSettings(configuration), now: configuration.now)
    }

    /// Gives the transfers to the loop's thread; returns false when another client has it.
    func join(_ thread: LoopThread) -> Bool {
        self.thread = thread
        guard thread.take(self) else {
            self.thread = nil
            return false
        }
        return true
    }

    /// Moves the transfers on, on the calling thread, until the client is stopped.
    func run() {
        // A write to a closed connection must not end the process, and signals are for the main thread.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        while !isStopped {
            advance()
            if !isStopped { wait() }
        }
    }

    func advance() {
        let content = inbox.takeAll()
        for transfer in content.submitted { transfers.start(transfer) }
        if content.hasCancellations || content.isStopping { transfers.endTransfers(all: content.isStopping) }
        if content.isStopping {
            isStopped = true
            thread?.leave(self)
        } else {
            transfers.advance()
        }
    }

    func wait() {
        inbox.sleep(on: multi, milliseconds: transfers.longestWait)
    }

    func wakeUp() {
        multi.wakeUp()
    }
}
