/// Encodes an `Encodable` type as a JSON value.
///
/// The rules are those of Foundation's `JSONEncoder` without a strategy set. A number that JSON does not have, such as
/// infinity, throws `EncodingError`.
final class JSONValueEncoder: Encoder {
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    private var content = Content.nothing

    private enum Content {
        case nothing
        case value(JSONValue)
        case object(JSONObjectBox)
        case array(JSONArrayBox)
    }

    init(at path: [any CodingKey] = []) {
        codingPath = path
    }

    /// Returns the value of a type. A `JSONValue` is passed on as it is, with the digits of its numbers.
    static func value(of encodable: some Encodable, at path: @autoclosure () -> [any CodingKey] = []) throws
        -> JSONValue
    {
        if let value = encodable as? JSONValue { return value }
        if let text = encodable as? String { return .string(text) }
        let encoder = JSONValueEncoder(at: path())
        try encodable.encode(to: encoder)
        return encoder.value ?? .object([:])
    }

    /// Nil when nothing was encoded.
    var value: JSONValue? {
        switch content {
        case .nothing: nil
        case .value(let value): value
        case .object(let box): box.value
        case .array(let box): box.value
        }
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object(let box) = content {
            return KeyedEncodingContainer(KeyedJSON(box: box, codingPath: codingPath))
        }
        let box = JSONObjectBox()
        content = .object(box)
        return KeyedEncodingContainer(KeyedJSON(box: box, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .array(let box) = content { return UnkeyedJSON(box: box, codingPath: codingPath) }
        let box = JSONArrayBox()
        content = .array(box)
        return UnkeyedJSON(box: box, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() { content = .value(.null) }
    func encode(_ value: Bool) { content = .value(.bool(value)) }
    func encode(_ value: String) { content = .value(.string(value)) }
    func encode(_ value: Double) throws { content = .value(try JSONValue(number: value, at: codingPath)) }
    func encode(_ value: Float) throws { content = .value(try JSONValue(number: value, at: codingPath)) }
    func encode(_ value: Int) { content = .value(.number(String(value))) }
    func encode(_ value: Int8) { content = .value(.number(String(value))) }
    func encode(_ value: Int16) { content = .value(.number(String(value))) }
    func encode(_ value: Int32) { content = .value(.number(String(value))) }
    func encode(_ value: Int64) { content = .value(.number(String(value))) }
    func encode(_ value: UInt) { content = .value(.number(String(value))) }
    func encode(_ value: UInt8) { content = .value(.number(String(value))) }
    func encode(_ value: UInt16) { content = .value(.number(String(value))) }
    func encode(_ value: UInt32) { content = .value(.number(String(value))) }
    func encode(_ value: UInt64) { content = .value(.number(String(value))) }

    func encode(_ value: some Encodable) throws {
        content = .value(try Self.value(of: value, at: codingPath))
    }
}

extension JSONValue {
    /// Throws for infinities and NaN.
    fileprivate init(
        number: some BinaryFloatingPoint & LosslessStringConvertible, at path: [any CodingKey]
    ) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(
                number, .init(codingPath: path, debugDescription: "JSON has no number for it."))
        }
        let text = String(number)
        self = .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

/// An object in the making. A nested container's value is known only at the end.
private final class JSONObjectBox {
    private var members: [String: JSONValue] = [:]
    private var later: [(key: String, value: () -> JSONValue?)] = []

    func set(_ key: String, _ value: JSONValue) { members[key] = value }
    func set(_ key: String, later value: @escaping () -> JSONValue?) { later.append((key, value)) }

    var value: JSONValue {
        var members = members
        for (key, value) in later { members[key] = value() ?? .object([:]) }
        return .object(members)
    }
}

/// An array in the making.
private final class JSONArrayBox {
    private var elements: [JSONValue] = []
    private var later: [(index: Int, value: () -> JSONValue?)] = []

    var count: Int { elements.count }

    func append(_ value: JSONValue) { elements.append(value) }

    func append(later value: @escaping () -> JSONValue?) {
        later.append((elements.count, value))
        elements.append(.null)
    }

    var value: JSONValue {
        var elements = elements
        for (index, value) in later { elements[index] = value() ?? .object([:]) }
        return .array(elements)
    }
}

/// The members of an object.
private struct KeyedJSON<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: JSONObjectBox
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { box.set(key.stringValue, .null) }
    func encode(_ value: Bool, forKey key: Key) { box.set(key.stringValue, .bool(value)) }
    func encode(_ value: String, forKey key: Key) { box.set(key.stringValue, .string(value)) }
    func encode(_ value: Int, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }

    func encode(_ value: Double, forKey key: Key) throws {
        box.set(key.stringValue, try JSONValue(number: value, at: codingPath + [key]))
    }

    func encode(_ value: Float, forKey key: Key) throws {
        box.set(key.stringValue, try JSONValue(number: value, at: codingPath + [key]))
    }

    func encode(_ value: Int8, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: Int16, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: Int32, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: Int64, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: UInt, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: UInt8, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: UInt16, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: UInt32, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }
    func encode(_ value: UInt64, forKey key: Key) { box.set(key.stringValue, .number(String(value))) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        box.set(key.stringValue, try JSONValueEncoder.value(of: value, at: codingPath + [key]))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder(for: key.stringValue, at: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(for: key.stringValue, at: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder(for: "super", at: JSONKey("super")) }

    func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key.stringValue, at: key) }

    private func encoder(for name: String, at key: any CodingKey) -> JSONValueEncoder {
        let encoder = JSONValueEncoder(at: codingPath + [key])
        box.set(name, later: { encoder.value })
        return encoder
    }
}

/// The elements of an array.
private struct UnkeyedJSON: UnkeyedEncodingContainer {
    let box: JSONArrayBox
    let codingPath: [any CodingKey]

    var count: Int { box.count }

    func encodeNil() { box.append(.null) }
    func encode(_ value: Bool) { box.append(.bool(value)) }
    func encode(_ value: String) { box.append(.string(value)) }
    func encode(_ value: Double) throws { box.append(try JSONValue(number: value, at: codingPath)) }
    func encode(_ value: Float) throws { box.append(try JSONValue(number: value, at: codingPath)) }
    func encode(_ value: Int) { box.append(.number(String(value))) }
    func encode(_ value: Int8) { box.append(.number(String(value))) }
    func encode(_ value: Int16) { box.append(.number(String(value))) }
    func encode(_ value: Int32) { box.append(.number(String(value))) }
    func encode(_ value: Int64) { box.append(.number(String(value))) }
    func encode(_ value: UInt) { box.append(.number(String(value))) }
    func encode(_ value: UInt8) { box.append(.number(String(value))) }
    func encode(_ value: UInt16) { box.append(.number(String(value))) }
    func encode(_ value: UInt32) { box.append(.number(String(value))) }
    func encode(_ value: UInt64) { box.append(.number(String(value))) }

    func encode(_ value: some Encodable) throws {
        box.append(try JSONValueEncoder.value(of: value, at: codingPath))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder() }

    private func encoder() -> JSONValueEncoder {
        let encoder = JSONValueEncoder(at: codingPath)
        box.append(later: { encoder.value })
        return encoder
    }
}
