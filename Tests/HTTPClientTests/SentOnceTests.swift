import Calling
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Requests that a server may have acted on: they are never sent a second time.
@Suite(.takingTurns) struct SentOnceTests {
    let client = CurlClient(variables: [:])

    /// The end of a connection after a request was read in full.
    enum Ending: CaseIterable {
        case close
        case reset
        case halfClose
    }

    /// Returns a server that responds to the first request of the first connection and ends everything else without a
    /// response.
    private func server(_ ending: Ending) throws -> ScriptedServer {
        try ScriptedServer { connection in
            if connection.number == 0 {
                _ = try connection.readRequest()
                try connection.answer(.init("first"))
            }
            guard try connection.readRequest() != nil else { return }
            switch ending {
            case .close: connection.close()
            case .reset: connection.reset()
            case .halfClose:
                connection.closeForWriting()
                connection.hang()
            }
        }
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete], Ending.allCases)
    func `a request read on a kept connection that then ends arrives once`(
        method: HTTPRequest.Method, ending: Ending
    ) async throws {
        for body in [Array("once".utf8), [], Array(repeating: 7, count: 200_000)] {
            let server = try server(ending)
            _ = try await client.send(.make(server, "/first"), deadline: .soon)
            let error = await failure { () async throws(HTTPClientError) in
                try await client.send(.make(method, server, "/second"), body: body, deadline: .soon)
            }
            #expect(error?.code == .connectionLost)
            #expect(error?.outcome == .unknown)
            #expect(error?.description.contains("may have been processed") == true)
            #expect(server.requests.map(\.target) == ["/first", "/second"])
            #expect(server.requests.map(\.connection) == [0, 0])
            server.stop()
            #expect(server.connectionCount == 1)
        }
    }

    @Test(arguments: Ending.allCases)
    func `a request read on a new connection that then ends arrives once`(ending: Ending) async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            if ending == .reset { connection.reset() }
            if ending == .halfClose {
                connection.closeForWriting()
                connection.hang()
            }
        }
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, server), body: [1], deadline: .soon)
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.outcome == .unknown)
        server.stop()
        #expect(server.requests.count == 1)
    }

    @Test func `a request whose head alone was read is not sent again either`() async throws {
        let server = try ScriptedServer { connection in
            if connection.number == 0 {
                _ = try connection.readRequest()
                try connection.answer(.init("first"))
            }
            _ = try connection.readHead()
            connection.reset()
        }
        _ = try await client.send(.make(server), deadline: .soon)
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, server), body: Array(repeating: 7, count: 5_000_000), deadline: .soon)
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.outcome == .unknown)
        server.stop()
        #expect(server.connectionCount == 1)
    }

    @Test func `a GET on a kept connection that dies is sent again`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.answer(.init("answer \(connection.number)"))
            _ = try connection.readRequest()
        }
        _ = try await client.send(.make(server, "/first"), deadline: .soon)
        let answer = try await client.send(.make(server, "/second"), deadline: .soon)
        #expect(String(decoding: answer.body, as: UTF8.self) == "answer 1")
        #expect(server.requests.map(\.connection) == [0, 0, 1])
    }
}
