import Encoding
import JSON

extension HTTPEventResponse {
    /// The response to an HTTP event in the form that a Lambda function returns.
    package struct Encoded: Encodable, Sendable, Equatable {
        package var statusCode: Int
        /// The status line's text for a load balancer, such as `404 Not Found`.
        package var statusDescription: String?
        package var headers: [String: String]?
        package var multiValueHeaders: [String: [String]]?
        /// The values of Set-Cookie, in the forms that have a member for them.
        package var cookies: [String]?
        package var body: String
        package var isBase64Encoded: Bool
    }

    /// The answer in the event's form, as the JSON that Lambda hands on.
    package func encodedBytes(for event: HTTPEvent) throws -> [UInt8] {
        try JSONText.encode(encoded(for: event))
    }

    /// The answer in the event's own form; one to HEAD has no body.
    package func encoded(for event: HTTPEvent) -> Encoded {
        var answer = self
        if event.method == "HEAD" { answer.body = [] }
        return answer.encoded(for: event.form)
    }

    /// Returns the response in a form. A UTF-8 body is sent as a string, any other as base64.
    package func encoded(for form: HTTPEvent.Form) -> Encoded {
        let body = status == 204 || status == 304 ? [] : self.body
        let text = String(validating: body, as: UTF8.self)
        var encoded = Encoded(
            statusCode: status, body: text ?? Base64.encode(body), isBase64Encoded: text == nil)
        let fields = groupedHeaders
        switch form {
        case .v2, .functionURL:
            let cookies = fields.first { $0.name.isSameHeaderName(as: "Set-Cookie") }?.values
            encoded.cookies = cookies
            encoded.headers = Self.joined(fields.filter { !$0.name.isSameHeaderName(as: "Set-Cookie") })
        case .v1:
            encoded.headers = Self.joined(fields.filter { $0.values.count == 1 })
            let repeated = fields.filter { $0.values.count > 1 }.map { ($0.name, $0.values) }
            encoded.multiValueHeaders = repeated.isEmpty ? nil : Dictionary(uniqueKeysWithValues: repeated)
        case .alb:
            encoded.statusDescription = statusDescription
            encoded.headers = Self.joined(fields.filter { !$0.name.isSameHeaderName(as: "Set-Cookie") })
            let cookies = fields.first { $0.name.isSameHeaderName(as: "Set-Cookie") }?.values ?? []
            for (name, cookie) in zip(Self.spellings(of: "Set-Cookie"), cookies) { encoded.headers?[name] = cookie }
        case .albMultiValue:
            encoded.statusDescription = statusDescription
            encoded.multiValueHeaders = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.values) })
        }
        return encoded
    }

    /// One entry a name, as first spelt, in the order of the first values; line breaks and zero bytes become spaces.
    private var groupedHeaders: [(name: String, values: [String])] {
        var groups: [(name: String, values: [String])] = []
        for field in headers.fields {
            let value = String(decoding: field.value.utf8.map { $0 < 0x20 && $0 != 0x09 ? 0x20 : $0 }, as: UTF8.self)
            if let index = groups.firstIndex(where: { $0.name.isSameHeaderName(as: field.name) }) {
                groups[index].values.append(value)
            } else {
                groups.append((field.name, [value]))
            }
        }
        return groups
    }

    private static func joined(_ fields: [(name: String, values: [String])]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.values.joined(separator: ", ")) })
    }

    /// Returns the name in as many capitalisations as it has letters to vary.
    ///
    /// Without multi-value headers a load balancer takes one value per key, and cookies cannot be joined; but it tells
    /// keys apart by case and browsers do not.
    private static func spellings(of name: String) -> [String] {
        let letters = Array(name.utf8)
        let places = letters.indices.filter { letters[$0] != UInt8(ascii: "-") }
        return (0..<(1 << places.count)).lazy.prefix(64).map { number in
            var spelt = letters
            for (bit, place) in places.enumerated() where number >> bit & 1 == 1 { spelt[place] ^= 0x20 }
            return String(decoding: spelt, as: UTF8.self)
        }
    }

    /// The status as a load balancer wants it described, such as `404 Not Found`; the number alone for a rare one.
    private var statusDescription: String {
        Self.phrases[status].map { "\(status) \($0)" } ?? "\(status)"
    }

    private static let phrases = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified", 307: "Temporary Redirect",
        308: "Permanent Redirect",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 413: "Content Too Large",
        414: "URI Too Long", 415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout",
    ]
}
