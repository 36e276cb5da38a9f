import Encoding

/// The parts of an absolute URL with an authority, as they are written (RFC 3986, 3).
///
/// Only characters that the RFC allows are taken: nothing is encoded on the way, so that a URL means here what it means
/// where it is sent.
package struct URLParts: Sendable, Equatable {
    /// In lower case.
    package let scheme: String
    /// Nil where there is no `@`.
    package let userInfo: String?
    /// Not empty; an address of IPv6 is in its brackets.
    package let host: String
    /// 1 to 65,535; nil when none is written.
    package let port: Int?
    /// Empty, or beginning with a slash.
    package let path: String
    package let query: String?
    package let fragment: String?

    /// Returns nil for text that is not such a URL.
    package init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), let first = rest.first, first.isASCIILetter,
            rest[..<colon].allSatisfy({ $0.isASCIILetterOrDigit || "+-.".utf8.contains($0) }),
            rest[colon...].starts(with: "://".utf8), Self.areAllowed(rest)
        else { return nil }
        scheme = String(decoding: rest[..<colon], as: UTF8.self).lowercased()
        rest = rest[(colon + 3)...]
        fragment = Self.cut(&rest, at: "#")
        query = Self.cut(&rest, at: "?")
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        path = String(decoding: rest[slash...], as: UTF8.self)
        rest = rest[..<slash]
        if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
            userInfo = String(decoding: rest[..<at], as: UTF8.self)
            rest = rest[(at + 1)...]
        } else {
            userInfo = nil
        }
        guard !path.utf8.contains(UInt8(ascii: "[")), let (host, port) = Self.hostAndPort(rest) else { return nil }
        self.host = host
        self.port = port
    }

    /// Returns the part behind the first `mark`, and takes both off.
    private static func cut(_ rest: inout ArraySlice<UInt8>, at mark: Unicode.Scalar) -> String? {
        guard let index = rest.firstIndex(of: UInt8(ascii: mark)) else { return nil }
        defer { rest = rest[..<index] }
        return String(decoding: rest[(index + 1)...], as: UTF8.self)
    }

    private static func hostAndPort(_ authority: ArraySlice<UInt8>) -> (String, Int?)? {
        var rest = authority
        let end: Int
        if rest.first == UInt8(ascii: "[") {
            guard let bracket = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let address = rest[(rest.startIndex + 1)..<bracket]
            guard address.contains(UInt8(ascii: ":")), address.allSatisfy({ isHexDigit($0) || ":.".utf8.contains($0) })
            else { return nil }
            end = bracket + 1
        } else {
            end = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
            guard end > rest.startIndex, !rest[..<end].contains(where: { "[]@".utf8.contains($0) }) else { return nil }
        }
        let host = String(decoding: rest[..<end], as: UTF8.self)
        rest = rest[end...]
        guard !rest.isEmpty else { return (host, nil) }
        let digits = rest.dropFirst()
        guard rest.first == UInt8(ascii: ":"), digits.allSatisfy(\.isASCIIDigit) else { return nil }
        // RFC 3986 allows an empty port, which is the scheme's own.
        guard !digits.isEmpty else { return (host, nil) }
        guard let port = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(port) else { return nil }
        return (host, port)
    }

    /// Returns true for unreserved and reserved characters, and for escapes of two hexadecimal digits.
    private static func areAllowed(_ text: ArraySlice<UInt8>) -> Bool {
        text.indices.allSatisfy { index in
            let byte = text[index]
            guard byte == UInt8(ascii: "%") else {
                return byte.isASCIILetterOrDigit || "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte)
            }
            return text[(index + 1)...].prefix(2).count { isHexDigit($0) } == 2
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
