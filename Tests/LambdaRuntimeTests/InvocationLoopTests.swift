import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

@testable import LambdaRuntime

@Suite(.takingTurns) struct InvocationLoopTests {
    typealias Event = RuntimeAPIScript.Event

    @Test func `events are handled in turn over one connection and each is answered once`() async throws {
        let script = RuntimeAPIScript([Event("a", #"{"n":1}"#), Event("b", "null"), Event("c", "\"é🎉\"")])
        let run = try await LoopUnderTest(script.serve)
        #expect(run.paths == ["a", "b", "c"].map { "/2018-06-01/runtime/invocation/\($0)/response" })
        #expect(run.posts.map(\.text) == [#"{"n":1}"#, "null", "\"é🎉\""])
        #expect(run.posts.allSatisfy { $0.connection == 0 && $0["Content-Type"] == "application/json" })
        #expect(
            run.server.requests.allSatisfy {
                $0["User-Agent"] == "switchboard/\(Version.current)" && $0["Host"] == run.server.authority
            })
        #expect(run.end == .closed)
        #expect(run.logs == [])
    }

    @Test func `every header reaches the context`() async throws {
        let seen = Mutex<LambdaContext?>(nil)
        let function = ClosureFunction { event, context in
            seen.withLock { $0 = context }
            return .bytes(event)
        }
        let soon = String(Int(Date.now.timeIntervalSince1970 * 1000) + 5000)
        let script = RuntimeAPIScript([])
        _ = try await LoopUnderTest(RawHandler(function)) { connection in
            guard connection.number == 0, try connection.readRequest() != nil else { return }
            try connection.answer(
                ScriptedServer.Response(
                    headers: [
                        ("lambda-runtime-aws-request-id", "r-1"), ("Lambda-Runtime-Deadline-Ms", soon),
                        ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:1:function:f"),
                        ("Lambda-Runtime-Trace-Id", "Root=1;Sampled=1"), ("Lambda-Runtime-Client-Context", #"{"a":1}"#),
                        ("Lambda-Runtime-Cognito-Identity", #"{"b":2}"#), ("Lambda-Runtime-Aws-Tenant-Id", "t"),
                        ("Lambda-Runtime-Invocation-Id", "i"),
                    ], "{}"))
            try script.serve(connection)
        }
        let context = try #require(seen.withLock { $0 })
        #expect(context.requestID == "r-1")
        #expect(context.invokedFunctionARN == "arn:aws:lambda:eu-west-1:1:function:f")
        #expect(context.traceID == "Root=1;Sampled=1")
        #expect(context.clientContext == #"{"a":1}"#)
        #expect(context.cognitoIdentity == #"{"b":2}"#)
        #expect(context.tenantID == "t")
        #expect(context.invocationID == "i")
        let rest = context.deadline - .now
        #expect(rest > .seconds(2) && rest <= .seconds(5))
        #expect(context.deadline - context.callDeadline == .milliseconds(300))
    }

    @Test func `an empty header is an absent one`() async throws {
        let function = ClosureFunction { event, context in
            #expect(context.traceID == nil && context.clientContext == nil && context.invocationID == nil)
            #expect(context.deadline - .now > .seconds(800))
            return .bytes(event)
        }
        let names = ["Trace-Id", "Client-Context", "Cognito-Identity", "Aws-Tenant-Id", "Invocation-Id"]
        let script = RuntimeAPIScript([Event("a", headers: names.map { ("Lambda-Runtime-\($0)", "") })])
        let run = try await LoopUnderTest(RawHandler(function), script.serve)
        #expect(run.posts.map { $0["Lambda-Runtime-Invocation-Id"] } == [nil])
    }

    @Test func `the invocation id is echoed when it came and only then`() async throws {
        let function = ClosureFunction { event, _ in
            guard event.isEmpty else { throw FunctionError(.serviceUnavailable, "no") }
            return .bytes([])
        }
        let id = [(name: "Lambda-Runtime-Invocation-Id", value: "i-1")]
        let script = RuntimeAPIScript([
            Event("a", "", headers: id), Event("b", "1", headers: id), Event("c", ""), Event("d", "1"),
        ])
        let run = try await LoopUnderTest(RawHandler(function), script.serve)
        #expect(run.posts.map { $0["Lambda-Runtime-Invocation-Id"] } == ["i-1", "i-1", nil, nil])
    }

    @Test func `a typed function decodes, encodes and goes on after bad events`() async throws {
        let events = [
            #"{"number":1}"#, "", "{", #"{"number":"one"}"#, "null", "[]", #"{"number":-1}"#, #"{"number":2}"#,
        ]
        let script = RuntimeAPIScript(events.enumerated().map { Event("\($0.offset)", $0.element) })
        let run = try await LoopUnderTest(DecodingHandler(AddOne()), script.serve)
        #expect(run.posts.first?.text == #"{"number":2}"#)
        #expect(run.posts.last?.text == #"{"number":3}"#)
        let types = run.posts.map { $0["Lambda-Runtime-Function-Error-Type"] }
        let invalid = "Function.InvalidRequest"
        #expect(types == [nil, invalid, invalid, invalid, invalid, invalid, "Function.InvalidOutput", nil])
        #expect(run.logs.count == 6)
        #expect(run.logs.enumerated().allSatisfy { $1.contains(" ERROR requestId=\($0 + 1) ") })
    }

    @Test func `a raw function gets zero bytes for an empty event`() async throws {
        let run = try await LoopUnderTest(RuntimeAPIScript([Event("a", "")]).serve)
        #expect(run.posts.map(\.body) == [[]])
    }

    @Test func `a failure posts its type in the header and the body`() async throws {
        let function = ClosureFunction { _, _ in throw FunctionError(.invalidRequest, "line one\n\"line\ttwo\"") }
        let run = try await LoopUnderTest(RawHandler(function), RuntimeAPIScript([Event("a")]).serve)
        let post = try #require(run.posts.first)
        #expect(post.target == "/2018-06-01/runtime/invocation/a/error")
        #expect(post["Lambda-Runtime-Function-Error-Type"] == "Function.InvalidRequest")
        #expect(post["Content-Type"] == "application/json")
        let body = try #require(try JSONSerialization.jsonObject(with: Data(post.body)) as? [String: Any])
        #expect(body["errorMessage"] as? String == "line one\n\"line\ttwo\"")
        #expect(run.logs.count == 1)
    }

    @Test(arguments: [400, 403, 410, 413]) func `a refused answer is logged and the loop goes on`(status: Int)
        async throws
    {
        let script = RuntimeAPIScript([Event("a"), Event("b")]) { $0.target.contains("/a/") ? status : 202 }
        let run = try await LoopUnderTest(script.serve)
        #expect(
            run.paths.map { $0.split(separator: "/").suffix(2).joined(separator: "/") } == ["a/response", "b/response"])
        #expect(run.logs.count == 1)
        #expect(run.logs.first?.contains(" ERROR requestId=a ") == true)
        #expect(run.logs.first?.contains("\(status)") == true)
    }

    @Test func `a refused error is logged and the loop goes on`() async throws {
        let function = ClosureFunction { _, _ in throw FunctionError(.invalidRequest, "no") }
        let script = RuntimeAPIScript([Event("a"), Event("b")]) { _ in 403 }
        let run = try await LoopUnderTest(RawHandler(function), script.serve)
        #expect(run.posts.count == 2)
        #expect(run.logs.count == 4)
    }

    @Test(arguments: [500, 503]) func `a container error ends the loop`(status: Int) async throws {
        let script = RuntimeAPIScript([Event("a"), Event("b")]) { _ in status }
        let run = try await LoopUnderTest(script.serve)
        #expect(run.posts.count == 1)
        #expect(run.end == .status(status, path: "/2018-06-01/runtime/invocation/a/response"))
    }

    @Test(arguments: [201, 204, 301, 400, 403, 404, 500]) func `any status but 200 on next ends the loop`(status: Int)
        async throws
    {
        let run = try await LoopUnderTest { connection in
            guard try connection.readRequest() != nil else { return }
            try connection.answer(ScriptedServer.Response(status: status, status == 204 ? "" : "no"))
            connection.hang()
        }
        #expect(run.end == .status(status, path: "/runtime/invocation/next"))
        #expect(run.server.requests.count == 1)
    }
}
