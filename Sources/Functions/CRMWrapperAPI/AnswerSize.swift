/// How large an answer may be for Lambda to take it.
enum AnswerSize {
    /// Lambda's limit for a whole answer, in bytes.
    static let limit = 6_291_556
    /// Room for the status and the headers around the body.
    private static let envelope = 1024

    /// Whether a body still fits once it stands as a JSON string in the answer.
    static func fits(_ body: [UInt8]) -> Bool {
        guard body.count <= limit - envelope else { return false }
        return body.reduce(envelope) { $0 + size($1) } <= limit
    }

    private static func size(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): 2
        case 0x08, 0x09, 0x0A, 0x0C, 0x0D: 2
        case 0..<0x20: 6
        default: 1
        }
    }
}
