import CRapidJSON
import Encoding

extension JSONValue {
    /// The value as JSON, in UTF-8, with the keys of objects in order: the same value is always the same bytes.
    package var bytes: [UInt8] {
        let writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The value as JSON.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Owns a writer of RapidJSON's.
private struct JSONWriter: ~Copyable {
    private let writer = rapidjson_writer_new()

    deinit {
        rapidjson_writer_free(writer)
    }

    func write(_ value: JSONValue) {
        switch value {
        case .null: write(RAPIDJSON_NULL)
        case .bool(let value): write(value ? RAPIDJSON_TRUE : RAPIDJSON_FALSE)
        case .number(let digits): write(number: digits)
        case .string(let text): write(RAPIDJSON_STRING, text)
        case .array(let elements):
            write(RAPIDJSON_START_ARRAY)
            for element in elements { write(element) }
            write(RAPIDJSON_END_ARRAY)
        case .object(let members):
            write(RAPIDJSON_START_OBJECT)
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                write(RAPIDJSON_KEY, name)
                write(value)
            }
            write(RAPIDJSON_END_OBJECT)
        }
    }

    var bytes: [UInt8] {
        var length = 0
        let written = rapidjson_written(writer, &length)
        return Array(UnsafeRawBufferPointer(start: written, count: length))
    }

    /// Writes the digits unchanged; null for text that is not a number.
    private func write(number digits: String) {
        let first = digits.utf8.first ?? 0
        var offset = 0
        let isNumber =
            (first == UInt8(ascii: "-") || first.isASCIIDigit)
            && rapidjson_is_well_formed(digits, digits.utf8.count, &offset) != 0
        if isNumber { write(RAPIDJSON_NUMBER, digits) } else { write(RAPIDJSON_NULL) }
    }

    private func write(_ event: rapidjson_event, _ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { rapidjson_write(writer, event, $0.baseAddress, $0.count) }
        }
    }

    private func write(_ event: rapidjson_event) {
        rapidjson_write(writer, event, nil, 0)
    }
}
