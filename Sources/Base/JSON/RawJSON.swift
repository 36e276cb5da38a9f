/// A JSON value as it was written: data from Salesforce or a caller is passed on byte for byte.
///
/// Decoding and encoding again would lose digits and the order of keys.
package struct RawJSON: Sendable, Equatable {
    package let bytes: ArraySlice<UInt8>

    /// Takes a text that may have space around it; throws when it is not JSON, or has a number
    /// beyond the range of a double.
    package init(checking text: [UInt8]) throws(JSONError) {
        try JSONText.read(text) { _, _ in true }
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var rest = text[...].drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        bytes = rest
    }

    /// Takes what is known to be JSON without space around it, such as a text made of other values.
    package init(wellFormed bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    package var isNull: Bool { bytes.first == UInt8(ascii: "n") }

    /// The members of an object in their order, nil for any other value. A name may come twice.
    package var members: [(name: String, value: RawJSON)]? {
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        return parts.map { ($0.name ?? "", RawJSON(wellFormed: $0.value)) }
    }

    /// Returns the object without the members of that name, every other value byte for byte; the value itself when it
    /// is not an object.
    package func removing(_ name: String) -> [UInt8] {
        guard bytes.first == UInt8(ascii: "{") else { return Array(bytes) }
        let kept = parts.filter { $0.name != name }.map { $0.text }
        return [UInt8(ascii: "{")] + kept.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
    }

    /// Returns the object with other values for the members of those names, every other byte of its members unchanged;
    /// the value itself when it is not an object.
    package func replacing(_ values: [String: RawJSON]) -> RawJSON {
        guard bytes.first == UInt8(ascii: "{") else { return self }
        let texts = parts.map { part -> ArraySlice<UInt8> in
            guard let value = part.name.flatMap({ values[$0] }) else { return part.text }
            return part.text.prefix(part.text.count - part.value.count) + value.bytes
        }
        let members = texts.joined(separator: [UInt8(ascii: ",")])
        return RawJSON(wellFormed: [UInt8(ascii: "{")] + members + [UInt8(ascii: "}")])
    }

    /// The elements of an array, nil for any other value.
    package var elements: [RawJSON]? {
        guard bytes.first == UInt8(ascii: "[") else { return nil }
        return parts.map { RawJSON(wellFormed: $0.value) }
    }

    /// The direct members of an object or elements of an array, as they were written.
    private var parts: [Part] {
        let base = Array(bytes)
        let collector = PartCollector(base)
        // It has been read before, so it does not fail.
        do { try JSONText.read(base, collector.take) } catch { return [] }
        return collector.parts
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
        try? JSONText.decode(type, from: Array(bytes))
    }
}

/// A member of an object, or an element of an array.
private struct Part {
    let name: String?
    /// The whole part, with the key where there is one.
    let text: ArraySlice<UInt8>
    let value: ArraySlice<UInt8>
}

/// Notes where the values one level down begin and end.
private final class PartCollector {
    private(set) var parts: [Part] = []
    private let bytes: [UInt8]
    private var depth = 0
    private var name: String?
    /// The start of the part, and of its value: after the last one read and the punctuation between them.
    private var start = 0
    private var valueStart = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func take(_ event: JSONEvent, end: Int) -> Bool {
        switch event {
        case .key(let name) where depth == 1:
            self.name = name
            valueStart = end
        case .key: break
        case .startObject, .startArray:
            depth += 1
            if depth == 1 { (start, valueStart) = (end, end) }
        case .endObject, .endArray:
            depth -= 1
            if depth == 1 { add(upTo: end) }
        case .null, .bool, .number, .string: if depth == 1 { add(upTo: end) }
        }
        return true
    }

    private func add(upTo end: Int) {
        let isBetween = { (byte: UInt8) in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte == 0x20 || (0x09...0x0D).contains(byte)
        }
        parts.append(
            Part(
                name: name, text: bytes[start..<end].drop(while: isBetween),
                value: bytes[valueStart..<end].drop(while: isBetween)))
        (name, start, valueStart) = (nil, end, end)
    }
}
