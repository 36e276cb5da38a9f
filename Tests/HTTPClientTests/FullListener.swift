import Glibc
import TestSupport

/// A listening socket whose queue of connections is full, so that a new one gets no response at all.
final class FullListener {
    let port: Int
    private var descriptors: [Int32] = []

    init() throws {
        let (listener, port) = try ScriptedServer.listener(backlog: 0)
        self.port = port
        descriptors.append(listener)
        for _ in 1...4 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            descriptors.append(descriptor)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            address.sin_port = UInt16(port).bigEndian
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        usleep(50_000)
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}
