import CCurl  // its headers bring in pthread.h, so the compiler counts pthread_attr_t as CCurl's
import Glibc
import Synchronization

/// The thread that carries all of a client's transfers; started by the first.
final class CurlWorker: Sendable {
    private struct Inbox {
        var submitted: [Transfer] = []
        var hasCancellations = false
        var isStarted = false
        var isStopping = false
        /// The multi handle, set by the thread once it has one.
        var multi: MultiHandle?
    }

    private let configuration: CurlClient.Configuration
    private let inbox = Mutex(Inbox())

    init(_ configuration: CurlClient.Configuration) {
        self.configuration = configuration
    }

    /// Queues a transfer; its continuation is always resumed.
    func submit(_ transfer: Transfer) {
        let (multi, mustStart) = inbox.withLock { inbox in
            inbox.submitted.append(transfer)
            defer { inbox.isStarted = true }
            return (inbox.multi, !inbox.isStarted)
        }
        // Outside the lock, which the woken thread takes first.
        multi?.wakeUp()
        if mustStart, !startThread() {
            let stranded = inbox.withLock { inbox in
                inbox.isStarted = false
                defer { inbox.submitted = [] }
                return inbox.submitted
            }
            for transfer in stranded { transfer.fail(.failed(transfer, "no thread could be started for it")) }
        }
    }

    /// Ends the transfer of a cancelled task, submitted or not.
    func cancel(_ cancellation: Cancellation) {
        cancellation.cancel()
        let multi = inbox.withLock { inbox in
            inbox.hasCancellations = true
            return inbox.multi
        }
        multi?.wakeUp()
    }

    /// Ends the thread, which closes every connection.
    func stop() {
        let multi = inbox.withLock { inbox in
            inbox.isStopping = true
            return inbox.multi
        }
        multi?.wakeUp()
    }

    private func startThread() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        // Enough for OpenSSL's handshakes several times over.
        pthread_attr_setstacksize(&attributes, 512 << 10)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let worker = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, &attributes,
            { worker in
                guard let worker else { return nil }
                Unmanaged<CurlWorker>.fromOpaque(worker).takeRetainedValue().run()
                return nil
            }, worker.toOpaque())
        if failure != 0 { worker.release() }
        return failure == 0
    }

    private func run() {
        // A write to a closed connection must not end the process, and signals are for the main thread.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)

        let multi = MultiHandle()
        var loop = TransferLoop(multi, NetworkSettings(configuration), now: configuration.now)
        inbox.withLock { $0.multi = multi }
        while true {
            let (submitted, hasCancellations, isStopping) = inbox.withLock { inbox in
                defer {
                    inbox.submitted = []
                    inbox.hasCancellations = false
                    if inbox.isStopping { inbox.multi = nil }
                }
                return (inbox.submitted, inbox.hasCancellations, inbox.isStopping)
            }
            for transfer in submitted { loop.start(transfer) }
            if hasCancellations || isStopping { loop.endTransfers(all: isStopping) }
            if isStopping { return }
            loop.run()
        }
    }
}
