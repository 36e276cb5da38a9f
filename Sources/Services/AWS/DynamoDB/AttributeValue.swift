import Encoding

/// A value of a DynamoDB item.
///
/// "AttributeValue" in the Amazon DynamoDB API Reference. Numbers are decimal strings, exact to 38 digits.
package enum AttributeValue: Sendable, Equatable {
    case string(String)
    case number(String)
    case binary([UInt8])
    case bool(Bool)
    case null
    case list([AttributeValue])
    case map([String: AttributeValue])
    case stringSet([String])
    case numberSet([String])
    case binarySet([[UInt8]])

    /// A whole number.
    package static func number(_ value: Int) -> AttributeValue {
        .number(String(value))
    }

    /// The string; nil for any other type.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The whole number; nil for any other type.
    package var int: Int? {
        if case .number(let value) = self { Int(value) } else { nil }
    }

    /// The bytes of a binary; nil for any other type.
    package var binary: [UInt8]? {
        if case .binary(let value) = self { value } else { nil }
    }

    /// The boolean; nil for any other type.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The members of a map; nil for any other type.
    package var map: [String: AttributeValue]? {
        if case .map(let value) = self { value } else { nil }
    }
}

/// A DynamoDB item: values by attribute name.
package typealias Item = [String: AttributeValue]

extension AttributeValue: Codable {
    private enum Kind: String, CodingKey {
        case string = "S"
        case number = "N"
        case binary = "B"
        case bool = "BOOL"
        case null = "NULL"
        case list = "L"
        case map = "M"
        case stringSet = "SS"
        case numberSet = "NS"
        case binarySet = "BS"
    }

    /// Reads DynamoDB JSON: an object with one key, which names the type.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        guard let kind = container.allKeys.first, container.allKeys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not one attribute value"))
        }
        func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try container.decode(type, forKey: kind)
        }
        func bytes(_ text: String, at decoder: any Decoder) throws -> [UInt8] {
            guard let bytes = Base64.decode(text) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "not base64"))
            }
            return bytes
        }
        switch kind {
        case .string: self = .string(try value())
        case .number: self = .number(try value(String.self))
        case .binary: self = .binary(try bytes(value(), at: decoder))
        case .bool: self = .bool(try value())
        case .null: self = .null
        case .list: self = .list(try value())
        case .map: self = .map(try value())
        case .stringSet: self = .stringSet(try value())
        case .numberSet: self = .numberSet(try value())
        case .binarySet: self = .binarySet(try value([String].self).map { try bytes($0, at: decoder) })
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .string(let value): try container.encode(value, forKey: .string)
        case .number(let value): try container.encode(value, forKey: .number)
        case .binary(let value): try container.encode(Base64.encode(value), forKey: .binary)
        case .bool(let value): try container.encode(value, forKey: .bool)
        case .null: try container.encode(true, forKey: .null)
        case .list(let value): try container.encode(value, forKey: .list)
        case .map(let value): try container.encode(value, forKey: .map)
        case .stringSet(let value): try container.encode(value, forKey: .stringSet)
        case .numberSet(let value): try container.encode(value, forKey: .numberSet)
        case .binarySet(let value): try container.encode(value.map(Base64.encode), forKey: .binarySet)
        }
    }
}

extension AttributeValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }
}
