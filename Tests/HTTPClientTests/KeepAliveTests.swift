import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.takingTurns) struct KeepAliveTests {
    let client = CurlClient(variables: [:])

    @Test func `calls one after another use one connection`() async throws {
        let server = try ScriptedServer.answering()
        for _ in 1...20 { _ = try await client.send(.make(.post, server), body: [1], deadline: .soon) }
        #expect(server.requests.map(\.connection) == Array(repeating: 0, count: 20))
    }

    @Test func `fifty calls at once all get their own answers`() async throws {
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                try connection.sleep(for: .milliseconds(20))
                try connection.answer(.init(request.target))
            }
        }
        try await withThrowingTaskGroup { group in
            for number in 1...50 {
                group.addTask {
                    let answer = try await client.send(.make(server, "/\(number)"), deadline: .soon)
                    #expect(answer.body == Array("/\(number)".utf8))
                }
            }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 50)
        #expect(server.failures == [])
    }

    @Test func `an idle connection that the server closed is replaced before use`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            // Returning closes, without a word in the answer.
        }
        for count in 1...5 {
            _ = try await client.send(.make(.post, server), body: [1], deadline: .soon)
            while server.openConnectionCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(server.requests.count == count)
        }
        #expect(server.requests.map(\.connection) == [0, 1, 2, 3, 4])
    }

    @Test func `an idle connection that the server reset is replaced before use`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            try connection.sleep(for: .milliseconds(20))
            connection.reset()
        }
        for _ in 1...3 {
            _ = try await client.send(.make(.post, server), body: [1], deadline: .soon)
            while server.openConnectionCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
        #expect(server.requests.map(\.connection) == [0, 1, 2])
    }

    @Test func `a server that says close is called on a new connection`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
            connection.hang()
        }
        for _ in 1...3 { _ = try await client.send(.make(.post, server), body: [1], deadline: .soon) }
        #expect(server.requests.map(\.connection) == [0, 1, 2])
    }

    @Test func `a connection idle for longer than allowed is replaced`() async throws {
        let server = try ScriptedServer.answering()
        let options = RequestOptions(maximumIdle: .seconds(3))
        for pause in [0, 0, 4200] {
            try await Task.sleep(for: .milliseconds(pause))
            _ = try await client.send(.make(server), options: options, deadline: .soon)
        }
        #expect(server.requests.map(\.connection) == [0, 0, 1])
    }

    @Test func `bytes behind an answer are not the next answer`() async throws {
        let server = try ScriptedServer { connection in
            while try connection.readRequest() != nil {
                try connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Smuggled\r\nContent-Length: 0\r\n\r\n")
            }
        }
        for _ in 1...3 {
            let answer = try await client.send(.make(.post, server), body: [1], deadline: .soon)
            #expect(answer.head.status == .ok)
        }
    }

    @Test func `letting the client go closes its connections`() async throws {
        let server = try ScriptedServer.answering()
        do {
            let client = CurlClient(variables: [:])
            _ = try await client.send(.make(server), deadline: .soon)
            #expect(server.openConnectionCount == 1)
        }
        let end = ContinuousClock.now + .seconds(5)
        while server.openConnectionCount > 0, .now < end { try await Task.sleep(for: .milliseconds(5)) }
        #expect(server.openConnectionCount == 0)
    }
}
