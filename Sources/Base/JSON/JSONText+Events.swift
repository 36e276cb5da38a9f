import CRapidJSON

/// A token of a JSON text, in the text's order.
package enum JSONEvent: Equatable {
    case null
    case bool(Bool)
    /// The digits as they were written.
    case number(String)
    case string(String)
    case key(String)
    case startObject
    case endObject
    case startArray
    case endArray
}

extension JSONText {
    /// Calls `handler` with each token and the offset of the byte after it; the handler returns false to stop.
    ///
    /// Throws for text that is not JSON, for a number beyond the range of a double, and when the handler stopped.
    package static func read(_ bytes: [UInt8], _ handler: @escaping (JSONEvent, Int) -> Bool) throws(JSONError) {
        var terminated = bytes
        terminated.append(0)
        try terminated.withUnsafeBufferPointer { bytes throws(JSONError) in
            try read(terminated: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.dropLast())), handler)
        }
    }

    /// The same as `read(_:_:)`, for bytes that a zero follows.
    static func read(
        terminated bytes: UnsafeRawBufferPointer, _ handler: @escaping (JSONEvent, Int) -> Bool
    ) throws(JSONError) {
        try check(terminated: bytes)
        guard let text = bytes.assumingMemoryBound(to: CChar.self).baseAddress else { return }
        let reader = Reader(handler)
        let isWhole = withExtendedLifetime(reader) {
            rapidjson_read(text, bytes.count, Reader.tell, Unmanaged.passUnretained(reader).toOpaque()) != 0
        }
        guard isWhole else {
            throw .beyondLimits
        }
    }

    private final class Reader {
        let handler: (JSONEvent, Int) -> Bool

        init(_ handler: @escaping (JSONEvent, Int) -> Bool) {
            self.handler = handler
        }

        static let tell: rapidjson_handler = { context, event, text, length, end in
            guard let context else { return 0 }
            let reader = Unmanaged<Reader>.fromOpaque(context).takeUnretainedValue()
            let string = { String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self) }
            let value: JSONEvent? =
                switch event {
                case RAPIDJSON_NULL: .null
                case RAPIDJSON_FALSE: .bool(false)
                case RAPIDJSON_TRUE: .bool(true)
                case RAPIDJSON_NUMBER: .number(string())
                case RAPIDJSON_STRING: .string(string())
                case RAPIDJSON_KEY: .key(string())
                case RAPIDJSON_START_OBJECT: .startObject
                case RAPIDJSON_END_OBJECT: .endObject
                case RAPIDJSON_START_ARRAY: .startArray
                case RAPIDJSON_END_ARRAY: .endArray
                default: nil
                }
            return value.map { reader.handler($0, end) } == true ? 1 : 0
        }
    }
}
