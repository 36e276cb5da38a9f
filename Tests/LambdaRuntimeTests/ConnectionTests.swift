import JSON
import Settings
import TestSupport
import Testing

@testable import LambdaRuntime

/// The loop against a Runtime API whose connections misbehave.
@Suite(.takingTurns) struct ConnectionTests {
    typealias Event = RuntimeAPIScript.Event

    static let head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: a\r\n"

    /// Sends `event` to the first `next`, then serves on as usual.
    func run(firstEvent event: [String], pause: Duration = .zero) async throws -> LoopUnderTest {
        let script = RuntimeAPIScript([])
        return try await LoopUnderTest { connection in
            guard connection.number == 0, try connection.readRequest() != nil else { return }
            for part in event {
                try connection.send(part)
                try connection.sleep(for: pause)
            }
            try script.serve(connection)
        }
    }

    @Test func `a chunked event is put together`() async throws {
        let run = try await run(
            firstEvent: [
                Self.head + "Transfer-Encoding: Chunked\r\n\r\n5\r\n{\"a\":\r\n", "009;x=y\r\n\"0123456\"\r",
                "\n1\r\n}\r\n0\r\n",
                "Some-Trailer: x\r\n\r\n",
            ], pause: .milliseconds(5))
        #expect(run.posts.map(\.text) == [#"{"a":"0123456"}"#])
    }

