/// RFC 3986 percent-encoding as Signature Version 4 wants it: upper-case digits, `%20` for a space.
package enum PercentEncoding {
    /// `text` with every byte encoded but letters, digits, `-`, `.`, `_`, `~`, and, when asked, `/`.
    package static func encode(_ text: some StringProtocol, keepingSlashes: Bool = false) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 3 / 2)
        for byte in text.utf8 {
            if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(digit(byte >> 4))
                encoded.append(digit(byte & 15))
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// `text` with its escapes resolved; a `%` without two hexadecimal digits after it stands for itself.
    package static func decode(_ text: some StringProtocol) -> String {
        var decoded: [UInt8] = []
        decode(Array(text.utf8)[...], plusIsSpace: false, into: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Puts the bytes that form-encoded ones stand for into `decoded`, in the place of what was there: as `decode`, and
    /// a `+` is a space.
    static func decodeForm(_ bytes: ArraySlice<UInt8>, into decoded: inout [UInt8]) {
        decode(bytes, plusIsSpace: true, into: &decoded)
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool, into decoded: inout [UInt8]) {
        decoded.removeAll(keepingCapacity: true)
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = value(of: bytes[index + 1]), let low = value(of: bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
    }

    /// The pairs as an `application/x-www-form-urlencoded` body, in their order.
    ///
    /// A space is `+` as that format has it: a server that checks signatures against a form it has written anew, as
    /// moto does, refuses `%20`.
    package static func form(_ pairs: [(name: String, value: String)]) -> String {
        func escaped(_ text: String) -> String {
            text.split(separator: " ", omittingEmptySubsequences: false).map { encode($0) }.joined(separator: "+")
        }
        return pairs.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default:
            false
        }
    }

    /// The upper-case hexadecimal digit of 0 to 15.
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    /// The value of a hexadecimal digit in either case.
    private static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
