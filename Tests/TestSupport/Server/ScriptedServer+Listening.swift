import Glibc

/// A failed system call of a test server.
package struct SystemCallError: Error, CustomStringConvertible {
    package let description: String

    init(_ call: String) {
        description = "\(call): \(String(cString: strerror(errno)))"
    }
}

extension ScriptedServer {
    /// Returns a socket that listens on 127.0.0.1, on a port the system chooses.
    static func listen(backlog: Int32 = 128) throws -> Int32 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw SystemCallError("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0, Glibc.listen(listener, backlog) == 0 else {
            defer { close(listener) }
            throw SystemCallError("bind or listen")
        }
        return listener
    }

    static func port(of socket: Int32) throws -> Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
        }
        guard result == 0 else { throw SystemCallError("getsockname") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Returns a bare listening socket on 127.0.0.1, for the caller to close.
    package static func listener(backlog: Int32) throws -> (descriptor: Int32, port: Int) {
        let listener = try listen(backlog: backlog)
        return (listener, try port(of: listener))
    }

    /// Returns a port on 127.0.0.1 without a listener: it was free a moment ago.
    package static func closedPort() throws -> Int {
        let listener = try listen()
        defer { close(listener) }
        return try port(of: listener)
    }
}

/// A joinable thread.
struct ScriptThread: Sendable {
    private let thread: pthread_t

    init(_ body: @escaping @Sendable () -> Void) throws {
        final class Box: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        let box = Unmanaged.passRetained(Box(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { box in
                // OpenSSL writes without MSG_NOSIGNAL.
                var pipe = sigset_t()
                sigaddset(&pipe, SIGPIPE)
                pthread_sigmask(SIG_BLOCK, &pipe, nil)
                if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
                return nil
            }, box.toOpaque())
        guard failure == 0 else {
            box.release()
            errno = failure
            throw SystemCallError("pthread_create")
        }
        self.thread = thread
    }

    func join() {
        pthread_join(thread, nil)
    }
}
