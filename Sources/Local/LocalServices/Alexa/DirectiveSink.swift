import JSON
import Synchronization

/// The local receiver of a skill's progressive responses: Alexa's directives API on a free port of 127.0.0.1.
///
/// Amazon's page: "Send the User a Progressive Response".
package final class DirectiveSink: Stoppable {
    /// A directive that arrived, taken or refused.
    package struct Directive: Sendable, Equatable {
        /// The id of the request that the skill is answering; nil where the directive names none.
        package let requestID: String?
        /// The words, which may be SSML.
        package let speech: String?
        /// 204 for one that is spoken.
        package let status: Int
    }

    private final class Arrived: Sendable {
        let speeches = Mutex<[String]>([])
    }

    private let server: LoopbackServer
    private let arrived: Arrived

    /// Listens until `stop`.
    ///
    /// - Parameters:
    ///   - token: The bearer token that it accepts.
    ///   - observe: Called with each directive as it arrives.
    package init(token: String, observe: (@Sendable (Directive) -> Void)? = nil) async throws {
        let arrived = Arrived()
        self.arrived = arrived
        server = try await LoopbackServer { connection in
            var connection = connection
            while true {
                let request = try await connection.readMessage(limit: 64 << 10)
                let body = try? JSONValue(parsing: request.body)
                let status = Self.status(of: request, body, token: token)
                let directive = Directive(
                    requestID: body?["header"]?["requestId"]?.string, speech: body?["directive"]?["speech"]?.string,
                    status: Int(status.prefix(3)) ?? 0)
                if directive.status == 204, let speech = directive.speech {
                    arrived.speeches.withLock { $0.append(speech) }
                }
                observe?(directive)
                try await connection.write(
                    Array("HTTP/1.1 \(status)\r\n\(status.hasPrefix("204") ? "" : "Content-Length: 0\r\n")\r\n".utf8))
                if request.fields["Connection"]?.lowercased() == "close" { return }
            }
        }
    }

    /// The value for `apiEndpoint`.
    package var url: String { "http://127.0.0.1:\(server.port)" }

    /// Returns the speeches that arrived since the last call.
    package func take() -> [String] {
        arrived.speeches.withLock { speeches in
            defer { speeches = [] }
            return speeches
        }
    }

    /// Closes the port and every connection.
    package func stop() async {
        await server.stop()
    }

    /// Runs `body` with a started sink and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        token: String, observe: (@Sendable (Directive) -> Void)? = nil,
        _ body: (DirectiveSink) async throws -> Result
    ) async throws -> Result {
        try await stopping(DirectiveSink(token: token, observe: observe), after: body)
    }

    private static func status(of request: HTTPMessage, _ body: JSONValue?, token: String) -> String {
        guard request.path == "/v1/directives" else { return "404 Not Found" }
        guard request.method == "POST" else { return "405 Method Not Allowed" }
        guard request.fields["Authorization"] == "Bearer \(token)" else { return "401 Unauthorized" }
        guard
            let body, body["header"]?["requestId"]?.string?.isEmpty == false,
            body["directive"]?["type"] == .string("VoicePlayer.Speak"),
            let speech = body["directive"]?["speech"]?.string, !speech.isEmpty, speech.count <= 600
        else { return "400 Bad Request" }
        return "204 No Content"
    }
}
