import LocalServices

/// An HTTP API in front of functions: the command's own, or a stack's.
protocol HTTPFront: Sendable {
    /// Posts to a path of the API, which begins with a slash, and returns the response.
    func post(_ path: String, fields: [String: String], body: [UInt8]) async throws -> (status: Int, body: [UInt8])
    /// Gets a path of the API, its query with it, and returns the response and where it leads.
    func get(_ path: String) async throws -> (status: Int, location: String?, body: [UInt8])
}

extension FunctionFront: HTTPFront {}
