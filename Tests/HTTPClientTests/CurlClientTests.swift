import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.takingTurns) struct CurlClientTests {
    let client = CurlClient(variables: [:])

    @Test func `a GET brings the status, the headers in order with repeats, and the body`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send(
                "HTTP/1.1 404 Not Here\r\nSet-Cookie: a=1\r\nX-Empty:\r\nset-cookie: b=2\r\nContent-Length: 3\r\n\r\nabc"
            )
        }
        let (head, body) = try await client.send(.make(server), deadline: .soon)
        #expect(head.status.code == 404)
        #expect(head.status.reasonPhrase == "Not Here")
        #expect(head.headerFields[values: .setCookie] == ["a=1", "b=2"])
        #expect(head.headerFields.map(\.name.rawName) == ["Set-Cookie", "X-Empty", "set-cookie", "Content-Length"])
        #expect(body == Array("abc".utf8))
    }

    @Test func `a redirect is a response like any other, and is not followed`() async throws {
        let server = try ScriptedServer.answering { _ in .init(status: 302, headers: [("Location", "/there")]) }
        let (head, _) = try await client.send(.make(server), deadline: .soon)
        #expect(head.status == .found && head.headerFields[.location] == "/there")
        #expect(server.requests.count == 1)
    }

    @Test func `a request arrives with what it was given and nothing else`() async throws {
        let server = try ScriptedServer.answering()
        let fields: HTTPFields = [
            .contentType: "application/json", try #require(.init("X-Second")): "2", .userAgent: "s",
        ]
        _ = try await client.send(.make(.post, server, "/a", fields), body: Array("{}".utf8), deadline: .soon)
        let request = try #require(server.requests.first)
        #expect(
            request.headers.map { "\($0.name): \($0.value)" } == [
                "Host: \(server.authority)", "Content-Type: application/json", "X-Second: 2", "User-Agent: s",
                "Content-Length: 2",
            ])
        #expect(request.text == "{}")
    }

    @Test(arguments: [
        "/a/../b", "/./x", "//double//slash", "/%2f%2F%e2%98%83", "/?", "/p?a=b&c=%20+d", "/sp%20ace?q=/../&&",
        "/~!$&'()*,;=:@|{}^`\"<>\\",
        "/a?x=1?y=2",
    ])
    func `a path is sent byte for byte`(path: String) async throws {
        let server = try ScriptedServer.answering()
        _ = try await client.send(.make(server, path), deadline: .soon)
        #expect(server.requests.map(\.target) == [path])
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    func `every method is sent, without a body`(method: String) async throws {
        let server = try ScriptedServer.answering()
        _ = try await client.send(.make(#require(.init(method)), server), deadline: .soon)
        #expect(server.requests.map(\.method) == [method])
        #expect(server.requests.first?.body == [])
        #expect(server.requests.first?["Content-Length"] == (["GET", "HEAD", "DELETE"].contains(method) ? nil : "0"))
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func `a body of any size arrives whole, at once`(method: String) async throws {
        let server = try ScriptedServer.answering()
        for size in [1, 2000, 70_000, 3_000_000] {
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            _ = try await client.send(.make(#require(.init(method)), server), body: body, deadline: .soon)
            let request = try #require(server.requests.last)
            #expect(request.method == method)
            #expect(request.body == body)
            #expect(request["Expect"] == nil)
            #expect(request["Transfer-Encoding"] == nil)
        }
    }

    @Test func `an empty header value is sent empty`() async throws {
        let server = try ScriptedServer.answering()
        _ = try await client.send(.make(server, "/", [try #require(.init("X-Empty")): ""]), deadline: .soon)
        #expect(server.requests.first?["X-Empty"] == "")
    }

    @Test func `HEAD reads no body, whatever length is announced`() async throws {
        let server = try ScriptedServer { connection in
            while try connection.readRequest() != nil {
                try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
            }
        }
        for _ in 1...2 {
            let (head, body) = try await client.send(.make(.head, server), deadline: .soon)
            #expect(head.headerFields[.contentLength] == "99999999999")
            #expect(body == [])
        }
        #expect(server.connectionCount == 1)
    }

    @Test func `interim heads and trailers are skipped, and chunks joined`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
            try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Late\r\n\r\n")
            for part in ["3;x=y\r\nabc\r\n", "2\r\n", "de\r\n", "0\r\nX-Late: no\r\n\r\n"] {
                try connection.send(part)
                try connection.sleep(for: .milliseconds(5))
            }
        }
        let (head, body) = try await client.send(.make(.post, server), body: [1], deadline: .soon)
        #expect(head.status == .ok)
        #expect(head.headerFields.map(\.name.rawName) == ["Transfer-Encoding", "Trailer"])
        #expect(body == Array("abcde".utf8))
    }

    @Test func `no content and an end by closing are whole answers`() async throws {
        let server = try ScriptedServer { connection in
            guard let request = try connection.readRequest() else { return }
            try connection.send(
                request.target == "/204" ? "HTTP/1.1 204 No\r\n\r\n" : "HTTP/1.0 200 OK\r\n\r\nto the end")
        }
        let (none, empty) = try await client.send(.make(server, "/204"), deadline: .soon)
        #expect(none.status == .noContent)
        #expect(empty == [])
        let (_, body) = try await client.send(.make(server, "/close"), deadline: .soon)
        #expect(body == Array("to the end".utf8))
    }

    @Test func `localhost is resolved without a resolver`() async throws {
        let server = try ScriptedServer.answering()
        _ = try await client.send(.make(.get, "localhost:\(server.port)"), deadline: .soon)
        #expect(server.requests.first?["Host"] == "localhost:\(server.port)")
    }

    @Test func `a compressed answer is asked for and unpacked only when wanted`() async throws {
        let packed: [UInt8] = [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
        ]
        let server = try ScriptedServer.answering { _ in .init(headers: [("Content-Encoding", "gzip")], body: packed) }
        let raw = try await client.send(.make(server), deadline: .soon)
        #expect(raw.body == packed)
        #expect(server.requests[0]["Accept-Encoding"] == nil)
        let options = RequestOptions(decompresses: true)
        let unpacked = try await client.send(.make(server), options: options, deadline: .soon)
        #expect(unpacked.body == Array("hello".utf8))
        #expect(server.requests[1]["Accept-Encoding"]?.contains("gzip") == true)
    }
}
