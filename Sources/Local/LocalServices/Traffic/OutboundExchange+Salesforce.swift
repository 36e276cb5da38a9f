import Encoding
import JSON
import Timeline

extension OutboundExchange {
    /// A read, a write or a sign-in.
    var salesforceEvent: TimelineEvent {
        let (path, query) = (String(self.path.prefix { $0 != "?" }), String(self.path.drop { $0 != "?" }.dropFirst()))
        let input = try? JSONValue(parsing: request.body)
        let result = response.flatMap { try? JSONValue(parsing: $0.body) }
        let ending = status.map(String.init) ?? "no response"
        if path.hasSuffix("/oauth2/token") {
            return TimelineEvent(
                .salesforce, "signIn", "Salesforce: signs in → \(ending)", outcome: outcome, milliseconds: milliseconds,
                detail: .object(detail))
        }
        let parts = (input?["compositeRequest"] ?? input?["graphs"])?.array ?? []
        let queries = parts.compactMap { $0["url"]?.string.flatMap(Self.soql) }
        let soql = Self.soql(in: "?\(query)") ?? (queries.isEmpty ? nil : queries.joined(separator: "\n"))
        let object = Self.object(in: path)
        let isSearch = path.containsBytes(of: "/parameterizedSearch") || path.containsBytes(of: "/search")
        let writes =
            request.method != "GET" && !isSearch
            && (parts.isEmpty || parts.contains { $0["method"]?.string.map { $0 != "GET" } ?? true })
        let verb = ["POST": "creates", "PATCH": "updates", "DELETE": "deletes"][request.method] ?? "reads"
        let words: String =
            if !parts.isEmpty {
                Self.words(of: parts)
            } else if let soql {
                soql
            } else if isSearch {
                "searches \(input?["q"]?.string ?? "")"
            } else {
                "\(writes ? verb : "reads") \(object ?? path)"
            }
        return TimelineEvent(
            .salesforce, writes ? "write" : "read", "Salesforce: \(words) → \(ending)", outcome: outcome,
            milliseconds: milliseconds,
            detail: .members([
                "method": .string(request.method), "path": .string(self.path), "object": object.map(JSONValue.string),
                "status": status.map(JSONValue.number), "soql": soql.map(JSONValue.string),
                "record": input, "result": result,
            ]))
    }

    /// Returns the query of `/services/data/v62.0/query?q=…`; nil for any other URL.
    private static func soql(in url: String) -> String? {
        FormData.decoded(String(url.drop { $0 != "?" }.dropFirst()))?["q"]
    }

    /// Returns the object of `/services/data/v62.0/sobjects/<object>/…`.
    private static func object(in path: String) -> String? {
        let steps = path.parts(at: "/").map { String($0) }
        guard let place = steps.firstIndex(of: "sobjects"), place + 1 < steps.count else { return nil }
        return steps[place + 1]
    }

    /// Returns the parts of a composite: `reads, creates Lead`.
    private static func words(of parts: [JSONValue]) -> String {
        let words = parts.map { part in
            let method = part["method"]?.string ?? ""
            let url = part["url"]?.string ?? ""
            if let soql = soql(in: url) { return soql }
            let object = object(in: String(url.prefix { $0 != "?" })) ?? ""
            let verb = ["POST": "creates", "PATCH": "writes", "DELETE": "deletes"][method] ?? "reads"
            return object.isEmpty ? verb : "\(verb) \(object)"
        }
        return words.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }.joined(separator: ", ")
    }
}
