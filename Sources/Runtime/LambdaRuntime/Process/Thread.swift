import Glibc

/// Starts a detached thread that runs `body`. Calls: pthread_create(3).
func startThread(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    final class Start: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start(body))
    let result = pthread_create(
        &thread, nil,
        { start in
            if let start { Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body() }
            return nil
        }, start.toOpaque())
    guard result == 0 else {
        start.release()
        throw SystemError("start a thread", code: result)
    }
    pthread_detach(thread)
}
