import Calling
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.takingTurns) struct CancellationTests {
    let client = CurlClient(variables: [:])

    /// Starts a call, waits until `ready`, cancels it, and returns its error and the time until it ended.
    private func cancel(
        _ request: HTTPRequest, when ready: () -> Bool
    ) async throws -> (error: HTTPClientError?, delay: Duration) {
        let task = Task { [client] in
            await failure { () async throws(HTTPClientError) in
                try await client.send(request, body: [1], deadline: .soon)
            }
        }
        while !ready() { try await Task.sleep(for: .milliseconds(1)) }
        let start = ContinuousClock.now
        task.cancel()
        return (await task.value, .now - start)
    }

    @Test func `a call cancelled while it waits for its answer ends at once, with an unknown outcome`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            connection.hang()
        }
        let (error, delay) = try await cancel(.make(.post, server)) { server.requests.count == 1 }
        #expect(error?.code == .cancelled)
        #expect(error?.outcome == .unknown)
        #expect(delay < .seconds(5))
        // The connection goes with it, and the next call gets its own.
        let end = ContinuousClock.now + .seconds(5)
        while server.openConnectionCount > 0, .now < end { try await Task.sleep(for: .milliseconds(1)) }
        #expect(server.openConnectionCount == 0)
    }

    @Test func `a call cancelled before it has a connection is not sent`() async throws {
        let listener = try FullListener()
        let (error, delay) = try await cancel(.make(.post, "127.0.0.1:\(listener.port)")) {
            usleep(50_000)
            return true
        }
        #expect(error?.code == .cancelled)
        #expect(error?.outcome == .notSent)
        #expect(delay < .seconds(5))
    }

    @Test func `a call in a task cancelled before opens no connection`() async throws {
        let server = try ScriptedServer.answering()
        let error = await Task { [client] in
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure { () async throws(HTTPClientError) in
                try await client.send(.make(server), deadline: .soon)
            }
        }.value
        #expect(error?.code == .cancelled)
        #expect(error?.outcome == .notSent)
        #expect(server.connectionCount == 0)
    }

    @Test func `cancelling one call leaves the others alone`() async throws {
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                if request.target == "/hang" { connection.hang() }
                try connection.sleep(for: .milliseconds(200))
                try connection.answer()
            }
        }
        async let other = client.send(.make(server, "/other"), deadline: .soon)
        let (error, _) = try await cancel(.make(.post, server, "/hang")) { server.requests.count == 2 }
        #expect(error?.code == .cancelled)
        #expect(try await other.head.status == .ok)
    }

    @Test func `cancelling at any moment ends every call once`() async throws {
        let server = try ScriptedServer.answering()
        try await withThrowingTaskGroup { group in
            for number in 0..<300 {
                let task = Task { [client] in
                    do throws(HTTPClientError) {
                        _ = try await client.send(.make(.post, server), body: [1], deadline: .soon)
                        return nil as HTTPClientError.Code?
                    } catch {
                        return error.code
                    }
                }
                group.addTask {
                    try await Task.sleep(for: .microseconds(number * 10))
                    task.cancel()
                    #expect([nil, .cancelled].contains(await task.value))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await client.send(.make(server), deadline: .soon).head.status == .ok)
    }
}
