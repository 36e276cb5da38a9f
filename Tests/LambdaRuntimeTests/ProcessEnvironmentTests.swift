import Settings
import Synchronization
import TestSupport
import Testing

@testable import LambdaRuntime

/// One at a time: the environment of a process may not be read while it is changed.
@Suite(.serialized, .takingTurns) struct ProcessEnvironmentTests {
    typealias Event = RuntimeAPIScript.Event

    @Test func `the process environment is read with its equals signs`() {
        #expect(Environment.ofProcess()["PATH"]?.isEmpty == false)
        #expect(Environment.ofProcess()["NO_SUCH_VARIABLE"] == nil)
    }

    @Test func `the trace id is in the environment during its invocation, and gone in one that is not traced`()
        async throws
    {
        let seen = Mutex<[String?]>([])
        let function = ClosureFunction { event, _ in
            seen.withLock { $0.append(Environment.ofProcess()["_X_AMZN_TRACE_ID"]) }
            return .bytes(event)
        }
        func traced(_ id: String, _ trace: String) -> Event {
            Event(id, headers: [("Lambda-Runtime-Trace-Id", trace)])
        }
        let script = RuntimeAPIScript([
            traced("a", "Root=1"), traced("b", "Root=22;Sampled=1"), Event("c"), traced("d", "Root=4"),
            traced("e", String(repeating: "x", count: 2000)),
        ])
        _ = try await LoopUnderTest(RawHandler(function), trace: true, script.serve)
        #expect(seen.withLock { $0 } == ["Root=1", "Root=22;Sampled=1", nil, "Root=4", nil])
    }
}
