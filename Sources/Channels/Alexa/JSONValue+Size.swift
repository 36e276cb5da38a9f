import LambdaRuntime

extension JSONValue {
    /// More bytes than the value has as JSON, found without writing it: every byte of a string may become `\\u0000`.
    var greatestByteCount: Int {
        switch self {
        case .null: 4
        case .bool: 5
        case .number(let digits): digits.utf8.count
        case .string(let text): text.utf8.count * 6 + 2
        case .array(let elements): elements.reduce(2) { $0 + $1.greatestByteCount + 1 }
        case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count * 6 + $1.value.greatestByteCount + 4 }
        }
    }
}
