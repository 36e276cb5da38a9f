/// A type that reads itself from a JSON value; numbers keep their digits, and shapes may vary.
package protocol JSONReadable {
    /// Throws `InvalidInput` for a value without the shape that the type expects.
    init(_ json: JSONValue) throws
}

extension JSONReadable {
    /// Reads one JSON text. Throws `JSONError` for text that is not JSON.
    package init(parsing bytes: [UInt8]) throws {
        try self.init(JSONValue(parsing: bytes))
    }
}
