import Encoding
import Synchronization

/// A streamed response: chunks as they are written, and at the end nothing or the trailers of an error.
///
/// The head goes out with the first bytes, so a function that fails before them fails like any other. Writes may come
/// from any task of the handler; each is one chunk.
final class ResponseStream: ResponseWriter, @unchecked Sendable {
    // Invariant: `api` and `connection` belong to the loop, which waits for the handler while this stream is open;
    // tasks of the handler reach them under `state` only, and not once it is closed.
    private let api: RuntimeAPIClient
    private let context: LambdaContext
    private var connection: RuntimeConnection?
    private let state = Mutex(State.unstarted)

    private enum State {
        case unstarted
        case open
        /// The Runtime API responded, or broke the connection, before the end.
        case brokenOff(Result<Int, RuntimeAPIError>)
        case closed
    }

    init(_ api: RuntimeAPIClient, _ context: LambdaContext) {
        self.api = api
        self.context = context
    }

    var hasStarted: Bool {
        state.withLock { state in
            if case .unstarted = state { false } else { true }
        }
    }

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }  // An empty chunk would end the answer.
        try state.withLock { state in
            try start(&state)
            guard case .open = state else { throw StreamClosed() }
            var chunk = Array("\(String(bytes.count, radix: 16))\r\n".utf8)
            chunk.append(contentsOf: bytes)
            chunk.append(contentsOf: "\r\n".utf8)
            guard try connection?.send(chunk) == false else { return }
            state = .brokenOff(Result { () throws(RuntimeAPIError) in try readAnswer(isWhole: false) })
            throw StreamClosed()
        }
    }

    /// Ends the response and reads the Runtime API's. Returns the status, 202 or 4xx.
    func finish(_ failure: ErrorReport?) throws -> Int {
        try state.withLock { state in
            try start(&state)
            if case .brokenOff(let answer) = state { return try answer.get() }
            state = .closed
            var end = "0\r\n"
            if let failure {
                end += "Lambda-Runtime-Function-Error-Type: \(failure.errorType)\r\n"
                end += "Lambda-Runtime-Function-Error-Body: \(Base64.encode(failure.body))\r\n"
            }
            return try readAnswer(isWhole: try connection?.send(Array("\(end)\r\n".utf8)) == true)
        }
    }

    private func readAnswer(isWhole: Bool) throws(RuntimeAPIError) -> Int {
        try api.finishStream(for: context, isWhole: isWhole)
    }

    private func start(_ state: inout State) throws {
        guard case .unstarted = state else { return }
        connection = try api.startStream(for: context)
        state = .open
    }
}

/// A write to a stream whose function has returned, or that the Runtime API takes no more of.
struct StreamClosed: Error, CustomStringConvertible {
    var description: String {
        "The answer has ended, or is refused: write before the closure that produces it returns, and no more after this."
    }
}
