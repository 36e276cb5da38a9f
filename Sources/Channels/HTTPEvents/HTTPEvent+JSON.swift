import Encoding
package import JSON

extension HTTPEvent: JSONReadable {
    /// Throws `Function.InvalidRequest` for a value that is not an HTTP event of any form.
    package init(_ event: JSONValue) throws {
        let context = event.object(.requestContext)
        if let http = context?.object(.http) {
            self.init(
                form: Self.isFunctionURL(context) ? .functionURL : .v2,
                method: try http.method("requestContext.http", .method))
            rawPath = Self.absolute(event.text(.rawPath) ?? http.text(.path))
            path = Self.withoutBase(rawPath, route: event.route(event.text(.routeKey)), stage: context?.text(.stage))
            rawQuery = event.text(.rawQueryString) ?? Self.query(in: event, isEncoded: false)
            sourceAddress = http.text(.sourceIp)
        } else {
            let isBalancer = context?.object?[Key.elb.rawValue] != nil
            let isMultiValue = event.object(.multiValueHeaders) != nil
            self.init(
                form: !isBalancer ? .v1 : isMultiValue ? .albMultiValue : .alb,
                method: try event.method(nil, .httpMethod))
            path = Self.absolute(event.text(.path))
            rawPath = isBalancer ? path : context?.text(.path).map { Self.absolute($0) } ?? path
            // A REST API leaves its stage out of `path`; an HTTP API that speaks format 1.0 does not, and a custom
            // domain's base path is in both.
            if !isBalancer, path == rawPath {
                path = Self.withoutBase(path, route: event.route(event.text(.resource)), stage: context?.text(.stage))
            }
            rawQuery = Self.query(in: event, isEncoded: isBalancer)
        }
        headers = Self.headers(in: event)
        cookies = event.texts(.cookies) ?? Self.cookies(in: headers)
        if sourceAddress == nil {
            sourceAddress =
                form == .v1 ? context?.object(.identity)?.text(.sourceIp) : Self.lastForwarded(headers)
        }
        stage = context?.text(.stage)
        if let text = event.text(.body) {
            content = event[Key.isBase64Encoded.rawValue]?.bool == true ? .base64(text) : .text(text)
        }
    }

    /// Returns true for a function URL, whose host is `<id>.lambda-url.<region>.on.aws`; no other member distinguishes
    /// it from an HTTP API.
    private static func isFunctionURL(_ context: JSONValue?) -> Bool {
        context?.text(.domainName)?.containsBytes(of: ".lambda-url.") == true
    }

    private static func absolute(_ path: String?) -> String {
        guard let path, !path.isEmpty else { return "/" }
        return path.utf8.first == UInt8(ascii: "/") ? path : "/\(path)"
    }

    /// Returns the query, percent-encoded. A load balancer passes parameters on as they were sent; API Gateway decodes
    /// them.
    private static func query(in event: JSONValue, isEncoded: Bool) -> String {
        let several = event.multiValues(.multiValueQueryStringParameters) ?? [:]
        let parameters = several.isEmpty ? event.multiValues(.queryStringParameters) ?? [:] : several
        func written(_ text: String) -> String { isEncoded ? text : PercentEncoding.encode(text) }
        return parameters.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { "\(written(name))=\(written($0))" }
        }.joined(separator: "&")
    }

    private static func headers(in event: JSONValue) -> HTTPHeaders {
        var headers = HTTPHeaders()
        var known: Set<[UInt8]> = []
        for key in [Key.multiValueHeaders, .headers] {
            let fields = (event.multiValues(key) ?? [:]).sorted { $0.key < $1.key }
                .map { (name: $0.key, folded: $0.key.utf8.map(\.lowercasedASCII), values: $0.value) }
            for field in fields where !known.contains(field.folded) {
                for value in field.values { headers.append(field.name, value) }
            }
            if key == .multiValueHeaders { known.formUnion(fields.filter { !$0.values.isEmpty }.map(\.folded)) }
        }
        return headers
    }

    private static func cookies(in headers: HTTPHeaders) -> [String] {
        headers.values(of: "Cookie").flatMap { $0.parts(at: ";") }.map { cookie in
            String(cookie.drop { $0 == " " })
        }.filter { !$0.isEmpty }
    }

    private static func lastForwarded(_ headers: HTTPHeaders) -> String? {
        headers.values(of: "X-Forwarded-For").last?.parts(at: ",").last.map { address in
            String(address.filter { $0 != " " })
        }
    }
}

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
