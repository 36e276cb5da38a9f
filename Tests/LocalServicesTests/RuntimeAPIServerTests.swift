import Foundation
import LocalServices
import TestSupport
import Testing

/// The Runtime API over its socket, byte for byte.
@Suite(.takingTurns) struct RuntimeAPIServerTests {
    private static let runtime = "/2018-06-01/runtime"

    /// Serves an API with one event and passes `body` a connection to it and, later, the event's outcome.
    private func withServer(
        event: String? = "{}", timeout: Duration = .seconds(20),
        _ body: (inout HTTPConnection, Task<InvocationOutcome, Never>?) async throws -> Void
    ) async throws {
        let api = RuntimeAPI()
        let server = try await RuntimeAPIServer(api, identity: .init(name: "Scripted", region: "eu-west-1"))
        let outcome = event.map { event in
            Task {
                await api.invoke(
                    .init(
                        requestID: "request-1", invocationID: "invocation-1", traceID: "Root=1-0-0",
                        event: Array(event.utf8),
                        timeout: timeout))
            }
        }
        let port = try #require(UInt16(server.address.split(separator: ":")[1]))
        var connection = try await HTTPConnection(port: port)
        do {
            try await body(&connection, outcome)
        } catch {
            outcome?.cancel()
            await server.stop()
            throw error
        }
        connection.close()
        await server.stop()
    }

    private func send(
        _ head: String, _ body: String = "", over connection: inout HTTPConnection
    ) async throws -> HTTPMessage {
        let length = head.contains("Transfer-Encoding") ? "" : "Content-Length: \(body.utf8.count)\r\n"
        try await connection.write(Array("\(head)\r\n\(length)\r\n\(body)".utf8))
        return try await connection.readMessage(limit: 10_000_000)
    }

    private func next(over connection: inout HTTPConnection) async throws -> HTTPMessage {
        try await send("GET \(Self.runtime)/invocation/next HTTP/1.1", over: &connection)
    }

