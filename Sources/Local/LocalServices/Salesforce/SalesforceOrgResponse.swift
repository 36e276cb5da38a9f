import JSON
import Settings

/// One response of the local Salesforce.
struct SalesforceOrgResponse: Sendable, Equatable {
    let status: Int
    var fields: [String: String] = [:]
    /// Nil for no body.
    let body: JSONValue?
    /// A body that is not JSON, in place of `body`.
    var page: String?
    /// The delay before the response is sent.
    var delay: Duration?

    init(_ status: Int, _ body: JSONValue? = nil, fields: [String: String] = [:]) {
        self.status = status
        self.body = body
        self.fields = fields
    }

    /// Returns the error array of a data call.
    static func error(_ status: Int, _ code: String, _ message: String, fields names: [String]? = nil) -> Self {
        Self(status, .array([SalesforceFailure(status, code, message, fields: names).json]))
    }

    /// Returns the error object of a failed sign-in.
    static func signInError(_ error: String, _ description: String) -> Self {
        Self(400, .object(["error": .string(error), "error_description": .string(description)]))
    }

    var bytes: [UInt8] {
        let content = page.map { Array($0.utf8) } ?? body?.bytes ?? []
        var lines = ["HTTP/1.1 \(status) \(Self.reasons[status] ?? "Answer")"]
        if !content.isEmpty {
            lines.append("Content-Type: \(page == nil ? "application/json;charset=UTF-8" : "text/html")")
        }
        if status != 204 {
            lines.append("Content-Length: \(content.count)")
        }
        lines += fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8) + content
    }

    private static let reasons = [
        200: "OK", 201: "Created", 204: "No Content", 300: "Multiple Choices", 400: "Bad Request", 401: "Unauthorized",
        403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 412: "Precondition Failed", 414: "URI Too Long",
        415: "Unsupported Media Type", 431: "Request Header Fields Too Large", 500: "Server Error", 502: "Bad Gateway",
        503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}

/// The refusal of a data call, or of one record of it.
struct SalesforceFailure: Error, Sendable, Equatable {
    let status: Int
    let code: String
    let message: String
    let fields: [String]?

    init(_ status: Int, _ code: String, _ message: String, fields: [String]? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
    }

    /// A refusal with 400.
    init(_ code: String, _ message: String, fields: [String]? = nil) {
        self.init(400, code, message, fields: fields)
    }

    static func malformedQuery(_ message: String) -> Self {
        Self("MALFORMED_QUERY", message)
    }

    /// The result of a call or row that was undone since another one failed.
    static let rolledBack = Self(
        "PROCESSING_HALTED",
        "The transaction was rolled back since another operation in the same transaction failed.")

    static let convertedLead = Self("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead")

    static let notFound = Self(404, "NOT_FOUND", "The requested resource does not exist")

    /// The form in the array of a failed call.
    var json: JSONValue {
        var members: [String: JSONValue] = ["errorCode": .string(code), "message": .string(message)]
        members["fields"] = fields.map { .array($0.map(JSONValue.string)) }
        return .object(members)
    }

    /// The form in the result of one record of a collection.
    var result: JSONValue {
        let error: [String: JSONValue] = [
            "statusCode": .string(code), "message": .string(message),
            "fields": .array((fields ?? []).map(JSONValue.string)),
        ]
        return .object(["success": .bool(false), "errors": .array([.object(error)])])
    }
}
