import Glibc
import TestSupport
import Testing

/// The tests' own server, since so much rests on it.
@Suite(.takingTurns) struct ScriptedServerTests {
    /// Returns a client's socket with the text sent on it, in parts at each `|`.
    private func connect(_ server: ScriptedServer, sending text: String) throws -> Int32 {
        let descriptor = try ScriptedServer.connect(to: server.port)
        for part in text.split(separator: "|", omittingEmptySubsequences: false) {
            let bytes = Array(part.utf8)
            _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            usleep(2000)
        }
        return descriptor
    }

    /// Returns all that the server sends in response to the text until it closes.
    private func exchange(_ server: ScriptedServer, _ text: String) throws -> String {
        let descriptor = try connect(server, sending: text)
        defer { close(descriptor) }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { answer += buffer.prefix(count) }
        return String(decoding: answer, as: UTF8.self)
    }

    @Test func `chunked bodies with trailers, and requests one behind the other, are read apart`() throws {
        let server = try ScriptedServer { connection in
            for _ in 1...2 { _ = try connection.readRequest() }
            try connection.send("done")
        }
        let answer = try exchange(
            server,
            "POST /one HTTP/1.1\r\nHost: h\r|\nTransfer-Encoding: Chunked\r\n\r\n3;x\r\nabc\r|\n10\r\n0123456789abcdef\r\n"
                + "0\r\nX-Error: |yes\r\n\r\nPUT /two HTTP/1.1\r\nA: 1\r\na:  2 \r\nContent-Length: 2\r\n\r\no|k")
        #expect(answer == "done")
        #expect(server.requests.map(\.text) == ["abc0123456789abcdef", "ok"])
        #expect(server.requests.map(\.target) == ["/one", "/two"])
        #expect(server.requests[0].trailers.map { "\($0.name)=\($0.value)" } == ["X-Error=yes"])
        #expect(server.requests[1].headers.map(\.value) == ["1", "2", "2"])
        #expect(server.requests[1]["content-LENGTH"] == "2")
    }

    @Test func `a request that is malformed is a failure of the script, one that ends early is none`() throws {
        let server = try ScriptedServer { connection in _ = try connection.readRequest() }
        #expect(try exchange(server, "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n") == "")
        close(try connect(server, sending: "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n1234"))
        close(try connect(server, sending: ""))
        server.stop()
        #expect(server.requests.isEmpty)
        #expect(server.failures == ["The request's Content-Length is malformed."])
    }

    @Test func `stopping ends scripts that hang, sleep and write`() throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            switch connection.number {
            case 0: connection.hang()
            case 1: try connection.sleep(for: .seconds(100))
            default: while true { try connection.send(String(repeating: "x", count: 65536)) }
            }
        }
        let descriptors = try (0..<3).map { _ in try connect(server, sending: "GET / HTTP/1.1\r\n\r\n") }
        defer { for descriptor in descriptors { close(descriptor) } }
        let end = ContinuousClock.now + .seconds(5)
        while server.requests.count < 3, .now < end { usleep(1000) }
        let start = ContinuousClock.now
        server.stop()
        #expect(.now - start < .seconds(5))
        #expect(server.openConnectionCount == 0)
    }
}