    @Test func `next brings the event with every header of an invocation`() async throws {
        try await withServer(event: #"{"a":"ü"}"#, timeout: .seconds(7)) { connection, outcome in
            let next = try await next(over: &connection)
            #expect(next.status == 200)
            #expect(next.body == Array(#"{"a":"ü"}"#.utf8))
            #expect(next.fields["lambda-runtime-aws-request-id"] == "request-1")
            #expect(next.fields["Lambda-Runtime-Invocation-Id"] == "invocation-1")
            #expect(next.fields["Lambda-Runtime-Trace-Id"] == "Root=1-0-0")
            #expect(
                next.fields["Lambda-Runtime-Invoked-Function-Arn"]
                    == "arn:aws:lambda:eu-west-1:123456789012:function:Scripted")
            let deadline = try #require(next.fields["Lambda-Runtime-Deadline-Ms"].flatMap { Double($0) })
            #expect(abs(deadline / 1000 - Date.now.timeIntervalSince1970 - 7) < 2)
            let answer = try await send(
                "POST \(Self.runtime)/invocation/request-1/response HTTP/1.1\r\nLambda-Runtime-Invocation-Id: invocation-1",
                "ok", over: &connection)
            #expect(answer.status == 202)
            #expect(await outcome?.value == .answer(Array("ok".utf8)))
        }
    }

    @Test func `a wrong request is 400, a wrong invocation 410, a second answer 403`() async throws {
        try await withServer { connection, outcome in
            _ = try await next(over: &connection)
            let wrong = try await send(
                "POST \(Self.runtime)/invocation/request-2/response HTTP/1.1", "x", over: &connection)
            #expect(wrong.status == 400)
            let stale = try await send(
                "POST \(Self.runtime)/invocation/request-1/response HTTP/1.1\r\nLambda-Runtime-Invocation-Id: other",
                "x",
                over: &connection)
            #expect(stale.status == 410)
            let right = try await send(
                "POST \(Self.runtime)/invocation/request-1/response HTTP/1.1", "y", over: &connection)
            #expect(right.status == 202)
            let second = try await send(
                "POST \(Self.runtime)/invocation/request-1/error HTTP/1.1", "{}", over: &connection)
            #expect(second.status == 403)
            #expect(await outcome?.value == .answer(Array("y".utf8)))
        }
    }

    @Test func `chunks are put together and trailers with an error make it one`() async throws {
        try await withServer { connection, outcome in
            _ = try await next(over: &connection)
            let error = Data(#"{"errorType":"Function.Broken"}"#.utf8).base64EncodedString()
            let answer = try await send(
                """
                POST \(Self.runtime)/invocation/request-1/response HTTP/1.1\r
                Lambda-Runtime-Function-Response-Mode: streaming\r
                Transfer-Encoding: chunked\r
                Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body
                """,
                """
                3\r\nabc\r\n4;note=x\r\ndefg\r\n0\r
                Lambda-Runtime-Function-Error-Type: Function.Broken\r
                Lambda-Runtime-Function-Error-Body: \(error)\r\n\r\n
                """, over: &connection)
            #expect(answer.status == 202)
            #expect(
                await outcome?.value
                    == .streamError(
                        partial: Array("abcdefg".utf8), error: Array(#"{"errorType":"Function.Broken"}"#.utf8)))
        }
    }

    @Test func `an initialisation error is taken before the first next only`() async throws {
        try await withServer { connection, outcome in
            let failed = try await send(
                "POST \(Self.runtime)/init/error HTTP/1.1", #"{"errorType":"X"}"#, over: &connection)
            #expect(failed.status == 202)
            #expect(await outcome?.value == .functionError(Array(#"{"errorType":"X"}"#.utf8)))
        }
        try await withServer { connection, _ in
            _ = try await next(over: &connection)
            let late = try await send("POST \(Self.runtime)/init/error HTTP/1.1", "{}", over: &connection)
            #expect(late.status == 403)
            let answer = try await send(
                "POST \(Self.runtime)/invocation/request-1/error HTTP/1.1", "{}", over: &connection)
            #expect(answer.status == 202)
        }
    }

    @Test func `an extension needs a name and gets an identifier`() async throws {
        try await withServer(event: nil) { connection, _ in
            let register = "POST /2020-01-01/extension/register HTTP/1.1"
            let nameless = try await send(register, "{}", over: &connection)
            #expect(nameless.status == 403)
            let named = try await send("\(register)\r\nLambda-Extension-Name: x", #"{"events":[]}"#, over: &connection)
            #expect(named.status == 200)
            #expect(named.fields["Lambda-Extension-Identifier"]?.count == 36)
        }
    }

    @Test func `any other path is 404 and keeps the connection`() async throws {
        try await withServer(event: nil) { connection, _ in
            let root = try await send("GET / HTTP/1.1", over: &connection)
            #expect(root.status == 404)
            let post = try await send("POST \(Self.runtime)/invocation/next HTTP/1.1", over: &connection)
            #expect(post.status == 404)
        }
    }

    @Test func `two connections hold two events at once, and each gets its own answer`() async throws {
        let api = RuntimeAPI()
        let server = try await RuntimeAPIServer(api, identity: .init(name: "Scripted", region: "eu-west-1"))
        let port = try #require(UInt16(server.address.split(separator: ":")[1]))
        let outcomes = ["a", "b"].map { id in
            Task {
                await api.invoke(
                    .init(
                        requestID: id, invocationID: id, traceID: "t", event: Array(id.utf8), timeout: .seconds(20),
                        fields: ["Lambda-Runtime-Client-Context": "{\"of\":\"\(id)\"}"]))
            }
        }
        var connections = [try await HTTPConnection(port: port), try await HTTPConnection(port: port)]
        var events: [HTTPMessage] = []
        for index in connections.indices {
            events.append(try await next(over: &connections[index]))
        }
        for (index, event) in events.enumerated() {
            let id = try #require(event.fields["Lambda-Runtime-Aws-Request-Id"])
            #expect(event.body == Array(id.utf8))
            #expect(event.fields["Lambda-Runtime-Client-Context"] == "{\"of\":\"\(id)\"}")
            let path = "\(Self.runtime)/invocation/\(id)/response"
            _ = try await send("POST \(path) HTTP/1.1", "answer to \(id)", over: &connections[index])
        }
        #expect(await outcomes[0].value == .answer(Array("answer to a".utf8)))
        #expect(await outcomes[1].value == .answer(Array("answer to b".utf8)))
        for connection in connections {
            connection.close()
        }
        await server.stop()
    }

    @Test func `a next whose connection is gone does not lose the event`() async throws {
        let api = RuntimeAPI()
        let server = try await RuntimeAPIServer(api, identity: .init(name: "Scripted", region: "eu-west-1"))
        let port = try #require(UInt16(server.address.split(separator: ":")[1]))
        let gone = try await HTTPConnection(port: port)
        try await gone.write(Array("GET \(Self.runtime)/invocation/next HTTP/1.1\r\n\r\n".utf8))
        try await Task.sleep(for: .milliseconds(100))
        gone.close()
        let large = [UInt8](repeating: UInt8(ascii: " "), count: 6_000_000)
        let outcome = Task {
            await api.invoke(
                .init(requestID: "r", invocationID: "i", traceID: "t", event: large, timeout: .seconds(20)))
        }
        var connection = try await HTTPConnection(port: port)
        #expect(try await next(over: &connection).body.count == large.count)
        _ = try await send("POST \(Self.runtime)/invocation/r/response HTTP/1.1", "1", over: &connection)
        #expect(await outcome.value == .answer(Array("1".utf8)))
        connection.close()
        await server.stop()
    }
}
