package import LambdaRuntime

/// Persistent attributes as the ASK SDKs keep them in DynamoDB: `id` (S) and `attributes` (M), in DynamoDB's JSON.
///
/// A skill moved here from one of the SDKs finds its users' attributes again.
package enum AttributeItem {
    /// The item's key.
    package static func key(_ id: String) -> JSONValue {
        ["id": ["S": .string(id)]]
    }

    /// The whole item.
    package static func item(_ id: String, _ attributes: [String: JSONValue]) -> JSONValue {
        ["id": ["S": .string(id)], "attributes": ["M": .object(attributes.mapValues(encoded))]]
    }

    /// The attributes of an item; nil when it has none that are a map.
    package static func attributes(_ item: JSONValue) -> [String: JSONValue]? {
        item["attributes"]?["M"]?.object?.mapValues(decoded)
    }

    /// A value in DynamoDB's JSON. An empty string stays one: DynamoDB takes it outside keys.
    static func encoded(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null: ["NULL": true]
        case .bool(let value): ["BOOL": .bool(value)]
        case .number(let digits): ["N": .string(digits)]
        case .string(let text): ["S": .string(text)]
        case .array(let elements): ["L": .array(elements.map(encoded))]
        case .object(let members): ["M": .object(members.mapValues(encoded))]
        }
    }

    /// The value of DynamoDB's JSON; sets become lists and binaries base64 texts, which JSON has no other place for.
    static func decoded(_ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value, members.count == 1, let (kind, content) = members.first else {
            return .null
        }
        switch (kind, content) {
        case ("BOOL", .bool), ("S", .string), ("B", .string): return content
        case ("N", .string(let digits)): return .number(digits)
        case ("L", .array(let elements)): return .array(elements.map(decoded))
        case ("M", .object(let members)): return .object(members.mapValues(decoded))
        case ("SS", .array(let elements)), ("BS", .array(let elements)): return .array(elements)
        case ("NS", .array(let elements)): return .array(elements.map { .number($0.string ?? "0") })
        default: return .null
        }
    }
}
