import HTTPClient
import HTTPTypes
import TestSupport
import Testing

extension HTTPRequest {
    /// Returns a request to a scripted server.
    static func make(
        _ method: HTTPRequest.Method, _ server: ScriptedServer, _ path: String = "/", _ fields: HTTPFields = [:]
    ) -> HTTPRequest {
        make(method, server.authority, path, fields)
    }

    /// Returns a GET to a scripted server.
    static func make(_ server: ScriptedServer, _ path: String = "/", _ fields: HTTPFields = [:]) -> HTTPRequest {
        make(.get, server.authority, path, fields)
    }

    static func make(
        _ method: HTTPRequest.Method, _ authority: String, _ path: String = "/", _ fields: HTTPFields = [:]
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: fields)
    }
}

extension ContinuousClock.Instant {
    /// A deadline that no test should reach.
    static var soon: ContinuousClock.Instant { .now + .seconds(20) }
}

extension CurlClient {
    /// Creates a client that sees only the given variables.
    convenience init(variables: [String: String]) {
        self.init(Configuration { variables[$0] })
    }
}

/// Returns the error of a call that must fail.
func failure(
    _ call: () async throws(HTTPClientError) -> (head: HTTPResponse, body: [UInt8]),
    _ location: SourceLocation = #_sourceLocation
) async -> HTTPClientError? {
    do throws(HTTPClientError) {
        let answer = try await call()
        Issue.record("answered \(answer.head.status) instead of failing", sourceLocation: location)
        return nil
    } catch {
        return error
    }
}
