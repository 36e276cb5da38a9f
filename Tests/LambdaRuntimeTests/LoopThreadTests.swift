import HTTPClient
import HTTPTypes
import Idling
import Synchronization
import TestSupport
import Testing

@testable import LambdaRuntime

/// Requests that a loop's own thread carries while its tasks wait.
@Suite(.takingTurns, .timeLimit(.minutes(1))) struct LoopThreadTests {
    @Test func `a request is carried by the loop's thread, and the next of the same task too`() async throws {
        let server = try ScriptedServer.answering()
        let loop = try LoopThreadUnderTest()
        let client = CurlClient.ofTests
        let statuses = try await loop.run {
            var statuses: [Int] = []
            for _ in 0..<3 { statuses.append(try await client.get(server)) }
            return statuses
        }
        #expect(statuses == [200, 200, 200])
        #expect(loop.executor.thread.work != nil)
        #expect(server.requests.map(\.connection) == [0, 0, 0])
        server.stop()
        loop.stop()
    }

    @Test func `requests of one task's children are under way at the same time`() async throws {
        let server = try ScriptedServer { connection in
            while try connection.readRequest() != nil {
                try connection.sleep(for: .milliseconds(400))
                try connection.answer()
            }
        }
        let loop = try LoopThreadUnderTest()
        let client = CurlClient.ofTests
        let start = ContinuousClock.now
        let answered = try await loop.run {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await client.get(server) } }
                return try await group.reduce(0) { $0 + $1 }
            }
        }
        #expect(answered == 800)
        #expect(ContinuousClock.now - start < .milliseconds(1200))
        server.stop()
        loop.stop()
    }

    @Test func `a task on another thread has its request carried while the loop sleeps`() async throws {
        let server = try ScriptedServer.answering()
        let loop = try LoopThreadUnderTest()
        let client = CurlClient.ofTests
        let status = try await loop.run {
            _ = try await client.get(server)
            // Neither the task nor its pause are the loop's.
            return try await Task.detached {
                try await Task.sleep(for: .milliseconds(100))
                return try await client.get(server)
            }.value
        }
        #expect(status == 200)
        server.stop()
        loop.stop()
    }

    @Test func `a cancelled task's request ends at once`() async throws {
        let server = try ScriptedServer { $0.hang() }
        let loop = try LoopThreadUnderTest()
        let client = CurlClient.ofTests
        let start = ContinuousClock.now
        let error = try await loop.run {
            let call = Task { try await client.get(server) }
            try await Task.sleep(for: .milliseconds(100))
            call.cancel()
            return await call.result.failure as? HTTPClientError
        }
        #expect(error?.code == .cancelled)
        #expect(ContinuousClock.now - start < .seconds(5))
        server.stop()
        loop.stop()
    }

    @Test func `a second client has a thread of its own, and a client that is gone leaves the loop's`() async throws {
        let server = try ScriptedServer.answering()
        let loop = try LoopThreadUnderTest()
        let statuses = try await loop.run {
            let (first, second) = (CurlClient.ofTests, CurlClient.ofTests)
            return try await [first.get(server), second.get(server), first.get(server)]
        }
        #expect(statuses == [200, 200, 200])
        let end = ContinuousClock.now + .seconds(10)
        while loop.executor.thread.work != nil, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(loop.executor.thread.work == nil)
        #expect(try await loop.run { try await CurlClient.ofTests.get(server) } == 200)
        server.stop()
        loop.stop()
    }

    @Test func `an idle loop with a client uses no CPU`() async throws {
        let server = try ScriptedServer.answering()
        let loop = try LoopThreadUnderTest()
        let client = CurlClient.ofTests
        _ = try await loop.run { try await client.get(server) }
        let turns = loop.turns
        try await Task.sleep(for: .milliseconds(300))
        #expect(loop.turns - turns < 10)
        server.stop()
        loop.stop()
    }
}

/// A loop's executor on a thread of its own, which can be ended.
private final class LoopThreadUnderTest: Sendable {
    let executor = LoopExecutor()
    private let count = Mutex(0)
    private let isDone = Mutex(false)

    init() throws {
        try startThread { [self] in
            while !isDone.withLock({ $0 }) {
                executor.turn()
                count.withLock { $0 += 1 }
            }
        }
    }

    /// The turns that the thread has taken.
    var turns: Int { count.withLock { $0 } }

    /// Runs a task as a function's process does.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await LoopThread.$current.withValue(executor.thread) {
            try await Task(executorPreference: executor) { try await work() }.value
        }
    }

    func stop() {
        isDone.withLock { $0 = true }
        Task(executorPreference: executor) {}
    }
}

extension CurlClient {
    fileprivate static var ofTests: CurlClient { CurlClient(Configuration { _ in nil }) }

    fileprivate func get(_ server: ScriptedServer) async throws -> Int {
        let request = HTTPRequest(method: .get, scheme: "http", authority: server.authority, path: "/")
        return try await send(request, deadline: .now + .seconds(20)).head.status.code
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
