import Calling
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// The code of each way in which a call can fail, and whether the server can have acted.
@Suite(.takingTurns) struct OutcomeTests {
    let client = CurlClient(variables: [:])

    private func post(_ server: ScriptedServer, deadline: ContinuousClock.Instant = .soon) async -> HTTPClientError? {
        await failure { () async throws(HTTPClientError) in
            let request = HTTPRequest.make(.post, server, "/secret-path?secret-query", [.authorization: "secret-token"])
            return try await client.send(request, body: Array("secret-body".utf8), deadline: deadline)
        }
    }

    @Test func `a refused connection is not sent`() async throws {
        let port = try ScriptedServer.closedPort()
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, "127.0.0.1:\(port)", "/secret"), body: [1], deadline: .soon)
        }
        #expect(error?.code == .couldNotConnect)
        #expect(error?.outcome == .notSent)
        #expect(error?.description.contains("127.0.0.1:\(port)") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `a name without an address is not sent`() async throws {
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, "no-such-host.invalid"), body: [1], deadline: .soon)
        }
        #expect(error?.code == .couldNotResolve)
        #expect(error?.outcome == .notSent)
        #expect(error?.description.contains("no-such-host.invalid") == true)
    }

    @Test(arguments: ["127.0.0.1:99999", "[::1", "host:port", ":80", "a:1:2"])
    func `an authority that is no host and port is not sent`(authority: String) async throws {
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, authority), body: [1], deadline: .soon)
        }
        #expect(error?.code == .invalidRequest)
        #expect(error?.outcome == .notSent)
    }

    @Test func `a deadline in the past is not sent, and starts nothing`() async throws {
        let server = try ScriptedServer.answering()
        let error = await post(server, deadline: .now - .milliseconds(1))
        #expect(error?.code == .timedOut)
        #expect(error?.outcome == .notSent)
        #expect(server.connectionCount == 0)
    }

    @Test func `a connection that is not made by the deadline is not sent`() async throws {
        // A listener whose queue is full does not answer the handshake.
        let server = try FullListener()
        let start = ContinuousClock.now
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(
                .make(.post, "127.0.0.1:\(server.port)"), body: [1], deadline: start + .milliseconds(300))
        }
        #expect(error?.code == .timedOut)
        #expect(error?.outcome == .notSent)
        #expect(.now - start < .seconds(5))
    }

    /// Scripts that never send a whole response to a request they have read.
    enum Fault: String, CaseIterable {
        case closedWithoutAnswer, resetWithoutAnswer, closedInHead, resetInHead, closedInBody, resetInBody
        case closedInChunks, notHTTP, notHTTPOnAKeptLine, badHeader, badStatus, badChunk, negativeLength
        case headTooLarge, headerTooLong, bodyTooLarge, endlessBody, endlessInterims

        var codes: [HTTPClientError.Code] {
            switch self {
            case .notHTTP, .notHTTPOnAKeptLine, .badHeader, .badStatus, .negativeLength: [.malformedAnswer]
            // libcurl 7.88 reports only that receiving failed.
            case .badChunk: [.malformedAnswer, .connectionLost]
            case .headTooLarge, .headerTooLong, .bodyTooLarge, .endlessBody, .endlessInterims: [.answerTooLarge]
            default: [.connectionLost]
            }
        }

        func play(_ connection: ScriptedServer.Connection) throws {
            _ = try connection.readRequest()
            let head = "HTTP/1.1 200 OK\r\n"
            switch self {
            case .closedWithoutAnswer: break
            case .resetWithoutAnswer: connection.reset()
            case .closedInHead, .resetInHead: try connection.send("HTTP/1.1 200 OK\r\nContent-Le")
            case .closedInBody, .resetInBody: try connection.send("\(head)Content-Length: 10\r\n\r\n12345")
            case .closedInChunks: try connection.send("\(head)Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n")
            case .notHTTP: try connection.send("220 mail.example.com ESMTP\r\n")
            case .notHTTPOnAKeptLine:
                try connection.send("SSH-2.0-OpenSSH\r\n")
                connection.hang()
            case .badHeader: try connection.send("\(head)no colon here\r\nContent-Length: 0\r\n\r\n")
            case .badStatus: try connection.send("HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n")
            case .badChunk: try connection.send("\(head)Transfer-Encoding: chunked\r\n\r\nzz\r\n")
            case .negativeLength: try connection.send("\(head)Content-Length: -5\r\n\r\n")
            case .headTooLarge:
                try connection.send(head)
                for number in 0..<9 { try connection.send("X-\(number): \(String(repeating: "a", count: 8192))\r\n") }
                try connection.send("Content-Length: 0\r\n\r\n")
            case .headerTooLong:
                try connection.send("\(head)X: \(String(repeating: "a", count: 200_000))\r\nContent-Length: 0\r\n\r\n")
            case .bodyTooLarge: try connection.send("\(head)Content-Length: 1000001\r\n\r\n12345")
            case .endlessBody:
                try connection.send("\(head)Transfer-Encoding: chunked\r\n\r\n")
                while true { try connection.send("1000\r\n\(String(repeating: "b", count: 4096))\r\n") }
            case .endlessInterims:
                while true { try connection.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n") }
            }
            switch self {
            case .resetInHead, .resetInBody:
                try connection.sleep(for: .milliseconds(50))
                connection.reset()
            case .bodyTooLarge, .headTooLarge, .headerTooLong: connection.hang()
            default: break
            }
        }
    }

    @Test(arguments: Fault.allCases)
    func `an answer that does not come whole leaves the outcome unknown`(fault: Fault) async throws {
        let server = try ScriptedServer { connection in try fault.play(connection) }
        for method in [HTTPRequest.Method.post, .get] {
            let options = RequestOptions(maximumBodyBytes: 1_000_000)
            let error = await failure { () async throws(HTTPClientError) in
                try await client.send(
                    .make(method, server, "/secret-path", [.authorization: "secret-token"]),
                    body: method == .post ? Array("secret-body".utf8) : [], options: options,
                    deadline: .now + .seconds(10))
            }
            #expect(error.map { fault.codes.contains($0.code) } == true)
            #expect(error?.outcome == .unknown)
            #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
            #expect(error?.description.contains("secret") == false)
        }
        #expect(server.requests.count == 2)
        #expect(server.failures == [])
    }

    @Test func `an answer that drips past the deadline is cut off at the deadline`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while true {
                try connection.send(".")
                try connection.sleep(for: .milliseconds(10))
            }
        }
        let start = ContinuousClock.now
        let error = await post(server, deadline: start + .milliseconds(300))
        #expect(error?.code == .timedOut)
        #expect(error?.outcome == .unknown)
        #expect(.now - start >= .milliseconds(299))
        #expect(.now - start < .seconds(5))
    }

    @Test func `a server that never answers is left at the deadline, and the next call works`() async throws {
        let server = try ScriptedServer { connection in
            guard try connection.readRequest() != nil else { return }
            if connection.number == 0 { connection.hang() } else { try connection.answer() }
        }
        let error = await post(server, deadline: .now + .milliseconds(200))
        #expect(error?.code == .timedOut)
        #expect(error?.outcome == .unknown)
        _ = try await client.send(.make(server), deadline: .soon)
        #expect(server.requests.map(\.connection) == [0, 1])
    }

    @Test func `a body of exactly the limit is read`() async throws {
        let server = try ScriptedServer.answering { _ in .init(body: Array(repeating: 1, count: 5000)) }
        let answer = try await client.send(
            .make(server), options: RequestOptions(maximumBodyBytes: 5000), deadline: .soon)
        #expect(answer.body.count == 5000)
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(server), options: RequestOptions(maximumBodyBytes: 4999), deadline: .soon)
        }
        #expect(error?.code == .answerTooLarge)
        #expect(error?.description.contains("4999") == true)
    }
}
