import Foundation
import JSON

/// One data call, taken apart.
struct DataCall {
    let method: String
    /// The segments of the path after `/services/data/vNN.N/`, percent-decoded.
    let segments: [String]
    /// `/services/data/vNN.N`.
    let base: String
    let query: [String: String]
    let contentType: String
    let body: [UInt8]
    /// True when the caller saves duplicates nevertheless (`Sforce-Duplicate-Rule-Header`).
    let allowsDuplicates: Bool
    /// The batch size that `Sforce-Query-Options` asks for.
    let batchSize: Int?
    /// True when assignment rules run on the records that are written (`Sforce-Auto-Assign`, anything but FALSE).
    let assignsOwners: Bool

    init(_ request: HTTPMessage, path: String, query: String?) throws(SalesforceFailure) {
        let options = request.fields["Sforce-Query-Options"]?.replacing(" ", with: "").lowercased() ?? ""
        let duplicates = request.fields["Sforce-Duplicate-Rule-Header"]?.replacing(" ", with: "").lowercased() ?? ""
        try self.init(
            method: request.method, path: path, query: query, contentType: request.fields["Content-Type"] ?? "",
            body: request.body, allowsDuplicates: duplicates.contains("allowsave=true"),
            batchSize: options.hasPrefix("batchsize=") ? Int(options.dropFirst(10)) : nil,
            assignment: request.fields["Sforce-Auto-Assign"])
    }

    init(
        method: String, path: String, query: String?, contentType: String = "application/json", body: [UInt8],
        allowsDuplicates: Bool = false, batchSize: Int? = nil, assignment: String? = nil
    ) throws(SalesforceFailure) {
        guard let match = path.wholeMatch(of: #/(/services/data/v\d\d\.0)/(.+)/#) else { throw .notFound }
        var segments: [String] = []
        // `/query/?q=` is the form of many clients.
        let rest = match.2.hasSuffix("/") ? match.2.dropLast() : match.2
        for segment in rest.split(separator: "/", omittingEmptySubsequences: false) {
            guard let decoded = String(segment).removingPercentEncoding, !decoded.isEmpty else { throw .notFound }
            segments.append(decoded)
        }
        guard let fields = FormData.decoded(query ?? "") else {
            throw SalesforceFailure("MALFORMED_QUERY", "the query string is not percent-encoded UTF-8")
        }
        self.method = method
        self.segments = segments
        self.base = String(match.1)
        self.query = fields
        self.contentType = contentType.lowercased()
        self.body = body
        self.allowsDuplicates = allowsDuplicates
        self.batchSize = batchSize
        assignsOwners = assignment?.uppercased() != "FALSE"
    }

    /// True when an upsert that updates returns 204 and no body: in versions before v46.0.
    var hasQuietUpdates: Bool {
        base.split(separator: "/").last?.dropFirst().split(separator: ".").first.flatMap { Int($0) } ?? 0 < 46
    }

    /// Returns the body as a JSON object.
    func object() throws(SalesforceFailure) -> [String: JSONValue] {
        guard contentType.hasPrefix("application/json") else {
            throw SalesforceFailure(
                415, "UNSUPPORTED_MEDIA_TYPE", "Content type '\(contentType)' is not supported: send application/json")
        }
        guard case .object(let members)? = try? JSONValue(parsing: body) else {
            throw SalesforceFailure("JSON_PARSER_ERROR", "The body is not a JSON object at [line:1, column:1]")
        }
        return members
    }

    func allow(_ methods: String...) throws(SalesforceFailure) {
        guard methods.contains(method) else {
            throw SalesforceFailure(
                405, "METHOD_NOT_ALLOWED",
                "HTTP Method '\(method)' not allowed. Allowed are \(methods.joined(separator: ","))")
        }
    }
}
