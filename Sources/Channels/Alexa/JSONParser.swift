package import LambdaRuntime

extension JSONValue {
    /// Reads one JSON text.
    ///
    /// Throws `Function.InvalidRequest` for what is not JSON, or is nested deeper than 200 levels.
    package init(parsing bytes: [UInt8]) throws(FunctionError) {
        try JSONText.check(bytes)
        let value = bytes.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes: bytes)
            return parser.value(depth: 0)
        }
        guard let value else { throw FunctionError(.invalidRequest, "The event is nested too deep.") }
        self = value
    }
}

/// Makes values of text that `JSONText` has found well formed; it never reads past the end of any other either.
struct JSONParser {
    /// Alexa's own requests have about ten levels; recursion must end long before the stack does.
    static let maximumDepth = 200

    let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Nil when it is nested too deep, or ends early.
    mutating func value(depth: Int) -> JSONValue? {
        guard depth < Self.maximumDepth else { return nil }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return .string(string())
        case UInt8(ascii: "t"):
            offset += 4
            return .bool(true)
        case UInt8(ascii: "f"):
            offset += 5
            return .bool(false)
        case UInt8(ascii: "n"):
            offset += 4
            return .null
        case 0: return nil
        default: return number()
        }
    }

    /// The byte at the offset, 0 at the end.
    private var peek: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private mutating func skipBlanks() {
        while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
    }

    /// Moves past the byte when it is the next that is not blank.
    private mutating func skip(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    private mutating func object(depth: Int) -> JSONValue? {
        var members: [String: JSONValue] = [:]
        offset += 1
        if skip(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipBlanks()
            let name = string()
            guard skip(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
            members[name] = value
        } while skip(UInt8(ascii: ","))
        return skip(UInt8(ascii: "}")) ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONValue? {
        var elements: [JSONValue] = []
        offset += 1
        if skip(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
        } while skip(UInt8(ascii: ","))
        return skip(UInt8(ascii: "]")) ? .array(elements) : nil
    }

    private mutating func number() -> JSONValue? {
        let start = offset
        scan: while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                offset += 1
            default: break scan
            }
        }
        return offset > start ? .number(text(start..<offset)) : nil
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private mutating func string() -> String {
        offset = min(offset + 1, bytes.count)
        let start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            if bytes[offset] == UInt8(ascii: "\\") { return escapedString(from: start) }
            offset += 1
        }
        defer { offset = min(offset + 1, bytes.count) }
        return text(start..<offset)
    }

    private mutating func escapedString(from start: Int) -> String {
        var units = Array(bytes[start..<offset])
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            let byte = bytes[offset]
            offset += 1
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            let escape = peek
            offset = min(offset + 1, bytes.count)
            switch escape {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"): units.append(contentsOf: String(unicodeEscape()).utf8)
            default: units.append(escape)
            }
        }
        offset = min(offset + 1, bytes.count)
        return String(decoding: units, as: UTF8.self)
    }

    /// The scalar of `XXXX`, or of `XXXX\uXXXX` for a surrogate pair; U+FFFD for half a pair.
    private mutating func unicodeEscape() -> Unicode.Scalar {
        let first = hexadecimal()
        guard 0xD800..<0xDC00 ~= first, peek == UInt8(ascii: "\\"), offset + 1 < bytes.count,
            bytes[offset + 1] == UInt8(ascii: "u")
        else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        offset += 2
        let second = hexadecimal()
        guard 0xDC00..<0xE000 ~= second else { return "\u{FFFD}" }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() -> UInt32 {
        let end = min(offset + 4, bytes.count)
        defer { offset = end }
        return UInt32(text(offset..<end), radix: 16) ?? 0xFFFD
    }
}
