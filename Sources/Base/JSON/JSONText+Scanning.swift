import CRapidJSON

/// The kinds of tokens in a JSON text.
package enum JSONToken: Sendable {
    case null
    case bool
    /// Its text are the digits as they were written.
    case number
    case string
    case key
    case startObject
    case endObject
    case startArray
    case endArray
}

/// The receiver of a text's tokens, for large texts of one shape, of which a tree would cost several times as much.
package protocol JSONScanner: AnyObject {
    /// Takes a token; `text` has the bytes of a number, a string or a key, unescaped, and is valid during the call alone.
    func take(_ token: JSONToken, _ text: UnsafeRawBufferPointer)
}

extension JSONText {
    /// Passes each token to the scanner, in the text's order.
    ///
    /// Throws for text that is not JSON, or has a number beyond the range of a double: what was taken until then is
    /// void. A byte that belongs to no number follows the digits of one.
    package static func scan(_ bytes: [UInt8], _ scanner: any JSONScanner) throws(JSONError) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 16)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        copy[bytes.count] = 0
        guard let text = copy.baseAddress, !bytes.isEmpty else { throw .empty }
        guard UTF8Text.isValid(UnsafeRawBufferPointer(rebasing: copy[..<bytes.count])) else { throw .notUTF8 }
        var offset = 0
        let context = ScanContext(scanner)
        let outcome = withExtendedLifetime(context) {
            rapidjson_read_in_place(
                text.assumingMemoryBound(to: CChar.self), bytes.count, ScanContext.tell,
                Unmanaged.passUnretained(context).toOpaque(), &offset)
        }
        guard outcome != RAPIDJSON_MALFORMED else { throw .malformed(offset: offset, count: bytes.count) }
        guard outcome == RAPIDJSON_WHOLE else { throw .beyondLimits }
    }
}

private final class ScanContext {
    let scanner: any JSONScanner

    init(_ scanner: any JSONScanner) {
        self.scanner = scanner
    }

    static let tell: rapidjson_handler = { context, event, text, length, _ in
        guard let context else { return 0 }
        let scanner = Unmanaged<ScanContext>.fromOpaque(context).takeUnretainedValue().scanner
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: text, count: length) }
        switch event {
        case RAPIDJSON_FALSE, RAPIDJSON_TRUE: scanner.take(.bool, none)
        case RAPIDJSON_NUMBER: scanner.take(.number, bytes)
        case RAPIDJSON_STRING: scanner.take(.string, bytes)
        case RAPIDJSON_KEY: scanner.take(.key, bytes)
        case RAPIDJSON_START_OBJECT: scanner.take(.startObject, none)
        case RAPIDJSON_END_OBJECT: scanner.take(.endObject, none)
        case RAPIDJSON_START_ARRAY: scanner.take(.startArray, none)
        case RAPIDJSON_END_ARRAY: scanner.take(.endArray, none)
        default: scanner.take(.null, none)
        }
        return 1
    }
}
