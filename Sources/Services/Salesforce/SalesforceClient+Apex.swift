import Calling
import Encoding
import HTTPTypes
package import JSON

extension SalesforceClient {
    /// Calls an Apex REST endpoint of the org, `POST {instance_url}/services/apexrest/<path>`; returns its JSON.
    ///
    /// `path` is a path of the class's `urlMapping`, such as `v1/Details/`: letters, digits and `-._~` between slashes.
    /// Any status from 200 to 299 is a success, and an empty body is null: the method reports its own success in the
    /// JSON. Unless it is marked as idempotent, a call whose outcome is unknown is not repeated. "Exposing Apex Classes
    /// as REST Web Services" in Salesforce's Apex Developer Guide.
    package nonisolated(nonsending) func callApex(
        path: String, json: [UInt8], isIdempotent: Bool = false, _ call: SalesforceCall
    ) async throws(SalesforceError) -> JSONValue {
        let action = "Apex call"
        guard Self.isApexPath(path) else { throw SalesforceError(.invalid, .notSent, action: action) }
        var authenticated = AuthenticatedCall(self, call)
        let request = SalesforceRequest(
            action: action, method: .post, path: "/services/apexrest/\(path)", body: json, isIdempotent: isIdempotent)
        let answer = try await authenticated.answer(to: request, expecting: Set(200...299))
        guard !answer.body.isEmpty else { return .null }
        guard let value = try? JSONValue(parsing: answer.body) else {
            throw SalesforceError(.unreadable, .unknown, action: action, status: answer.status)
        }
        return value
    }

    /// Returns true for a path without steps up, a query or escapes; only the last segment may be empty.
    private static func isApexPath(_ path: String) -> Bool {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false)
        if segments.count > 1, segments.last?.isEmpty == true { segments.removeLast() }
        return segments.allSatisfy { segment in
            !segment.isEmpty && segment != "." && segment != ".."
                && segment.utf8.allSatisfy { byte in
                    byte.isASCIILetterOrDigit || "-._~".utf8.contains(byte)
                }
        }
    }
}
