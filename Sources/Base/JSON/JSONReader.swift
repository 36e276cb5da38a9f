import CRapidJSON

extension JSONValue {
    /// Reads one JSON text.
    ///
    /// Throws for text that is not JSON, or is nested deeper than 200 levels.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 16)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        copy[bytes.count] = 0
        try self.init(parsing: UnsafeMutableRawBufferPointer(rebasing: copy[..<bytes.count]))
    }

    /// The same as `init(parsing:)`, for bytes that a zero follows: they are read in place, and are destroyed by it.
    ///
    /// Beside the value itself, it takes no memory that grows with the text.
    package init(parsing terminated: UnsafeMutableRawBufferPointer) throws(JSONError) {
        var reader = JSONReader()
        self = try reader.read(terminated)
    }
}

/// Builds a value from the events of a text.
private struct JSONReader {
    /// Real events nest about ten levels; the limit protects recursive readers.
    static let maximumDepth = 200

    /// The members of open containers, and their names where the container is an object: its end says how many are its
    /// own, so that each container is made in one go.
    private var values: [JSONValue] = []
    private var keys: [String] = []
    private var depth = 0

    /// Throws for text that is not JSON, is nested too deep, or has a number beyond the range of a double.
    mutating func read(_ terminated: UnsafeMutableRawBufferPointer) throws(JSONError) -> JSONValue {
        guard let text = terminated.baseAddress, !terminated.isEmpty else { throw .empty }
        guard UTF8Text.isValid(UnsafeRawBufferPointer(terminated)) else { throw .notUTF8 }
        var offset = 0
        let outcome = withUnsafeMutablePointer(to: &self) { reader in
            rapidjson_read_in_place(
                text.assumingMemoryBound(to: CChar.self), terminated.count,
                { context, event, text, length, _ in
                    guard let reader = context?.assumingMemoryBound(to: JSONReader.self) else { return 0 }
                    reader.pointee.take(event, text, length)
                    return reader.pointee.depth <= JSONReader.maximumDepth ? 1 : 0
                }, reader, &offset)
        }
        guard outcome != RAPIDJSON_MALFORMED else { throw .malformed(offset: offset, count: terminated.count) }
        guard outcome == RAPIDJSON_WHOLE, let value = values.first else { throw .beyondLimits }
        return value
    }

    private mutating func take(_ event: rapidjson_event, _ text: UnsafePointer<CChar>?, _ length: Int) {
        var string: String { UTF8Text.string(UnsafeRawBufferPointer(start: text, count: length)) }
        switch event {
        case RAPIDJSON_FALSE: values.append(.bool(false))
        case RAPIDJSON_TRUE: values.append(.bool(true))
        case RAPIDJSON_NUMBER: values.append(.number(string))
        case RAPIDJSON_STRING: values.append(.string(string))
        case RAPIDJSON_KEY: keys.append(string)
        case RAPIDJSON_START_OBJECT, RAPIDJSON_START_ARRAY: depth += 1
        case RAPIDJSON_END_OBJECT:
            depth -= 1
            var members = [String: JSONValue](minimumCapacity: length)
            let (firstKey, first) = (keys.count - length, values.count - length)
            for index in 0..<length { members[keys[firstKey + index]] = values[first + index] }
            keys.removeLast(length)
            values.removeLast(length)
            values.append(.object(members))
        case RAPIDJSON_END_ARRAY:
            depth -= 1
            let elements = Array(values.suffix(length))
            values.removeLast(length)
            values.append(.array(elements))
        default: values.append(.null)
        }
    }
}
