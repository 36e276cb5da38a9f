/// RFC 3986 percent-encoding: upper-case digits, `%20` for a space, as Signature Version 4 requires.
package enum PercentEncoding {
    /// Returns `text` with every byte encoded but letters, digits, `-`, `.`, `_`, `~`, and, on request, `/`.
    package static func encode(_ text: some StringProtocol, keepingSlashes: Bool = false) -> String {
        encode(text.utf8, keeping: keepingSlashes ? "/" : "")
    }

    /// Returns `text` as a parameter's value in a query, as short as possible: a space becomes `+`, and characters that
    /// RFC 3986 allows in a query stay, except those that separate parameters.
    package static func encodeShortest(_ text: some StringProtocol) -> String {
        encode(text.utf8, keeping: "!$'()*,/:=?@", plusForSpace: true)
    }

    /// Returns `text`, parts of which may be encoded, encoded once: the same as encoding the result of `decode`.
    package static func encodeOnce(_ text: some StringProtocol, keepingSlashes: Bool = false) -> String {
        encode(text.utf8, keeping: keepingSlashes ? "/" : "", keepingEscapes: true)
    }

    private static func encode(
        _ text: some Collection<UInt8>, keeping others: StaticString, plusForSpace: Bool = false,
        keepingEscapes: Bool = false
    ) -> String {
        let others = UnsafeBufferPointer(start: others.utf8Start, count: others.utf8CodeUnitCount)
        // No byte becomes more than three.
        return String(unsafeUninitializedCapacity: text.count * 3) { encoded in
            var count = 0
            var index = text.startIndex
            while index != text.endIndex {
                var byte = text[index]
                text.formIndex(after: &index)
                if keepingEscapes, byte == UInt8(ascii: "%"), let escaped = escape(text, &index) { byte = escaped }
                if isUnreserved(byte) || others.contains(byte) {
                    encoded[count] = byte
                    count += 1
                } else if plusForSpace, byte == UInt8(ascii: " ") {
                    encoded[count] = UInt8(ascii: "+")
                    count += 1
                } else {
                    encoded[count] = UInt8(ascii: "%")
                    encoded[count + 1] = digit(byte >> 4)
                    encoded[count + 2] = digit(byte & 15)
                    count += 3
                }
            }
            return count
        }
    }

    /// Returns the byte of the two digits at `index`, and moves past them; nil when there are none.
    private static func escape<Text: Collection<UInt8>>(_ text: Text, _ index: inout Text.Index) -> UInt8? {
        guard index != text.endIndex, let high = value(of: text[index]) else { return nil }
        let second = text.index(after: index)
        guard second != text.endIndex, let low = value(of: text[second]) else { return nil }
        index = text.index(after: second)
        return high << 4 | low
    }

    /// Returns `text` with its escapes resolved; a `%` without two hexadecimal digits after it is kept.
    ///
    /// Bytes that are not UTF-8 become U+FFFD. With `plusIsSpace`, for a form's query, `+` is a space.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        var decoded: [UInt8] = []
        append(Array(text.utf8)[...], plusIsSpace: plusIsSpace, to: &decoded)
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Replaces `decoded` by the bytes that form-encoded ones represent: like `decode`, and a `+` is a space.
    package static func decodeForm(_ bytes: ArraySlice<UInt8>, into decoded: inout [UInt8]) {
        decoded.removeAll(keepingCapacity: true)
        appendForm(bytes, to: &decoded)
    }

    /// Returns the byte at `index`, that of an escape where one is there, and moves past it.
    package static func unit(of bytes: [UInt8], at index: inout Int) -> (byte: UInt8, isEscaped: Bool) {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "%"), let escaped = escape(bytes, &index) { return (escaped, true) }
        return (byte, false)
    }

    /// Appends the bytes that form-encoded ones represent.
    package static func appendForm(_ bytes: ArraySlice<UInt8>, to decoded: inout [UInt8]) {
        append(bytes, plusIsSpace: true, to: &decoded)
    }

    private static func append(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool, to decoded: inout [UInt8]) {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%"), let escaped = escape(bytes, &index) {
                decoded.append(escaped)
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
    }

    /// Returns the pairs as an `application/x-www-form-urlencoded` body, in their order.
    ///
    /// A space becomes `+` as that format requires: a server that checks signatures against a form it has encoded
    /// again, such as moto, refuses `%20`.
    package static func form(_ pairs: [(name: String, value: String)]) -> String {
        func escaped(_ text: String) -> String { encode(text.utf8, keeping: "", plusForSpace: true) }
        return pairs.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || "-._~".utf8.contains(byte)
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
