import FlyingSocks
import Foundation

/// A server on a port of 127.0.0.1 that passes each connection to a closure.
package final class LoopbackServer: Sendable {
    /// The port: the given one, or one that the system chose.
    package let port: UInt16
    private let listener: Task<Void, Never>

    /// Listens and serves until `stop`; a connection is closed when `serve` returns or throws.
    ///
    /// - Parameter port: 0 for a free one. A port that is taken throws a `LocalAWSError`.
    package convenience init(
        port: UInt16 = 0, serve: @escaping @Sendable (_ connection: consuming HTTPConnection) async throws -> Void
    ) async throws {
        try await self.init(port: port, servingOn: { connection, _ in try await serve(connection) })
    }

    /// Does the same; `serve` gets the port, too.
    package init(
        port wanted: UInt16,
        servingOn serve: @escaping @Sendable (_ connection: consuming HTTPConnection, UInt16) async throws -> Void
    ) async throws {
        let socket = try Socket(domain: Int32(sockaddr_in.family), type: .stream)
        // A fixed port can be used again at once after its server has ended.
        if wanted != 0 { try socket.setValue(true, for: .localAddressReuse) }
        do {
            try socket.bind(to: sockaddr_in.inet(ip4: "127.0.0.1", port: wanted))
            try socket.listen()
        } catch {
            throw wanted == 0 ? error : LocalAWSError("The port \(wanted) of 127.0.0.1 is taken: choose another.")
        }
        guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.unsupportedAddress }
        self.port = port
        let acceptor = try await AsyncSocket(socket: socket, pool: .client)
        listener = Task {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled, let accepted = try? await acceptor.accept() {
                    group.addTask {
                        try? await serve(HTTPConnection(accepted), port)
                        try? accepted.close()
                    }
                }
                group.cancelAll()
            }
            try? acceptor.close()
        }
    }

    /// Closes the port and every connection.
    package func stop() async {
        listener.cancel()
        await listener.value
    }
}
