import CCurl  // its headers bring in pthread.h, so the compiler counts pthread_attr_t as CCurl's
import Glibc
import Idling
import Synchronization

/// A client's transfers: carried by the loop's own thread in a function's process, else by a thread that the first one
/// starts.
final class CurlWorker: Sendable {
    private let configuration: CurlClient.Configuration
    private let inbox = TransferInbox()
    private let isStarted = Mutex(false)

    init(_ configuration: CurlClient.Configuration) {
        self.configuration = configuration
    }

    /// Queues a transfer; its continuation is always resumed.
    func submit(_ transfer: Transfer) {
        inbox.submit(transfer)
        let mustStart = isStarted.withLock { isStarted in
            defer { isStarted = true }
            return !isStarted
        }
        guard mustStart, let fault = start() else { return }
        isStarted.withLock { $0 = false }
        for transfer in inbox.takeAll().submitted { transfer.fail(.failed(transfer, fault)) }
    }

    /// Returns what is wrong when nothing can carry the transfers.
    private func start() -> String? {
        guard let driver = TransferDriver(inbox, configuration) else { return "libcurl could not be initialised" }
        if let thread = LoopThread.current, driver.join(thread) { return nil }
        return startThread(of: driver) ? nil : "no thread could be started for it"
    }

    /// Ends the transfer of a cancelled task, submitted or not.
    func cancel(_ cancellation: Cancellation) {
        cancellation.cancel()
        inbox.noteCancellation()
    }

    /// Ends all transfers, and the thread; every connection is closed.
    func stop() {
        inbox.stop()
    }

    private func startThread(of driver: TransferDriver) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        // Enough for OpenSSL's handshakes several times over.
        pthread_attr_setstacksize(&attributes, 512 << 10)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let retained = Unmanaged.passRetained(driver)
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, &attributes,
            { driver in
                guard let driver else { return nil }
                Unmanaged<TransferDriver>.fromOpaque(driver).takeRetainedValue().run()
                return nil
            }, retained.toOpaque())
        if failure != 0 { retained.release() }
        return failure == 0
    }
}