    @Test func `a chunked event may be empty`() async throws {
        let run = try await run(firstEvent: [Self.head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"])
        #expect(run.posts.map(\.body) == [[]])
    }

    @Test func `an event may come byte by byte`() async throws {
        let answer = Self.head + "Content-Length: 7\r\n\r\n{\"a\":1}"
        let run = try await run(firstEvent: answer.map(String.init), pause: .microseconds(100))
        #expect(run.posts.map(\.text) == [#"{"a":1}"#])
    }

    @Test(arguments: [false, true]) func `an event of 6 MB comes through`(isChunked: Bool) async throws {
        let text = "\"" + String(repeating: "é", count: 3_000_000) + "\""
        let chunks = stride(from: 0, to: 6_000_002, by: 5_000).map { start in
            let chunk = Array(text.utf8)[start..<min(start + 5_000, 6_000_002)]
            return Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
        }
        let script = RuntimeAPIScript([])
        let run = try await LoopUnderTest { connection in
            guard connection.number == 0, try connection.readRequest() != nil else { return }
            if isChunked {
                try connection.send(Self.head + "Transfer-Encoding: chunked\r\n\r\n")
                try connection.send(chunks.flatMap { $0 } + Array("0\r\n\r\n".utf8))
            } else {
                try connection.send(Self.head + "Content-Length: \(text.utf8.count)\r\n\r\n" + text)
            }
            try script.serve(connection)
        }
        #expect(run.posts.first?.text == text)
    }

    @Test func `an interim answer is skipped`() async throws {
        let run = try await run(firstEvent: [
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n",
            Self.head + "Content-Length: 2\r\n\r\n{}",
        ])
        #expect(run.posts.map(\.text) == ["{}"])
    }

    @Test(arguments: ["Connection: close\r\nContent-Length: 2\r\n", "Connection: close\r\n"])
    func `a connection that the Runtime API closes by header is replaced`(header: String) async throws {
        let script = RuntimeAPIScript([Event("b")])
        let run = try await LoopUnderTest { connection in
            guard connection.number == 0 else { return try script.serve(connection) }
            guard try connection.readRequest() != nil else { return }
            try connection.send(Self.head + header + "\r\n{}")
        }
        #expect(run.posts.map(\.connection) == [1, 1])
        #expect(run.end == .closed)
    }

    @Test func `HTTP/1.0 answers with a connection each are understood`() async throws {
        let script = RuntimeAPIScript([Event("a", "1"), Event("b", "2")])
        let run = try await LoopUnderTest { connection in
            guard let request = try connection.readRequest() else { return }
            guard request.method == "GET" else { return try connection.send("HTTP/1.0 202 Accepted\r\n\r\n") }
            guard let event = script.nextEvent() else { return try connection.send("HTTP/1.0 500 Gone\r\n\r\n") }
            try connection.send(
                "HTTP/1.0 200 OK\r\nLambda-Runtime-Aws-Request-Id: \(event.id)\r\n\r\n\(event.body)")
        }
        #expect(run.posts.map(\.text) == ["1", "2"])
        #expect(run.end == .status(500, path: "/runtime/invocation/next"))
    }

    @Test(arguments: [false, true]) func `a connection that is closed while next waits is opened anew, once`(
        isReset: Bool
    ) async throws {
        let script = RuntimeAPIScript([Event("a"), Event("b")])
        let run = try await LoopUnderTest { connection in
            if connection.number == 1 { return try script.serve(connection) }
            guard try connection.readRequest() != nil else { return }
            try connection.sleep(for: .milliseconds(20))
            if isReset { connection.reset() }
        }
        #expect(run.posts.map(\.connection) == [1, 1])
        // Closed by the script after its events, opened again, closed again.
        #expect(run.server.connectionCount == 3)
        #expect(run.end == .closed)
    }

    @Test func `a connection that is closed while the function works is opened anew and the answer is given once`()
        async throws
    {
        let function = ClosureFunction { event, _ in
            try await Task.sleep(for: .milliseconds(30))
            return .bytes(event)
        }
        let script = RuntimeAPIScript([])
        let run = try await LoopUnderTest(RawHandler(function)) { connection in
            guard connection.number == 0 else { return try script.serve(connection) }
            guard try connection.readRequest() != nil else { return }
            try connection.answer(Event("a", "1").answer)
        }
        #expect(run.posts.map(\.connection) == [1])
        #expect(run.posts.map(\.text) == ["1"])
    }

    @Test(arguments: [false, true])
    func `a connection that breaks under an answer ends the loop and the answer is not given twice`(
        isReset: Bool
    ) async throws {
        let script = RuntimeAPIScript([Event("a"), Event("b")])
        let run = try await LoopUnderTest { connection in
            guard connection.number == 0 else { return try script.serve(connection) }
            guard try connection.readRequest() != nil, let event = script.nextEvent() else { return }
            try connection.answer(event.answer)
            guard try connection.readRequest() != nil else { return }
            if isReset { connection.reset() }
        }
        #expect(run.posts.count == 1)
        #expect(run.end == .closed)
    }

    @Test func `a refusal that comes before the answer has been read is understood`() async throws {
        let function = ClosureFunction { event, context in
            .bytes(context.requestID == "a" ? Array(repeating: 0x20, count: 7 << 20) : event)
        }
        let script = RuntimeAPIScript([Event("a"), Event("b", "2")])
        let run = try await LoopUnderTest(RawHandler(function)) { connection in
            while true {
                guard var request = try connection.readHead() else { return }
                if request.method == "GET" {
                    guard let event = script.nextEvent() else { return }
                    try connection.answer(event.answer)
                } else if request.target.contains("/a/") {
                    try connection.answer(ScriptedServer.Response(status: 413, "too large"))
                    try connection.sleep(for: .milliseconds(50))
                    return
                } else {
                    try connection.readBody(of: &request)
                    try connection.answer(ScriptedServer.Response(status: 202, request.text))
                }
            }
        }
        #expect(run.logs.count == 1)
        #expect(run.logs.first?.contains("413") == true)
        #expect(run.server.connectionCount >= 2)
        #expect(run.end == .closed)
    }

    @Test func `a refusal is understood when nobody reads the rest of the answer`() async throws {
        let function = ClosureFunction { event, context in
            .bytes(context.requestID == "a" ? Array(repeating: 0x20, count: 7 << 20) : event)
        }
        let script = RuntimeAPIScript([Event("b", "2")])
        let run = try await LoopUnderTest(RawHandler(function)) { connection in
            guard connection.number == 0 else { return try script.serve(connection) }
            guard try connection.readRequest() != nil else { return }
            try connection.answer(Event("a").answer)
            guard try connection.readHead() != nil else { return }
            try connection.answer(ScriptedServer.Response(status: 413, "too large"))
            // Open and unread for longer than the loop is to wait for room.
            try connection.sleep(for: .seconds(20))
        }
        #expect(run.logs.count == 1)
        #expect(run.logs.first?.contains("413") == true)
        #expect(run.posts.map(\.text) == ["2"])
    }

    @Test(arguments: [
        "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", head + "\r\n{}",
        head + "Content-Length: two\r\n\r\n{}", head + "Content-Length: 2\r\n\r\n{}extra",
        head + "Content-Length: 99999999999\r\n\r\n{}",
        head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n", head + "Transfer-Encoding: gzip\r\n\r\n{}",
        head + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n{}\r\n0\r\n\r\n", head + "no colon\r\n\r\n",
        head + "X: " + String(repeating: "x", count: 70_000),
        head + "Transfer-Encoding: chunked\r\n\r\n+1\r\n1\r\n0\r\n\r\n",
        head + "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n",
        head + "Content-Length: 2\r\nX: a\r\n folded: b\r\n\r\n{}",
    ])
    func `an answer with malformed framing ends the loop`(answer: String) async throws {
        let run = try await LoopUnderTest { connection in
            guard try connection.readRequest() != nil else { return }
            try connection.send(answer)
            connection.hang()
        }
        guard case .malformedAnswer = run.end else {
            Issue.record("\(run.end)")
            return
        }
        #expect(run.posts.isEmpty)
    }

    @Test(arguments: [head, head + "Content-Length: 10\r\n\r\n{}", head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{}"])
    func `an answer that ends in the middle ends the loop`(answer: String) async throws {
        let run = try await LoopUnderTest { connection in
            guard connection.number == 0, try connection.readRequest() != nil else { return }
            try connection.send(answer)
        }
        #expect(run.end == .malformedAnswer("the connection ended in the middle of it"))
    }

    @Test func `an address that nobody listens on is said so`() async throws {
        let address = try #require(RuntimeAPIAddress("127.0.0.1:\(try ScriptedServer.closedPort())"))
        let error = #expect(throws: RuntimeAPIError.self) {
            _ = try RuntimeAPIClient(at: address).next(logging: LogConfiguration())
        }
        #expect(error?.description == "Could not connect to the Runtime API at \(address): Connection refused.")
    }

    @Test(arguments: ["", "host", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", "example.com:80", ":80"])
    func `an address must be numeric with a port`(text: String) {
        #expect(RuntimeAPIAddress(text) == nil)
    }

    @Test(arguments: ["127.0.0.1:9001", "localhost:9001", "[::1]:9001", "169.254.100.1:9001"])
    func `numeric addresses and localhost are taken`(text: String) {
        #expect(RuntimeAPIAddress(text)?.description == text)
    }
}
