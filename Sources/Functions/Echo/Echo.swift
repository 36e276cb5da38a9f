import JSON
import LambdaRuntime
import Settings

/// Returns its event, unchanged: the function to copy when you start one of your own.
///
/// `ECHO_MODE=stream` makes `{"stream": N}` a streamed response of N lines.
@main
struct Echo: RawLambdaFunction {
    private let mode: Mode

    enum Mode: String, CaseIterable {
        case whole
        case stream
    }

    init(environment: Environment) throws {
        mode = try environment.read(.optional("ECHO_MODE", default: Mode.whole))
    }

    func handle(_ event: [UInt8], context: LambdaContext) async throws -> RawResponse {
        try EventText.check(event)
        if mode == .stream, let request = try? JSONText.decode(StreamRequest.self, from: event) {
            return try request.response()
        }
        return .bytes(event)
    }
}
