import CRapidJSON

/// Reading, decoding and encoding of JSON texts (RFC 8259).
///
/// RapidJSON reads them: `System/CRapidJSON`.
package enum JSONText {
    /// Throws an error with the offset of the first fault.
    package static func check(_ bytes: [UInt8]) throws(JSONError) {
        var terminated = bytes
        terminated.append(0)
        try terminated.withUnsafeBufferPointer { bytes throws(JSONError) in
            try check(terminated: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.dropLast())))
        }
    }

    /// The same as `check(_:)`, for bytes that a zero follows.
    static func check(terminated bytes: UnsafeRawBufferPointer) throws(JSONError) {
        guard UTF8Text.isValid(bytes) else {
            throw .notUTF8
        }
        var offset = 0
        guard let text = bytes.assumingMemoryBound(to: CChar.self).baseAddress, !bytes.isEmpty,
            rapidjson_is_well_formed(text, bytes.count, &offset) != 0
        else {
            throw bytes.isEmpty ? .empty : .malformed(offset: offset, count: bytes.count)
        }
    }

    /// Decodes a text; a fault is a `JSONError` that names the place in it.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try decode(type, JSONValue(parsing: bytes))
    }

    /// The same as `decode(_:from:)`, for bytes that a zero follows: they are read in place, and are destroyed by it.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, terminated bytes: UnsafeMutableRawBufferPointer
    ) throws -> Value {
        try decode(type, JSONValue(parsing: bytes))
    }

    /// Decodes a value that has been read.
    package static func decode<Value: Decodable>(_ type: Value.Type, _ value: JSONValue) throws -> Value {
        do {
            return try JSONValueDecoder(value).whole(type)
        } catch let error as DecodingError {
            throw error.jsonError
        }
    }

    /// Returns the value as JSON in UTF-8, with the keys of objects in order, so that the same value is always the same
    /// bytes. Throws `EncodingError` for numbers that JSON does not have, such as infinity.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        var writer = JSONWriter()
        writer.write(try JSONValueEncoder.node(of: value))
        return writer.bytes
    }
}

extension DecodingError {
    /// The place where the text does not fit, without the value there.
    fileprivate var jsonError: JSONError {
        switch self {
        case .keyNotFound(let key, let context): .missing(path: (context.codingPath + [key]).path)
        case .valueNotFound(_, let context): .null(path: context.codingPath.path)
        case .typeMismatch(let type, let context): .mismatch(path: context.codingPath.path, type: "\(type)")
        case .dataCorrupted(let context): .unfit(path: context.codingPath.path)
        @unknown default: .unfit(path: "")
        }
    }
}

extension [any CodingKey] {
    fileprivate var path: String {
        map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
