import Foundation

extension Ministack {
    /// Invokes a function by Lambda's API, like Amazon Connect and Alexa, and waits for its outcome.
    ///
    /// - Parameter fields: Further headers, which are not signed.
    package func invoke(
        _ function: String, _ event: [UInt8], fields: [String: String] = [:]
    ) async throws -> InvocationOutcome {
        let answer = try await send(
            "POST", "/2015-03-31/functions/\(function)/invocations", to: .lambda,
            fields: ["Content-Type": "application/json"], unsigned: fields, body: event)
        return answer.fields["X-Amz-Function-Error"] == nil ? .answer(answer.body) : .functionError(answer.body)
    }

    /// Sends a request to a URL of this AWS: an HTTP API's, under its own host name, or a presigned one.
    package func request(
        _ method: String, _ url: String, fields: [String: String] = [:], body: [UInt8] = []
    ) async throws -> HTTPMessage {
        let address = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard address.count == 3, address[0] == "http:" else {
            throw LocalAWSError("\(url) is no http URL.")
        }
        let host = address[2].prefix { $0 != "/" && $0 != "?" }
        let path = address[2].dropFirst(host.count)
        guard host.hasSuffix(":\(port)") else { throw LocalAWSError("\(host) is not the local AWS.") }
        return try await LocalHTTP.send(
            method, path.hasPrefix("/") ? String(path) : "/\(path)", port: port, host: String(host), fields: fields,
            body: body)
    }
}
