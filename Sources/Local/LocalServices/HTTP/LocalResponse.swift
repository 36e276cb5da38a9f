import Foundation
package import JSON
import Settings

/// One response of a local service.
package struct LocalResponse: Sendable, Equatable {
    package var status: Int
    package var fields: [String: String] = [:]
    package var type = "application/json"
    package var body: [UInt8] = []
    /// The delay before the response is sent.
    package var delay: Duration?

    package init(_ status: Int, _ body: JSONValue) {
        self.status = status
        self.body = Array(body.text.utf8)
    }

    package init(_ status: Int, type: String = "text/plain", _ body: [UInt8] = []) {
        self.status = status
        self.type = type
        self.body = body
    }

    /// The response as it is sent.
    package var bytes: [UInt8] {
        var lines = ["HTTP/1.1 \(status) \(status < 300 ? "OK" : "Answer")"]
        if !body.isEmpty { lines.append("Content-Type: \(type)") }
        if status != 204 { lines.append("Content-Length: \(body.count)") }
        lines += fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8) + body
    }
}

/// Delays a response; an error closes the connection without a response. Tests with a virtual clock inject their own.
package typealias Holding = @Sendable (_ delay: Duration, _ request: HTTPMessage) async throws -> Void

extension LoopbackServer {
    /// Waits in real time.
    package static let holding: Holding = { delay, _ in try await Task.sleep(for: delay) }

    /// Serves every request of every connection; nil closes the connection without a response.
    static func answering(
        port: UInt16 = 0, holding: @escaping Holding = LoopbackServer.holding,
        _ answer: @escaping @Sendable (_ request: HTTPMessage) async -> LocalResponse?
    ) async throws -> LoopbackServer {
        try await LoopbackServer(port: port) { connection in
            var connection = connection
            while true {
                let request = try await connection.readMessage(limit: 16 << 20)
                guard let answer = await answer(request) else { return }
                if let delay = answer.delay {
                    try await holding(delay, request)
                }
                try await connection.write(answer.bytes)
                if request.fields["Connection"]?.lowercased() == "close" { return }
            }
        }
    }
}

extension HTTPMessage {
    /// The name and the password of Basic credentials; nil without any.
    var basicCredentials: (name: String, password: String)? {
        guard let value = fields["Authorization"], value.hasPrefix("Basic "),
            let data = Data(base64Encoded: String(value.dropFirst(6))),
            let text = String(data: data, encoding: .utf8), let colon = text.firstIndex(of: ":")
        else { return nil }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }
}
