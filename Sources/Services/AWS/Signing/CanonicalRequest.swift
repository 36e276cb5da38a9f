import Encoding
import HTTPTypes
import Settings

/// A request in the one form that both sides of a signature hash.
///
/// "Create a signed AWS API request", step 1, in the IAM User Guide.
struct CanonicalRequest {
    let request: HTTPRequest
    let text: String

    init(_ request: HTTPRequest, pathRule: Signer.PathRule, bodyHash: String) {
        let target = request.path ?? "/"
        // By bytes throughout: characters would cost more than the signature.
        let pathEnd = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        let headers = Self.headers(of: request)
        self.request = request
        self.text = [
            request.method.rawValue,
            Self.path(target[..<pathEnd], rule: pathRule),
            Self.query(target[pathEnd...].dropFirst()),
            headers.map { "\($0.name):\($0.value)\n" }.joined(),
            headers.map(\.name).joined(separator: ";"),
            bodyHash,
        ].joined(separator: "\n")
    }

    /// The names that are signed: lower-case, sorted, separated by semicolons.
    static func signedHeaders(of request: HTTPRequest, omitting omitted: Set<HTTPField.Name> = []) -> String {
        headers(of: request, omitting: omitted).map(\.name).joined(separator: ";")
    }

    /// The headers that clients and proxies add or change on the way, and the signature itself.
    private static let unsigned: Set<HTTPField.Name> = [
        .amznTraceID, .authorization, .connection, .expect, .transferEncoding, .userAgent,
    ]

    /// The signed headers: values of one name joined by commas in their order, runs of white space made one space.
    private static func headers(of request: HTTPRequest, omitting omitted: Set<HTTPField.Name> = [])
        -> [(name: String, value: String)]
    {
        var values = ["host": request.authority ?? ""]
        for field in request.headerFields where !unsigned.contains(field.name) && !omitted.contains(field.name) {
            // Spaces and tabs, byte by byte: a space before a combining character is a space.
            let words = field.value.utf8.split { $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
            let value = words.map { String(Substring($0)) }.joined(separator: " ")
            let name = field.name.canonicalName
            values[name] = values[name].map { "\($0),\(value)" } ?? value
        }
        return values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            (name: $0.key, value: $0.value)
        }
    }

    private static func path(_ path: Substring, rule: Signer.PathRule) -> String {
        switch rule {
        case .normalizedAndEncodedAgain: PercentEncoding.encode(normalized(path), keepingSlashes: true)
        case .encodedAgain: PercentEncoding.encode(path, keepingSlashes: true)
        // Decoding first gives one encoding, whichever characters the caller chose to encode.
        case .encodedOnce: PercentEncoding.encodeOnce(path, keepingSlashes: true)
        }
    }

    /// Returns the path without `.`, `..` and empty segments (RFC 3986, 5.2.4, and repeated slashes besides).
    private static func normalized(_ path: Substring) -> String {
        var segments: [Substring] = []
        for segment in path.parts(at: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        return "/" + segments.joined(separator: "/") + (path.hasSuffix("/") && !segments.isEmpty ? "/" : "")
    }

    /// Returns the query's items, encoded again and sorted by name, then value, as bytes.
    private static func query(_ query: Substring) -> String {
        var items: [(name: String, value: String)] = []
        for item in query.utf8.split(separator: UInt8(ascii: "&")) {
            let name = item.prefix { $0 != UInt8(ascii: "=") }
            items.append(
                (
                    name: PercentEncoding.encodeOnce(Substring(name)),
                    value: PercentEncoding.encodeOnce(Substring(item.dropFirst(name.count + 1)))
                ))
        }
        items.sort { $0.name == $1.name ? $0.value < $1.value : $0.name < $1.name }
        return items.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }
}
