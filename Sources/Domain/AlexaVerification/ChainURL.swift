import Encoding
import HTTPTypes

/// The URL of a signing chain, known to be one that Alexa uses.
///
/// https, host s3.amazonaws.com, port 443 or none, and a path that begins with `/echo.api/` once its dot segments are
/// removed. Any URL that two parsers could read in two ways is refused: escapes, user info, queries, blanks.
struct ChainURL: Hashable {
    static let host = "s3.amazonaws.com"
    static let maximumLength = 1024

    /// The path without dot segments.
    let path: String

    init(_ text: String) throws(VerificationError) {
        guard let path = Self.path(of: Array(text.utf8)) else {
            throw VerificationError(
                .forbiddenURL, "SignatureCertChainUrl must have the form https://\(Self.host)/echo.api/….")
        }
        self.path = path
    }

    var request: HTTPRequest {
        HTTPRequest(method: .get, scheme: "https", authority: Self.host, path: path)
    }

    private static func path(of url: [UInt8]) -> String? {
        let scheme = Array("https://".utf8)
        guard url.count <= maximumLength, url.prefix(scheme.count).map(\.lowercased) == scheme else { return nil }
        let rest = url.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        let host = String(decoding: authority.map(\.lowercased), as: UTF8.self)
        guard host == Self.host || host == "\(Self.host):443" else { return nil }
        let path = rest.dropFirst(authority.count)
        guard path.allSatisfy(isPlain) else { return nil }
        let plain = withoutDotSegments(String(decoding: path, as: UTF8.self))
        return plain.hasPrefix("/echo.api/") ? plain : nil
    }

    /// Returns true for a byte that a path may hold unescaped (RFC 3986, 3.3).
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "/-._~!$&'()*+,;=:@".utf8.contains(byte)
    }

    /// Returns the path without dot segments (RFC 3986, 5.2.4).
    private static func withoutDotSegments(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".":
                if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}

extension UInt8 {
    fileprivate var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
