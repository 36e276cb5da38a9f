extension Moto {
    /// Fetches a URL that a function returned; nil when it does not point to this AWS.
    package func fetch(_ url: String) async throws -> (status: Int, bytes: [UInt8])? {
        guard url.hasPrefix("\(endpoint)/") else { return nil }
        let answer = try await LocalHTTP.send("GET", String(url.dropFirst(endpoint.count)), port: port)
        return (answer.status ?? 0, answer.body)
    }
}
