import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.takingTurns) struct LeakTests {
    let client = CurlClient(variables: [:])

    /// Returns the number of this process's sockets connected to a port; servers' own ends are not counted.
    private func connections(to port: Int) -> Int {
        (0..<Int32(4096)).count { descriptor in
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) }
            }
            return result == 0 && Int(UInt16(bigEndian: address.sin_port)) == port
        }
    }

    /// Waits until the client holds at most so many connections to the server, and returns the number that it holds.
    private func settled(_ server: ScriptedServer, at most: Int) async throws -> Int {
        let end = ContinuousClock.now + .seconds(5)
        while connections(to: server.port) > most, .now < end { try await Task.sleep(for: .milliseconds(5)) }
        return connections(to: server.port)
    }

    @Test func `five hundred calls that end in every way leave one connection`() async throws {
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                switch request.target {
                case "/reset": return connection.reset()
                case "/hang": return connection.hang()
                case "/part": return try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12")
                case "/large": try connection.answer(.init(body: Array(repeating: 0, count: 2000)))
                default: try connection.answer()
                }
            }
        }
        for number in 0..<500 {
            let path = ["/", "/reset", "/", "/part", "/large"][number % 5]
            let options = RequestOptions(maximumBodyBytes: 1000)
            _ = try? await client.send(.make(.post, server, path), body: [1], options: options, deadline: .soon)
        }
        for _ in 0..<20 {
            _ = try? await client.send(.make(.post, server, "/hang"), deadline: .now + .milliseconds(10))
            let task = Task { try await client.send(.make(.post, server, "/hang"), deadline: .soon) }
            try await Task.sleep(for: .milliseconds(2))
            task.cancel()
            _ = await task.result
        }
        _ = try await client.send(.make(server), deadline: .soon)
        #expect(try await settled(server, at: 1) == 1)
        #expect(server.failures == [])
    }

    @Test func `a burst leaves no more connections than are kept, and the client's end none`() async throws {
        let server = try ScriptedServer { connection in
            while try connection.readRequest() != nil {
                try connection.sleep(for: .milliseconds(50))
                try connection.answer()
            }
        }
        var client: CurlClient? = CurlClient(variables: [:])
        try await withThrowingTaskGroup { [client] group in
            for _ in 1...60 {
                group.addTask { _ = try await client?.send(.make(server), deadline: .soon) }
            }
            try await group.waitForAll()
        }
        #expect(try await settled(server, at: 16) <= 16)
        client = nil
        #expect(try await settled(server, at: 0) == 0)
    }
}
