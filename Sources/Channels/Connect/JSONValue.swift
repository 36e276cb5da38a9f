import FoundationEssentials
import LambdaRuntime

/// A JSON value as a flow or a form passes it.
///
/// Numbers keep the digits they came with, as far as the decoder shows them: integers and decimals of up to 38 digits
/// exactly, larger ones as the nearest double.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number as JSON writes it: `3`, `19.9`, `1.5e+300`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The text of a string, nil for anything else.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The members of an object, nil for anything else.
    package var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// What a scalar prints as: a string's text, a number or a boolean as in JSON; nil for null, lists and objects.
    package var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension JSONValue: Decodable {
    package init(from decoder: any Decoder) throws {
        // In the order of what events hold most of: each wrong guess costs a thrown error.
        let scalar = try decoder.singleValueContainer()
        if scalar.decodeNil() {
            self = .null
        } else if let text = try? scalar.decode(String.self) {
            self = .string(text)
        } else if let double = try? scalar.decode(Double.self) {
            self = .number(JSONValue.number(in: scalar, nearest: double))
        } else if let members = try? decoder.container(keyedBy: AnyCodingKey.self) {
            var object: [String: JSONValue] = [:]
            for key in members.allKeys {
                object[key.stringValue] = try members.decode(JSONValue.self, forKey: key)
            }
            self = .object(object)
        } else if var elements = try? decoder.unkeyedContainer() {
            var array: [JSONValue] = []
            while !elements.isAtEnd {
                array.append(try elements.decode(JSONValue.self))
            }
            self = .array(array)
        } else {
            self = .bool(try scalar.decode(Bool.self))
        }
    }

    /// Integers first, then decimals: a double alone would lose digits of both.
    private static func number(in scalar: any SingleValueDecodingContainer, nearest double: Double) -> String {
        if let integer = try? scalar.decode(Int64.self) { return "\(integer)" }
        if let integer = try? scalar.decode(UInt64.self) { return "\(integer)" }
        if let decimal = try? scalar.decode(Decimal.self) { return "\(decimal)" }
        return "\(double)"
    }

    /// Reads one JSON text, nil when it is none (or is nested deeper than the decoder's 512 levels).
    package init?(parsing text: String) {
        guard let value = try? JSONText.decode(JSONValue.self, from: Array(text.utf8)) else { return nil }
        self = value
    }
}

/// A key of any name.
struct AnyCodingKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
