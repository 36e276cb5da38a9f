import Encoding
import HTTPTypes
import Settings

/// A request in the one form that both sides of a signature hash.
///
/// "Create a signed AWS API request", step 1, in the IAM User Guide.
struct CanonicalRequest {
    let request: HTTPRequest
    /// The canonical request's text.
    let bytes: [UInt8]
    /// The names that are signed: lower-case, sorted, separated by semicolons.
    let signedHeaders: String

    init(_ request: HTTPRequest, pathRule: Signer.PathRule, bodyHash: String) {
        let target = request.path ?? "/"
        // By bytes throughout: characters would cost more than the signature.
        let pathEnd = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        let headers = Self.headers(of: request)
        self.request = request
        signedHeaders = Self.names(headers)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2048)
        bytes.append(text: request.method.rawValue)
        bytes.append(text: "\n")
        bytes.append(text: Self.path(target[..<pathEnd], rule: pathRule))
        bytes.append(text: "\n")
        bytes.append(text: Self.query(target[pathEnd...].dropFirst()))
        bytes.append(text: "\n")
        for header in headers {
            bytes.append(text: header.name)
            bytes.append(text: ":")
            bytes.append(text: header.value)
            bytes.append(text: "\n")
        }
        bytes.append(text: "\n")
        bytes.append(text: signedHeaders)
        bytes.append(text: "\n")
        bytes.append(text: bodyHash)
        self.bytes = bytes
    }

    private static func names(_ headers: [(name: String, value: String)]) -> String {
        var names: [UInt8] = []
        names.reserveCapacity(128)
        for header in headers {
            if !names.isEmpty { names.append(text: ";") }
            names.append(text: header.name)
        }
        return String(decoding: names, as: UTF8.self)
    }

    /// The names that are signed: lower-case, sorted, separated by semicolons.
    static func signedHeaders(of request: HTTPRequest) -> String {
        names(headers(of: request))
    }

    /// The headers that clients and proxies add or change on the way, and the signature itself.
    private static let unsigned: Set<HTTPField.Name> = [
        .amznTraceID, .authorization, .connection, .expect, .transferEncoding, .userAgent,
    ]

    /// The signed headers: values of one name joined by commas in their order, runs of white space made one space.
    private static func headers(of request: HTTPRequest) -> [(name: String, value: String)] {
        var headers = [(name: "host", value: request.authority ?? "")]
        for field in request.headerFields where !unsigned.contains(field.name) {
            let value = collapsed(field.value)
            let name = field.name.canonicalName
            if let index = headers.firstIndex(where: { $0.name == name }) {
                headers[index].value += ",\(value)"
            } else {
                headers.append((name: name, value: value))
            }
        }
        headers.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return headers
    }

    /// Returns the value without white space around it, and with one space for each run of it, byte by byte: a space before
    /// a combining character is a space.
    private static func collapsed(_ value: String) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var mayStay = false
        let isPlain = value.utf8.allSatisfy { byte in
            defer { mayStay = !isSpace(byte) }
            return byte == 0x20 ? mayStay : !isSpace(byte)
        }
        if isPlain, mayStay || value.isEmpty { return value }
        return value.utf8.split(whereSeparator: isSpace).map { String(Substring($0)) }.joined(separator: " ")
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
