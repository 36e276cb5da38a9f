import Foundation
import JSON
import Settings

/// A local HTTP API on a free port of 127.0.0.1, in front of local functions.
///
/// It turns each request that matches a route into an event of payload format 2.0, and the function's response into an
/// HTTP response, like API Gateway. AWS's page: "Create AWS Lambda proxy integrations for HTTP APIs".
package struct FunctionFront: Sendable {
    private let server: LoopbackServer

    /// Serves one function, which gets every request, until `stop`.
    package init(_ function: FunctionPool) async throws {
        try await self.init(.all(to: "")) { _ in function }
    }

    /// Serves the functions of the routes until `stop`.
    ///
    /// - Parameter function: Returns the processes of the function of that name; an error of it becomes a response with
    ///   500.
    package init(
        _ routes: HTTPRoutes, function: @escaping @Sendable (_ name: String) async throws -> FunctionPool
    ) async throws {
        server = try await LoopbackServer { connection in
            var connection = connection
            while true {
                let request = try await connection.readMessage(limit: 10 << 20)
                let answer: [UInt8]
                if request.bodyIsTooLarge {
                    answer = Self.message(413, "Request Entity Too Large")
                } else if let match = routes.match(request.method, Self.parts(of: request.path).path) {
                    let pool = try? await function(match.function)
                    let outcome = await pool?.invoke(Self.event(request, match))
                    answer = outcome.map(Self.answer) ?? Self.message(500, "Internal Server Error")
                } else {
                    answer = Self.message(404, "Not Found")
                }
                try await connection.write(answer)
                if request.fields["Connection"]?.lowercased() == "close" { return }
            }
        }
    }

    /// `http://127.0.0.1:…`, without a trailing slash.
    package var url: String { "http://127.0.0.1:\(server.port)" }

    /// Posts a form to a path of the API and returns the response.
    package func post(
        _ path: String, fields: [String: String] = [:], body: [UInt8]
    ) async throws -> (status: Int, body: [UInt8]) {
        let answer = try await LocalHTTP.send("POST", path, port: server.port, fields: fields, body: body)
        return (answer.status ?? 0, answer.body)
    }

    /// Gets a path of the API, its query with it, and returns the response and where it leads.
    package func get(_ path: String) async throws -> (status: Int, location: String?, body: [UInt8]) {
        let answer = try await LocalHTTP.send("GET", path, port: server.port)
        return (answer.status ?? 0, answer.fields["Location"], answer.body)
    }

    /// Closes the port and every connection.
    package func stop() async {
        await server.stop()
    }

    private static func parts(of target: String) -> (path: String, query: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }

    private static func event(_ request: HTTPMessage, _ match: HTTPRoutes.Match) -> [UInt8] {
        let (path, query) = parts(of: request.path)
        var headers: [String: JSONValue] = [:]
        for field in request.fields.fields where field.name.lowercased() != "cookie" {
            let name = field.name.lowercased()
            headers[name] = .string(headers[name]?.string.map { "\($0),\(field.value)" } ?? field.value)
        }
        var event: [String: JSONValue] = [
            "version": .string("2.0"), "routeKey": .string(match.key), "rawPath": .string(path),
            "rawQueryString": .string(query), "headers": .object(headers),
            "requestContext": .object([
                "accountId": .string("123456789012"), "apiId": .string("local"), "domainName": .string("127.0.0.1"),
                "stage": .string("$default"), "routeKey": .string(match.key),
                "requestId": .string(UUID().uuidString),
                "timeEpoch": .number(Int(Date.now.timeIntervalSince1970 * 1000)),
                "http": .object([
                    "method": .string(request.method), "path": .string(path), "protocol": .string("HTTP/1.1"),
                    "sourceIp": .string("127.0.0.1"), "userAgent": headers["user-agent"] ?? .string(""),
                ]),
            ]), "isBase64Encoded": .bool(false),
        ]
        if !match.parameters.isEmpty {
            event["pathParameters"] = .object(match.parameters.mapValues(JSONValue.string))
        }
        if let cookies = request.fields["Cookie"] {
            event["cookies"] = .array(
                cookies.split(separator: ";").map { .string($0.trimmingCharacters(in: .whitespaces)) })
        }
        if let fields = FormData.decoded(query), !fields.isEmpty {
            event["queryStringParameters"] = .object(fields.mapValues(JSONValue.string))
        }
        if !request.body.isEmpty {
            let type = request.fields["Content-Type"]?.lowercased() ?? ""
            let isText = ["text/", "application/json", "application/xml", "application/javascript"]
                .contains { type.hasPrefix($0) }
            if isText, let text = String(validating: request.body, as: UTF8.self) {
                event["body"] = .string(text)
            } else {
                event["body"] = .string(Data(request.body).base64EncodedString())
                event["isBase64Encoded"] = .bool(true)
            }
        }
        return JSONValue.object(event).bytes
    }

    static func answer(_ outcome: InvocationOutcome) -> [UInt8] {
        guard case .answer(let bytes) = outcome, let answer = try? JSONValue(parsing: bytes) else {
            return message(500, "Internal Server Error")
        }
        // A response without a status is a body by itself.
        guard let status = answer["statusCode"]?.int, 100...599 ~= status else {
            return encoded(200, [("content-type", "application/json")], bytes)
        }
        let text = answer["body"]?.string ?? ""
        let body =
            answer["isBase64Encoded"] == .bool(true) ? Data(base64Encoded: text).map { Array($0) } : Array(text.utf8)
        guard let body else { return message(500, "Internal Server Error") }
        var fields = (answer["headers"]?.object ?? [:]).sorted { $0.key < $1.key }
            .map { ($0.key, $0.value.string ?? $0.value.text) }
            .filter { !["content-length", "connection", "transfer-encoding"].contains($0.0.lowercased()) }
        fields += (answer["cookies"]?.array ?? []).compactMap(\.string).map { ("set-cookie", $0) }
        return encoded(status, fields, body)
    }

    private static func message(_ status: Int, _ text: String) -> [UInt8] {
        encoded(status, [("content-type", "application/json")], Array("{\"message\":\"\(text)\"}".utf8))
    }

    private static func encoded(_ status: Int, _ fields: [(String, String)], _ body: [UInt8]) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) Answer", "Content-Length: \(body.count)"] + fields.map { "\($0.0): \($0.1)" }
        return Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8) + body
    }
}
