import Foundation

/// One request to a server on loopback, on a connection of its own.
enum LocalHTTP {
    /// Sends a request and reads the whole response, of at most 64 MB; `host` is the Host header if it is not the
    /// port's.
    static func send(
        _ method: String, _ path: String, port: UInt16, host: String? = nil, fields: [String: String] = [:],
        body: [UInt8] = []
    ) async throws -> HTTPMessage {
        var connection = try await HTTPConnection(port: port)
        defer { connection.close() }
        let lines =
            [
                "\(method) \(path) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")", "Connection: close",
                "Content-Length: \(body.count)",
            ]
            + fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        try await connection.write(Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8) + body)
        return try await connection.readMessage(limit: 64 << 20)
    }
}
