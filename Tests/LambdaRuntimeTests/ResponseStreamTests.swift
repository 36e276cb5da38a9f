import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import LambdaRuntime

@Suite(.takingTurns) struct ResponseStreamTests {
    typealias Event = RuntimeAPIScript.Event

    func run(_ produce: @escaping @Sendable (any ResponseWriter) async throws -> Void) async throws -> LoopUnderTest {
        let function = ClosureFunction { event, context in context.requestID == "a" ? .stream(produce) : .bytes(event) }
        return try await LoopUnderTest(RawHandler(function), RuntimeAPIScript([Event("a"), Event("b", "2")]).serve)
    }

    @Test func `chunks are streamed and the loop goes on`() async throws {
        let run = try await run { writer in
            for number in 0..<3 { try await writer.write(Array("\(number)\n".utf8)) }
            try await writer.write([])
        }
        let post = try #require(run.posts.first)
        #expect(post.target == "/2018-06-01/runtime/invocation/a/response")
        #expect(post["Lambda-Runtime-Function-Response-Mode"] == "streaming")
        #expect(post["Transfer-Encoding"] == "chunked")
        #expect(post["Trailer"] == "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body")
        #expect(post["Content-Length"] == nil)
        #expect(post.text == "0\n1\n2\n")
        #expect(post.trailers.isEmpty)
        #expect(run.posts.last?.text == "2")
        #expect(run.posts.allSatisfy { $0.connection == 0 })
    }

    @Test func `a stream may be empty`() async throws {
        let run = try await run { _ in }
        #expect(run.posts.first?.body == [])
        #expect(run.posts.count == 2)
    }

    @Test func `a failure after the first bytes is told in the trailers`() async throws {
        let run = try await run { writer in
            try await writer.write(Array("partial".utf8))
            throw FunctionError(.serviceUnavailable, "é\nbroken")
        }
        let post = try #require(run.posts.first)
        #expect(post.text == "partial")
        #expect(post.trailers.first?.name == "Lambda-Runtime-Function-Error-Type")
        #expect(post.trailers.first?.value == "Function.ServiceUnavailable")
        let body = try #require(Data(base64Encoded: post.trailers.last?.value ?? ""))
        let error = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
        #expect(error["errorType"] as? String == "Function.ServiceUnavailable")
        #expect(error["errorMessage"] as? String == "é\nbroken")
        #expect(run.posts.count == 2)
        #expect(run.logs.count == 1)
    }

    @Test func `a failure before the first byte is an error like any other`() async throws {
        let run = try await run { _ in throw FunctionError(.invalidRequest, "no") }
        #expect(run.posts.first?.target == "/2018-06-01/runtime/invocation/a/error")
        #expect(run.posts.count == 2)
    }

    @Test func `tasks of the handler may write side by side and each write is one chunk`() async throws {
        let run = try await run { writer in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { try await writer.write(Array("0123456789".utf8)) } }
                try await group.waitForAll()
            }
        }
        #expect(run.posts.first?.text == String(repeating: "0123456789", count: 50))
    }

    @Test func `a write behind the end is refused and does not reach the next answer`() async throws {
        let kept = Kept()
        let run = try await run { writer in
            try await writer.write(Array("x".utf8))
            await kept.keep(writer)
        }
        let writer = try #require(await kept.writer)
        await #expect(throws: StreamClosed.self) { try await writer.write([1]) }
        #expect(run.posts.map(\.text) == ["x", "2"])
    }

    actor Kept {
        var writer: (any ResponseWriter)?
        func keep(_ writer: any ResponseWriter) { self.writer = writer }
    }

    @Test func `a stream that is refused before its end is logged and the loop goes on`() async throws {
        let function = ClosureFunction { event, context in
            guard context.requestID == "a" else { return .bytes(event) }
            return .stream { writer in
                while true { try await writer.write(Array(repeating: 0x20, count: 100_000)) }
            }
        }
        let script = RuntimeAPIScript([Event("b", "2")])
        let run = try await LoopUnderTest(RawHandler(function)) { connection in
            guard connection.number == 0 else { return try script.serve(connection) }
            guard try connection.readRequest() != nil else { return }
            try connection.answer(Event("a").answer)
            _ = try connection.readHead()
            try connection.answer(ScriptedServer.Response(status: 403, "no"))
            try connection.sleep(for: .milliseconds(20))
        }
        #expect(run.posts.map(\.text) == ["2"])
        #expect(run.logs.count == 1)
        #expect(run.logs.first?.contains(" ERROR requestId=a ") == true)
        #expect(run.logs.first?.contains("403") == true)
    }

    @Test func `a connection that was closed while the function worked is opened anew for a stream`() async throws {
        let function = ClosureFunction { _, _ in
            try await Task.sleep(for: .milliseconds(50))
            return .stream { writer in
                for number in 0..<3 { try await writer.write(Array("\(number)".utf8)) }
            }
        }
        let script = RuntimeAPIScript([])
        let run = try await LoopUnderTest(RawHandler(function)) { connection in
            guard connection.number == 0 else { return try script.serve(connection) }
            guard try connection.readRequest() != nil else { return }
            try connection.answer(Event("a").answer)
        }
        #expect(run.posts.map(\.text) == ["012"])
        #expect(run.posts.map(\.connection) == [1])
    }

    @Test func `a connection that breaks under a stream ends the loop`() async throws {
        let function = ClosureFunction { _, _ in
            .stream { writer in
                while true {
                    try await writer.write(Array(repeating: 0x20, count: 10_000))
                    try await Task.sleep(for: .milliseconds(1))
                }
            }
        }
        let run = try await LoopUnderTest(RawHandler(function)) { connection in
            guard connection.number == 0, try connection.readRequest() != nil else { return }
            try connection.answer(Event("a").answer)
            _ = try connection.readHead()
            connection.reset()
        }
        #expect(run.posts.isEmpty)
        #expect(run.server.connectionCount == 1)
    }
}
