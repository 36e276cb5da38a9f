import Foundation
package import JSON
package import LocalServices

/// A request to the console's API, taken apart.
package struct ConsoleRequest: Sendable {
    package let method: String
    /// The segments of the path after `/api/`, percent-decoded.
    package let path: [String]
    /// The parameters of the query; of several with one name the last.
    package let query: [String: String]
    /// The body, as JSON; an empty object without one.
    package let body: JSONValue
    /// The value of the Range header.
    package let range: String?

    /// Returns nil for a path that is not percent-encoded UTF-8, and for a body that is not JSON.
    package init?(_ message: HTTPMessage) {
        guard let parts = URLComponents(string: message.path) else { return nil }
        var path: [String] = []
        for segment in parts.percentEncodedPath.split(separator: "/") {
            guard let decoded = String(segment).removingPercentEncoding else { return nil }
            path.append(decoded)
        }
        guard path.first == "api" else { return nil }
        method = message.method
        self.path = Array(path.dropFirst())
        query = Dictionary((parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { $1 }
        range = message.fields["Range"]
        guard !message.body.isEmpty else {
            body = [:]
            return
        }
        guard let body = try? JSONValue(parsing: message.body) else { return nil }
        self.body = body
    }
}
