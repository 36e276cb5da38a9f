import Glibc
import Synchronization

/// Ends the process with 0 on SIGTERM: at once while every loop waits for an event, else when the last one has
/// responded.
///
/// Lambda sends SIGTERM only where an extension is registered, hence `SWITCHBOARD_GRACEFUL_SHUTDOWN=true`.
///
/// A process has one signal and one count of busy loops, so this is one for the process.
enum GracefulShutdown {
    private static let busy = Atomic<Int>(0)
    private static let isStopping = Atomic<Bool>(false)

    /// Handles SIGTERM from now on.
    ///
    /// - Parameter loops: how many loops there are; each is busy until it says otherwise.
    static func install(loops: Int) {
        busy.store(loops, ordering: .sequentiallyConsistent)
        isStopping.store(false, ordering: .sequentiallyConsistent)
        signal(SIGTERM) { _ in GracefulShutdown.stop() }
    }

    /// Called in the signal handler: atomics and `_exit` only.
    private static func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        if busy.load(ordering: .sequentiallyConsistent) == 0 { _exit(0) }
    }

    static func becomeIdle() {
        let (_, busy) = busy.subtract(1, ordering: .sequentiallyConsistent)
        if busy == 0, isStopping.load(ordering: .sequentiallyConsistent) { _exit(0) }
    }

    static func becomeBusy() {
        busy.add(1, ordering: .sequentiallyConsistent)
    }

    /// Registers the extension and keeps a thread waiting for an event that never comes: Lambda considers a sandbox
    /// ready only when every extension has asked for one.
    static func registerExtension(at address: RuntimeAPIAddress) throws(RuntimeAPIError) {
        let id = try RuntimeAPIClient(at: address).registerExtension(named: "switchboard")
        do {
            try startThread { try? RuntimeAPIClient(at: address).waitForExtensionEvent(id: id) }
        } catch {
            throw .system(error)
        }
    }
}
