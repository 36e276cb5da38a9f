package import LocalServices
package import Timeline

/// The console's server on a port of 127.0.0.1: the page, its API, and the stream of what happens.
package final class ConsoleServer: Sendable {
    /// The port of `switchboard console` unless another is given.
    package static let port: UInt16 = 4680

    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'",
        "connect-src 'self'", "frame-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// The headers of every response; a response's own ones win.
    private static let fields = [
        "Cache-Control": "no-store", "Content-Security-Policy": policy, "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    ]

    private let server: LoopbackServer

    /// The port that it listens on.
    package var port: UInt16 { server.port }

    /// The address to open.
    package var url: String { "http://127.0.0.1:\(server.port)/" }

    /// Listens until `stop`.
    ///
    /// - Parameters:
    ///   - port: The port; 0 for a free one. A port that another program has is an error of the system.
    ///   - api: Returns the response to a request of the API.
    package init(
        port: UInt16 = ConsoleServer.port, page: ConsolePage, timeline: Timeline, signals: ConsoleSignals,
        api: @escaping @Sendable (ConsoleRequest) async -> LocalResponse
    ) async throws {
        let stream = EventStream(timeline: timeline, signals: signals, run: Int.random(in: 1..<1 << 40))
        let fields = Self.fields
        server = try await LoopbackServer(
            port: port,
            servingOn: { connection, port in
                let ownGuard = ConsoleGuard(port: port)
                var connection = connection
                while true {
                    let request = try await connection.readMessage(limit: 16 << 20)
                    var answer: LocalResponse
                    if let refusal = ownGuard.refusal(of: request) {
                        answer = refusal
                    } else if request.bodyIsTooLarge {
                        answer = ConsoleGuard.refused(413, "A request has 16 MB at most.")
                    } else if request.path.prefix(while: { $0 != "?" }) == "/api/events" {
                        return try await stream.serve(
                            connection, lastEventID: request.fields["Last-Event-ID"], fields: fields)
                    } else if request.path.hasPrefix("/api/") {
                        answer =
                            if let asked = ConsoleRequest(request) {
                                Self.asThePageWants(await api(asked), request)
                            } else {
                                ConsoleGuard.refused(400, "The request is not JSON, or its path is no path.")
                            }
                    } else {
                        answer = page.answer(request.path) ?? ConsoleGuard.refused(404, "There is no such file.")
                    }
                    answer.fields.merge(fields) { own, _ in own }
                    try await connection.write(answer.bytes)
                    if request.fields["Connection"]?.lowercased() == "close" { return }
                }
            })
    }

    /// Returns a refusal as a response with the status 200 and the real one in `X-Status`, where the page asks for that
    /// (`Prefer: status=200`): a browser notes every other one as an error of the page's.
    private static func asThePageWants(_ answer: LocalResponse, _ request: HTTPMessage) -> LocalResponse {
        guard answer.status >= 400, request.fields["Prefer"] == "status=200" else { return answer }
        var answer = answer
        answer.fields["X-Status"] = "\(answer.status)"
        answer.status = 200
        return answer
    }

    /// Closes the port and every connection.
    package func stop() async {
        await server.stop()
    }
}
