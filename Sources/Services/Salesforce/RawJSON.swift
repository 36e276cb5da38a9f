import FoundationEssentials
package import LambdaRuntime

/// A JSON value as it was written: what Salesforce or a caller sent is passed on byte for byte.
///
/// Decoding and encoding anew would lose digits and the order of keys.
package struct RawJSON: Sendable, Equatable {
    package let bytes: ArraySlice<UInt8>

    /// Takes a text that may have space around it; throws `Function.InvalidRequest` when it is not JSON.
    package init(checking text: [UInt8]) throws(FunctionError) {
        try JSONText.check(text)
        var scanner = Scanner(rest: text[...])
        scanner.skipSpace()
        bytes = scanner.value()
    }

    private init(wellFormed bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    package var isNull: Bool { bytes.first == UInt8(ascii: "n") }

    /// The members of an object in their order, nil for any other value. A name may come twice.
    package var members: [(name: String, value: RawJSON)]? {
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        var members: [(name: String, value: RawJSON)] = []
        var scanner = Scanner(rest: bytes.dropFirst())
        while scanner.skipSpace() != UInt8(ascii: "}") {
            let name = RawJSON(wellFormed: scanner.value())
            scanner.skip(UInt8(ascii: ":"))
            members.append((name.string ?? "", RawJSON(wellFormed: scanner.value())))
            scanner.skip(UInt8(ascii: ","))
        }
        return members
    }

    /// The object without the members of that name, every other byte for byte; the value itself when it is no object.
    package func removing(_ name: String) -> [UInt8] {
        guard bytes.first == UInt8(ascii: "{") else { return Array(bytes) }
        var text = [UInt8(ascii: "{")]
        var scanner = Scanner(rest: bytes.dropFirst())
        while scanner.skipSpace() != UInt8(ascii: "}") {
            let key = RawJSON(wellFormed: scanner.value())
            scanner.skip(UInt8(ascii: ":"))
            let value = scanner.value()
            scanner.skip(UInt8(ascii: ","))
            guard key.string != name else { continue }
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            text += key.bytes
            text.append(UInt8(ascii: ":"))
            text += value
        }
        return text + [UInt8(ascii: "}")]
    }

    /// The elements of an array, nil for any other value.
    package var elements: [RawJSON]? {
        guard bytes.first == UInt8(ascii: "[") else { return nil }
        var elements: [RawJSON] = []
        var scanner = Scanner(rest: bytes.dropFirst())
        while scanner.skipSpace() != UInt8(ascii: "]") {
            elements.append(RawJSON(wellFormed: scanner.value()))
            scanner.skip(UInt8(ascii: ","))
        }
        return elements
    }

    /// The text of a string, nil for any other value.
    package var string: String? {
        guard bytes.first == UInt8(ascii: "\"") else { return nil }
        let inner = bytes.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
        return decoded(String.self)
    }

    /// The value as a Swift type; nil when it does not fit.
    package func decoded<Value: Decodable>(_ type: Value.Type) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}

/// Walks a text that is known to be JSON, without checking it again.
private struct Scanner {
    var rest: ArraySlice<UInt8>

    /// The first byte behind the space, nil at the end.
    @discardableResult
    mutating func skipSpace() -> UInt8? {
        while let byte = rest.first, byte == 0x20 || (0x09...0x0D).contains(byte) { rest.removeFirst() }
        return rest.first
    }

    mutating func skip(_ byte: UInt8) {
        if skipSpace() == byte { rest.removeFirst() }
        skipSpace()
    }

    /// Takes one value.
    mutating func value() -> ArraySlice<UInt8> {
        let start = rest.startIndex
        var (index, depth) = (start, 0)
        scan: while index < rest.endIndex {
            switch rest[index] {
            case UInt8(ascii: "\""):
                index = end(ofStringAt: index)
                if depth == 0 { break scan }
                continue scan
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The end of what holds a bare number or word.
                if depth == 0 { break scan }
                depth -= 1
                if depth == 0 {
                    index += 1
                    break scan
                }
            case UInt8(ascii: ","), UInt8(ascii: " "), 0x09...0x0D:
                if depth == 0 { break scan }
            default: break
            }
            index += 1
        }
        defer { rest = rest[index...] }
        return rest[start..<index]
    }

    private func end(ofStringAt start: Int) -> Int {
        var index = start + 1
        while index < rest.endIndex, rest[index] != UInt8(ascii: "\"") {
            index += rest[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, rest.endIndex)
    }
}
