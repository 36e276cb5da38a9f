import CRapidJSON

extension JSONValue {
    /// Reads one JSON text.
    ///
    /// Throws for text that is not JSON, or is nested deeper than 200 levels.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        var terminated = bytes
        terminated.append(0)
        self = try terminated.withUnsafeBufferPointer { bytes throws(JSONError) in
            try JSONValue(parsing: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.dropLast())))
        }
    }

    /// The same as `init(parsing:)`, for bytes that a zero follows.
    package init(parsing terminated: UnsafeRawBufferPointer) throws(JSONError) {
        var reader = JSONReader()
        guard let value = reader.read(terminated) else {
            try JSONText.check(terminated: terminated)
            throw .beyondLimits
        }
        self = value
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

    /// Returns nil for text that is not JSON, is nested too deep, or has a number beyond the range of a double.
    mutating func read(_ terminated: UnsafeRawBufferPointer) -> JSONValue? {
        guard let text = terminated.assumingMemoryBound(to: CChar.self).baseAddress,
            String(validating: terminated, as: UTF8.self) != nil
        else { return nil }
        let isWhole = withUnsafeMutablePointer(to: &self) { reader in
            rapidjson_read_values(
                text, terminated.count,
                { context, event, text, length, _ in
                    guard let reader = context?.assumingMemoryBound(to: JSONReader.self) else { return 0 }
                    reader.pointee.take(event, text, length)
                    return reader.pointee.depth <= JSONReader.maximumDepth ? 1 : 0
                }, reader) != 0
        }
        return isWhole ? values.first : nil
    }

    private mutating func take(_ event: rapidjson_event, _ text: UnsafePointer<CChar>?, _ length: Int) {
        var string: String {
            String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
        }
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
