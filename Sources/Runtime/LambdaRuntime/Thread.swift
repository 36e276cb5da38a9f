import Glibc

/// Starts a detached thread that runs `body`.
func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Start: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let start = Unmanaged.passRetained(Start(body)).toOpaque()
    let result = pthread_create(
        &thread, nil,
        { start in
            if let start { Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body() }
            return nil
        }, start)
    precondition(result == 0, "The system gave no thread (\(result)).")
    pthread_detach(thread)
}
