package import AWS
import Encoding
package import JSON

extension AttributeValue {
    /// Converts a JSON value to DynamoDB's. An empty string stays one: DynamoDB accepts it outside keys.
    package init(_ json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let digits): self = .number(digits)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .list(elements.map(AttributeValue.init))
        case .object(let members): self = .map(members.mapValues(AttributeValue.init))
        }
    }
}

extension JSONValue {
    /// Converts DynamoDB's value to JSON; sets become lists and binaries base64 strings, which JSON has no types for.
    package init(_ value: AttributeValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let digits): self = .number(digits)
        case .string(let text): self = .string(text)
        case .binary(let bytes): self = .string(Self.base64(bytes))
        case .list(let elements): self = .array(elements.map(JSONValue.init))
        case .map(let members): self = .object(members.mapValues(JSONValue.init))
        case .stringSet(let texts): self = .array(texts.map(JSONValue.string))
        case .numberSet(let numbers): self = .array(numbers.map(JSONValue.number))
        case .binarySet(let binaries): self = .array(binaries.map { .string(Self.base64($0)) })
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        Base64.encode(bytes)
    }
}
