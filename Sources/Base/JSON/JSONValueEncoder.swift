/// Encodes an `Encodable` type as JSON.
///
/// The rules are those of Foundation's `JSONEncoder` without a strategy set. A number that JSON does not have, such as
/// infinity, throws `EncodingError`.
final class JSONValueEncoder: Encoder {
    private let path: JSONPath
    var codingPath: [any CodingKey] { path.keys }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    /// An object without members when nothing was encoded.
    private(set) var node: JSONNode = .value(.object([:]))

    init(at path: JSONPath = .root) {
        self.path = path
    }

    /// Returns the node of a type. A `JSONValue` is passed on as it is, with the digits of its numbers.
    static func node<Value: Encodable>(of encodable: Value, at path: @autoclosure () -> JSONPath = .root) throws
        -> JSONNode
    {
        // Types are compared first: a cast that fails takes hundreds of instructions.
        if Value.self == JSONValue.self, let value = encodable as? JSONValue { return .value(value) }
        if Value.self == String.self, let text = encodable as? String { return .value(.string(text)) }
        let encoder = JSONValueEncoder(at: path())
        try encodable.encode(to: encoder)
        return encoder.node
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object(let box) = node { return KeyedEncodingContainer(KeyedJSON(box: box, path: path)) }
        let box = JSONObjectBox()
        node = .object(box)
        return KeyedEncodingContainer(KeyedJSON(box: box, path: path))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .array(let box) = node { return UnkeyedJSON(box: box, path: path) }
        let box = JSONArrayBox()
        node = .array(box)
        return UnkeyedJSON(box: box, path: path)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() { node = .value(.null) }
    func encode(_ value: Bool) { node = .value(.bool(value)) }
    func encode(_ value: String) { node = .value(.string(value)) }
    func encode(_ value: Double) throws { node = .value(try JSONValue(number: value, at: path)) }
    func encode(_ value: Float) throws { node = .value(try JSONValue(number: value, at: path)) }
    func encode(_ value: Int) { node = .value(.number(String(value))) }
    func encode(_ value: Int8) { node = .value(.number(String(value))) }
    func encode(_ value: Int16) { node = .value(.number(String(value))) }
    func encode(_ value: Int32) { node = .value(.number(String(value))) }
    func encode(_ value: Int64) { node = .value(.number(String(value))) }
    func encode(_ value: UInt) { node = .value(.number(String(value))) }
    func encode(_ value: UInt8) { node = .value(.number(String(value))) }
    func encode(_ value: UInt16) { node = .value(.number(String(value))) }
    func encode(_ value: UInt32) { node = .value(.number(String(value))) }
    func encode(_ value: UInt64) { node = .value(.number(String(value))) }

    func encode(_ value: some Encodable) throws {
        node = try Self.node(of: value, at: path)
    }
}

extension JSONValue {
    /// Throws for infinities and NaN.
    fileprivate init(
        number: some BinaryFloatingPoint & LosslessStringConvertible, at path: JSONPath
    ) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(
                number, .init(codingPath: path.keys, debugDescription: "JSON has no number for it."))
        }
        let text = String(number)
        self = .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }
}

/// The members of an object.
private struct KeyedJSON<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: JSONObjectBox
    let path: JSONPath
    var codingPath: [any CodingKey] { path.keys }

    func encodeNil(forKey key: Key) { box.set(key.stringValue, .value(.null)) }
    func encode(_ value: Bool, forKey key: Key) { box.set(key.stringValue, .value(.bool(value))) }
    func encode(_ value: String, forKey key: Key) { box.set(key.stringValue, .value(.string(value))) }
    func encode(_ value: Int, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }

    func encode(_ value: Double, forKey key: Key) throws {
        try box.set(key.stringValue, .value(JSONValue(number: value, at: path.member(key))))
    }

    func encode(_ value: Float, forKey key: Key) throws {
        try box.set(key.stringValue, .value(JSONValue(number: value, at: path.member(key))))
    }

    func encode(_ value: Int8, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: Int16, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: Int32, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: Int64, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: UInt, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: UInt8, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: UInt16, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: UInt32, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }
    func encode(_ value: UInt64, forKey key: Key) { box.set(key.stringValue, .value(.number(String(value)))) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        box.set(key.stringValue, try JSONValueEncoder.node(of: value, at: path.member(key)))
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
        let encoder = JSONValueEncoder(at: path.member(key))
        box.set(name, .encoder(encoder))
        return encoder
    }
}

/// The elements of an array.
private struct UnkeyedJSON: UnkeyedEncodingContainer {
    let box: JSONArrayBox
    let path: JSONPath
    var codingPath: [any CodingKey] { path.keys }

    var count: Int { box.count }

    func encodeNil() { box.append(.value(.null)) }
    func encode(_ value: Bool) { box.append(.value(.bool(value))) }
    func encode(_ value: String) { box.append(.value(.string(value))) }
    func encode(_ value: Double) throws { try box.append(.value(JSONValue(number: value, at: path))) }
    func encode(_ value: Float) throws { try box.append(.value(JSONValue(number: value, at: path))) }
    func encode(_ value: Int) { box.append(.value(.number(String(value)))) }
    func encode(_ value: Int8) { box.append(.value(.number(String(value)))) }
    func encode(_ value: Int16) { box.append(.value(.number(String(value)))) }
    func encode(_ value: Int32) { box.append(.value(.number(String(value)))) }
    func encode(_ value: Int64) { box.append(.value(.number(String(value)))) }
    func encode(_ value: UInt) { box.append(.value(.number(String(value)))) }
    func encode(_ value: UInt8) { box.append(.value(.number(String(value)))) }
    func encode(_ value: UInt16) { box.append(.value(.number(String(value)))) }
    func encode(_ value: UInt32) { box.append(.value(.number(String(value)))) }
    func encode(_ value: UInt64) { box.append(.value(.number(String(value)))) }

    func encode(_ value: some Encodable) throws {
        box.append(try JSONValueEncoder.node(of: value, at: path))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder() }

    private func encoder() -> JSONValueEncoder {
        let encoder = JSONValueEncoder(at: path)
        box.append(.encoder(encoder))
        return encoder
    }
}
