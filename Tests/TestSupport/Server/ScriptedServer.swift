import Glibc
import Synchronization

/// An HTTP server on loopback that follows a script on each connection, byte for byte.
///
/// The script runs once per connection, on a thread of its own, and may block:
///
///     let server = try ScriptedServer { connection in
///         guard try connection.readRequest() != nil else { return }
///         try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
///     }
///
/// Returning closes the connection. `stop()`, or releasing the server, ends every script and joins its thread.
package final class ScriptedServer: Sendable {
    package typealias Script = @Sendable (_ connection: Connection) throws -> Void

    /// The port on which it listens, on 127.0.0.1.
    package let port: Int
    private let listener: Int32
    private let shared: Shared
    private let acceptor: Mutex<ScriptThread?>

    /// Starts listening on a port the system chooses.
    ///
    /// With a certificate it speaks TLS; the script runs after the handshake.
    package init(tls certificate: TLSCertificate? = nil, _ script: @escaping Script) throws {
        let tls = try certificate.map { try TLSContext($0) }
        let listener = try Self.listen()
        self.listener = listener
        self.port = try Self.port(of: listener)
        let shared = Shared()
        self.shared = shared
        acceptor = Mutex(try ScriptThread { Self.accept(on: listener, tls, shared, script) })
    }

    deinit {
        stop()
        close(listener)
    }

    /// `127.0.0.1:<port>`, a request's authority.
    package var authority: String { "127.0.0.1:\(port)" }

    /// Every whole request so far, in the order in which they were complete.
    package var requests: [Request] { shared.state.withLock(\.requests) }

    /// The number of accepted connections.
    package var connectionCount: Int { shared.state.withLock(\.connectionCount) }

    /// The number of connections that the server has not released.
    package var openConnectionCount: Int { shared.state.withLock(\.open.count) }

    /// The number of clients that gave up during the handshake, like those that do not trust the certificate.
    package var failedHandshakeCount: Int { shared.state.withLock(\.failedHandshakeCount) }

    /// The errors of scripts, except `ConnectionEnded`.
    package var failures: [String] { shared.state.withLock(\.failures) }

    /// Closes everything and waits until every script has ended. A second call does nothing.
    package func stop() {
        let (open, threads) = shared.state.withLock { state in
            state.isStopped = true
            defer { state.threads = [] }
            return (state.open, state.threads)
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in open.values { connection.interrupt() }
        acceptor.withLock { thread in
            thread?.join()
            thread = nil
        }
        for thread in threads { thread.join() }
        // Those accepted while the listener was being shut down.
        for thread in shared.state.withLock(\.threads) { thread.join() }
    }

    /// The state that the threads share with the server, without keeping it alive.
    final class Shared: Sendable {
        struct State {
            var requests: [Request] = []
            var connectionCount = 0
            var failures: [String] = []
            var failedHandshakeCount = 0
            var isStopped = false
            var open: [Int: Connection] = [:]
            var threads: [ScriptThread] = []
        }
        let state = Mutex(State())
        var isStopped: Bool { state.withLock(\.isStopped) }
    }

    private static func accept(
        on listener: Int32, _ tls: TLSContext?, _ shared: Shared, _ script: @escaping Script
    ) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            // Not for the processes that tests start.
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            let connection = shared.state.withLock { state -> Connection? in
                guard !state.isStopped else { return nil }
                let connection = Connection(descriptor, number: state.connectionCount, shared)
                state.open[state.connectionCount] = connection
                state.connectionCount += 1
                return connection
            }
            guard let connection else {
                Glibc.close(descriptor)
                return
            }
            let thread = try? ScriptThread {
                do {
                    if let tls { try connection.shakeHands(tls) }
                    try script(connection)
                } catch is ConnectionEnded {
                } catch {
                    shared.state.withLock { $0.failures.append("\(error)") }
                }
                connection.close()
                _ = shared.state.withLock { $0.open.removeValue(forKey: connection.number) }
            }
            if let thread { shared.state.withLock { $0.threads.append(thread) } } else { connection.close() }
        }
    }
}
