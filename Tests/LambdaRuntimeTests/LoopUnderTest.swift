import JSON
import Settings
import Synchronization
import TestSupport
import Testing

@testable import LambdaRuntime

/// A raw function with a closure as its handler.
struct ClosureFunction: RawLambdaFunction {
    let handler: @Sendable ([UInt8], LambdaContext) async throws -> RawResponse

    init(_ handler: @escaping @Sendable ([UInt8], LambdaContext) async throws -> RawResponse) {
        self.handler = handler
    }

    init(environment: Environment) {
        self.init { event, _ in .bytes(event) }
    }

    func handle(_ event: [UInt8], context: LambdaContext) async throws -> RawResponse {
        try await handler(event, context)
    }
}

/// A function that adds one to `{"number": N}`.
struct AddOne: LambdaFunction {
    struct Event: Decodable { let number: Int }
    struct Output: Encodable { let number: Double }

    init(environment: Environment = Environment([:])) {}

    func handle(_ event: Event, context: LambdaContext) async throws -> Output {
        Output(number: event.number < 0 ? .infinity : Double(event.number + 1))
    }
}

/// Runs a loop against a scripted Runtime API until the loop ends; keeps the posts and the log.
struct LoopUnderTest {
    let server: ScriptedServer
    let logs: [String]
    /// The error that ended the loop.
    let end: RuntimeAPIError

    init<Handler: EventHandler>(
        _ handler: Handler, trace: Bool = false, _ script: @escaping ScriptedServer.Script
    ) async throws {
        let server = try ScriptedServer(script)
        let address = try #require(RuntimeAPIAddress(server.authority))
        let lines = Lines()
        let logging = LogConfiguration(write: lines.append)
        // Like in a function's process: the loop blocks a thread of its own.
        let executor = LoopExecutor()
        try startThread { executor.run() }
        end = await Task(executorPreference: executor) {
            let loop = InvocationLoop(
                handler, at: address, logging: logging, trace: trace ? TraceVariable() : nil, isGraceful: false)
            do throws(RuntimeAPIError) {
                try await loop.run()
            } catch {
                return error
            }
        }.value
        server.stop()
        self.server = server
        self.logs = lines.all
    }

    /// Echoes every event.
    init(_ script: @escaping ScriptedServer.Script) async throws {
        try await self.init(RawHandler(ClosureFunction { event, _ in .bytes(event) }), script)
    }

    var posts: [ScriptedServer.Request] { server.requests.filter { $0.method == "POST" } }
    var paths: [String] { posts.map(\.target) }
}

/// Collects a logger's output: one element per write.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func append(_ bytes: [UInt8]) { lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
}
