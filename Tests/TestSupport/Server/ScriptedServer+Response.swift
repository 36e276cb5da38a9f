extension ScriptedServer {
    /// An ordinary response.
    package struct Response: Sendable {
        package var status: Int
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]

        package init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
            self.status = status
            self.headers = headers
            self.body = body
        }

        package init(status: Int = 200, headers: [(name: String, value: String)] = [], _ text: String) {
            self.init(status: status, headers: headers, body: Array(text.utf8))
        }

        /// The response in bytes, with a Content-Length.
        package var bytes: [UInt8] {
            let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
            return Array("HTTP/1.1 \(status) Status\r\n\(lines)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        }
    }

    /// Returns a server that responds to every request of every connection and keeps connections open, like a real one.
    package static func answering(
        tls certificate: TLSCertificate? = nil,
        _ answer: @escaping @Sendable (_ request: Request) throws -> Response = { _ in Response() }
    ) throws -> ScriptedServer {
        try ScriptedServer(tls: certificate) { connection in
            while let request = try connection.readRequest() { try connection.answer(answer(request)) }
        }
    }
}

extension ScriptedServer.Connection {
    /// Writes an ordinary response.
    package func answer(_ answer: ScriptedServer.Response = ScriptedServer.Response()) throws {
        try send(answer.bytes)
    }
}
