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
    /// Throws for text that is not JSON, or has a number beyond the range of a double: nothing is passed
    /// then. A byte that belongs to no number follows the digits of one.
    package static func scan(_ bytes: [UInt8], _ scanner: any JSONScanner) throws(JSONError) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count + 1, alignment: 16)
        defer { copy.deallocate() }
        copy.copyBytes(from: bytes)
        copy[bytes.count] = 0
        guard let text = copy.baseAddress, !bytes.isEmpty else { throw .empty }
        guard UTF8Text.isValid(UnsafeRawBufferPointer(rebasing: copy[..<bytes.count])) else { throw .notUTF8 }
        var offset = 0
        var tokens = TokenList()
        defer { tokens.free() }
        let outcome = withUnsafeMutablePointer(to: &tokens) { list in
            rapidjson_read_in_place(
                text.assumingMemoryBound(to: CChar.self), bytes.count, TokenList.append, UnsafeMutableRawPointer(list),
                &offset)
        }
        guard outcome != RAPIDJSON_MALFORMED else { throw .malformed(offset: offset, count: bytes.count) }
        guard outcome == RAPIDJSON_WHOLE else { throw .beyondLimits }
        tokens.pass(to: scanner)
    }
}

/// The tokens of a text, as the parser finds them.
///
/// Nothing here is counted by reference: a parser that called the scanner itself would spend half of its time on that.
private struct TokenList {
    private struct Token {
        let event: rapidjson_event
        let text: UnsafePointer<CChar>?
        let length: Int
    }

    private var base: UnsafeMutablePointer<Token>?
    private var count = 0
    private var capacity = 0

    static let append: rapidjson_handler = { list, event, text, length, _ in
        guard let list else { return 0 }
        list.assumingMemoryBound(to: TokenList.self).pointee.append(Token(event: event, text: text, length: length))
        return 1
    }

    private mutating func append(_ token: Token) {
        if count == capacity { grow() }
        base?.advanced(by: count).initialize(to: token)
        count += 1
    }

    private mutating func grow() {
        capacity = max(256, capacity * 2)
        let larger = UnsafeMutablePointer<Token>.allocate(capacity: capacity)
        if let base {
            larger.moveInitialize(from: base, count: count)
            base.deallocate()
        }
        base = larger
    }

    func pass(to scanner: any JSONScanner) {
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        for token in UnsafeBufferPointer(start: base, count: count) {
            var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: token.text, count: token.length) }
            switch token.event {
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
        }
    }

    func free() { base?.deallocate() }
}
