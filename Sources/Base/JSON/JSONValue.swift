/// A JSON value, for data of more shapes than a `Decodable` type can describe.
///
/// Reading a member that is missing, or of another type, returns nil and never throws: the sender may add keys and
/// values at any time. Numbers keep their digits as received.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number as JSON writes it: `3`, `19.9`, `1.5e+300`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member of an object; nil when it is missing or null, and for anything but an object.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self, let member = members[name], member != .null else { return nil }
        return member
    }

    /// The string; nil for any other type.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The boolean; nil for any other type.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A whole number, written as a number or as a string of digits; nil for anything else.
    package var int: Int? {
        switch self {
        case .number(let text), .string(let text): Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
        default: nil
        }
    }

    /// The members of an object; nil for any other type.
    package var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of a list; nil for any other type.
    package var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The text of a scalar: a string itself, a number or a boolean as in JSON; nil for null, lists and objects.
    package var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// An object of the members that are not nil.
    package static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        var object: [String: JSONValue] = [:]
        for (name, value) in members {
            if let value { object[name] = value }
        }
        return .object(object)
    }

    /// A whole number.
    package static func number(_ value: Int) -> JSONValue {
        .number(String(value))
    }
}

extension JSONValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) {
        self = .number(value)
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension JSONValue: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }
}

/// A `JSONValue` decodes and encodes as itself, within types that are read and written by this module.
extension JSONValue: Codable {
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? JSONValueDecoder else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "A JSONValue is read by JSONText alone."))
        }
        self = decoder.value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        // Another encoder has no way to keep the digits; this module's own takes the value as it is.
        case .number(let digits): try Int(digits).map { try container.encode($0) } ?? container.encode(Double(digits))
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}
