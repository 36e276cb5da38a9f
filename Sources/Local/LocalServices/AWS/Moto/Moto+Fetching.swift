extension Moto {
    /// Fetches a URL that a function returned; nil when it does not point to this AWS.
    package func fetch(_ url: String) async throws -> (status: Int, bytes: [UInt8])? {
        guard url.hasPrefix("\(endpoint)/") else { return nil }
        let answer = try await LocalHTTP.send("GET", String(url.dropFirst(endpoint.count)), port: port)
        return (answer.status ?? 0, answer.body)
    }

    /// Throttles every request of a function, or ends it: 400 ThrottlingException, 429 from SES, 503 SlowDown from S3.
    package func throttle(_ isOn: Bool) async throws {
        let answer = try await LocalHTTP.send(
            "PUT", MotoLauncher.throttlePath, port: port, body: Array((isOn ? "on" : "off").utf8))
        guard answer.status == 204 else { throw LocalAWSError("The local AWS did not take it: \(answer.startLine).") }
    }
}
