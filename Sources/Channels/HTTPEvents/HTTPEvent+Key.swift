import JSON

extension HTTPEvent {
    /// The names in the four forms that are read.
    enum Key: String {
        case requestContext, http, elb, identity, stage, domainName, sourceIp, method
        case httpMethod, path, rawPath, rawQueryString, queryStringParameters, multiValueQueryStringParameters
        case resource, routeKey, pathParameters
        case headers, multiValueHeaders, cookies, body, isBase64Encoded
    }
}

extension JSONValue {
    /// A text; nil when there is none, or something else stands there.
    func text(_ key: HTTPEvent.Key) -> String? { self[key.rawValue]?.string }

    /// A text, or the texts of a list, as a list; nil when there is nothing.
    func texts(_ key: HTTPEvent.Key) -> [String]? { self[key.rawValue]?.texts }

    func object(_ key: HTTPEvent.Key) -> JSONValue? {
        self[key.rawValue].flatMap { $0.object == nil ? nil : $0 }
    }

    /// An object of texts or lists of texts; a value of any other kind is left out.
    func multiValues(_ key: HTTPEvent.Key) -> [String: [String]]? {
        self[key.rawValue]?.object?.mapValues(\.texts)
    }

    /// The request's method. Throws `InvalidInput` when there is none; `place` is for its sentence.
    func method(_ place: String?, _ key: HTTPEvent.Key) throws -> String {
        if let method = text(key) { return method }
        let path = [place, key.rawValue].compactMap { $0 }.joined(separator: ".")
        throw InvalidInput("The event is not an HTTP request: it has no string `\(path)`.")
    }

    private var texts: [String] { string.map { [$0] } ?? array?.compactMap(\.string) ?? [] }
}
