/// Lambda's limit for the size of a response.
enum ResponseSize {
    /// Lambda's limit for a whole response, in bytes.
    static let limit = 6_291_556
    /// Room for the status and the headers around the body.
    private static let envelope = 1024

    /// Returns true when a body still fits once it is a JSON string in the response.
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
