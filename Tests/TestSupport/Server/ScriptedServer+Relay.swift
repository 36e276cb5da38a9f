import Glibc

extension ScriptedServer.Connection {
    /// Relays bytes, both ways, to and from a port on 127.0.0.1 until either side ends: a proxy's tunnel.
    package func relay(to port: Int) throws {
        guard let near = openDescriptor else { throw ScriptedServer.ConnectionEnded() }
        let far = try ScriptedServer.connect(to: port)
        defer { Glibc.close(far) }
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            var ready = [
                pollfd(fd: near, events: Int16(POLLIN), revents: 0), pollfd(fd: far, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&ready, 2, -1) > 0 else { return }
            for (index, other) in [(0, far), (1, near)] where ready[index].revents != 0 {
                let count = recv(ready[index].fd, &buffer, buffer.count, 0)
                guard count > 0, Glibc.send(other, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
            }
        }
    }
}

extension ScriptedServer {
    /// Returns a blocking socket connected to a port on 127.0.0.1, for the caller to close.
    package static func connect(to port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallError("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            defer { Glibc.close(descriptor) }
            throw SystemCallError("connect")
        }
        return descriptor
    }
}
