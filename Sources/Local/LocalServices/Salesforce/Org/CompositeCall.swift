import Foundation
import JSON

/// One call of a composite ("Composite Subrequest" in the REST API Developer Guide).
struct CompositeCall {
    let method: String
    let url: String
    let reference: String
    let headers: [String: String]
    let body: JSONValue?

    private static let inherited = ["accept", "authorization", "content-type"]
    private static let methods = ["POST", "PUT", "PATCH", "GET", "DELETE"]

    /// Reads a call; a fault in its form fails the whole request.
    ///
    /// A reference id begins with a letter or digit, has letters, digits and underscores, and belongs to one call alone
    /// (since version 52.0). Accept, Authorization and Content-Type are those of the whole request, and may not be given again.
    init(_ request: JSONValue, after others: [CompositeCall]) throws(SalesforceFailure) {
        guard let members = request.object else {
            throw SalesforceFailure("JSON_PARSER_ERROR", "A subrequest is not a JSON object at [line:1, column:1]")
        }
        try SalesforceOrg.checkMembers(members, ["method", "url", "referenceId", "httpHeaders", "body"])
        guard
            let method = members["method"]?.string, let url = members["url"]?.string,
            let reference = members["referenceId"]?.string
        else {
            throw SalesforceFailure("JSON_PARSER_ERROR", "a composite subrequest needs method, url and referenceId")
        }
        guard Self.methods.contains(method) else {
            throw SalesforceFailure(
                "INVALID_INPUT", "The method '\(method)' is none of \(Self.methods.joined(separator: ", "))")
        }
        guard url.hasPrefix("/services/data/v") else {
            throw SalesforceFailure("INVALID_INPUT", "The URL of a subrequest must start with /services/data/vXX.X/")
        }
        guard reference.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9_]*/) != nil else {
            throw SalesforceFailure("INVALID_INPUT", Self.form(of: reference))
        }
        guard !others.contains(where: { $0.reference == reference }) else {
            throw SalesforceFailure("INVALID_INPUT", "The reference ID '\(reference)' is not unique")
        }
        let headers = members["httpHeaders"]?.object ?? [:]
        if let header = headers.keys.first(where: { Self.inherited.contains($0.lowercased()) }) {
            throw SalesforceFailure("INVALID_INPUT", "The header \(header) cannot be specified in a subrequest")
        }
        self.init(method, url, reference, headers.compactMapValues(\.string), members["body"])
    }

    private init(
        _ method: String, _ url: String, _ reference: String, _ headers: [String: String], _ body: JSONValue?
    ) {
        self.method = method
        self.url = url
        self.reference = reference
        self.headers = headers
        self.body = body
    }

    /// The URL without its query.
    var path: String { String(url.prefix { $0 != "?" }) }

    var isQueryOrCollection: Bool {
        path.firstMatch(of: #/^/services/data/v\d\d\.0/(query|queryAll|composite)(/|$)/#) != nil
    }

    /// Returns the call for the org to carry out; resources that a composite does not take are refused.
    func dataCall() throws(SalesforceFailure) -> DataCall {
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let call = try DataCall(
            method: method, path: path, query: parts.count > 1 ? String(parts[1]) : nil, body: body?.bytes ?? [],
            assignment: headers.first { $0.key.lowercased() == "sforce-auto-assign" }?.value)
        let isCollection = call.segments[0] == "composite" && call.segments.count > 1 && call.segments[1] == "sobjects"
        guard ["sobjects", "query"].contains(call.segments[0]) || isCollection else {
            throw SalesforceFailure("INVALID_INPUT", "A composite cannot contain a call of \(call.segments[0])")
        }
        return call
    }

    // MARK: References

    /// Returns the call with the values that its references name, in the URL and in all strings of the body.
    func resolved(_ earlier: [String: SalesforceOrgResponse]) throws(SalesforceFailure) -> CompositeCall {
        let url = try Self.resolved(url, isURL: true, earlier)
        let body = try body.map { value throws(SalesforceFailure) in try Self.resolved(value, earlier) }
        return CompositeCall(method, url.scalarText ?? "", reference, headers, body)
    }

    private static func resolved(
        _ value: JSONValue, _ earlier: [String: SalesforceOrgResponse]
    ) throws(SalesforceFailure) -> JSONValue {
        switch value {
        case .string(let text): return try resolved(text, isURL: false, earlier)
        case .array(let values):
            var all: [JSONValue] = []
            for value in values { all.append(try resolved(value, earlier)) }
            return .array(all)
        case .object(let members):
            var all: [String: JSONValue] = [:]
            for (name, value) in members { all[name] = try resolved(value, earlier) }
            return .object(all)
        default: return value
        }
    }

    /// Returns the text with what `@{reference.path}` stands for; a text that is a reference alone becomes its value.
    ///
    /// Everything between `@{` and the next `}` is read as one, also where somebody else's text brings it. In a URL it may
    /// be percent-encoded.
    private static func resolved(
        _ text: String, isURL: Bool, _ earlier: [String: SalesforceOrgResponse]
    ) throws(SalesforceFailure) -> JSONValue {
        let pattern = isURL ? #/(?:@|%40)(?:\{|%7[Bb])(.*?)(?:\}|%7[Dd])/# : #/@\{(.*?)\}/#.dotMatchesNewlines()
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: pattern) {
            let name = isURL ? String(match.1).removingPercentEncoding ?? "" : String(match.1)
            let value = try Self.value(name, earlier)
            if match.range == text.startIndex..<text.endIndex { return value }
            let shown = value.scalarText ?? ""
            result += rest[..<match.range.lowerBound]
            result += isURL ? shown.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" : shown
            rest = rest[match.range.upperBound...]
        }
        return .string(result + rest)
    }

    /// Returns the value at a path such as `person.records[0].Id`. One that is null counts as a value since version 52.0; a
    /// call that failed has none ("Behavior for References to Null Fields").
    private static func value(
        _ path: String, _ earlier: [String: SalesforceOrgResponse]
    ) throws(SalesforceFailure) -> JSONValue {
        let name = String(path.prefix { $0 != "." && $0 != "[" })
        let failure = SalesforceFailure(
            "PROCESSING_HALTED",
            "Invalid reference specified. No value for \(path) found in \(name). \(form(of: path))")
        guard let answer = earlier[name], answer.status < 300, var value = answer.body else { throw failure }
        var rest = path.dropFirst(name.count)
        while let step = rest.prefixMatch(of: #/\.([^.\[\]]+)|\[(\d+)\]/#) {
            if let member = step.1, let next = value.object?[String(member)] {
                value = next
            } else if let index = step.2.flatMap({ Int($0) }), let list = value.array, list.indices.contains(index) {
                value = list[index]
            } else {
                throw failure
            }
            rest = rest[step.range.upperBound...]
        }
        guard rest.isEmpty, value.object == nil, value.array == nil, !path.dropFirst(name.count).isEmpty else {
            throw failure
        }
        return value
    }

    private static func form(of reference: String) -> String {
        "Provided referenceId ('\(reference)') must start with a letter or a number, and it can contain only letters, numbers "
            + "and underscores ('_')."
    }
}
