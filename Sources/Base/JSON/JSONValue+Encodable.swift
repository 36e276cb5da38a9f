import FoundationEssentials

extension JSONValue: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let digits):
            if let number = Int(digits) {
                try container.encode(number)
            } else if let number = Decimal(string: digits) {
                try container.encode(number)
            } else {
                // Beyond a decimal's range, but not a double's.
                try container.encode(Double(digits))
            }
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}
