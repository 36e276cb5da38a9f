import HTTPTypes

/// The head of a response, read line by line: skips interim (1xx) heads, ignores trailers.
struct ResponseHead {
    /// The largest head taken, interim ones included.
    static let maximumBytes = 64 << 10

    enum Verdict {
        case ok
        case tooLarge
        case malformed
    }

    /// The final head, once it is whole.
    private(set) var response: HTTPResponse?
    private var status: HTTPResponse.Status?
    private var fields = HTTPFields()
    private var size = 0

    /// The value of Content-Length, in bytes.
    var contentLength: Int? { response?.headerFields[.contentLength].flatMap { Int($0) } }

    /// Takes one line, with or without its line break.
    mutating func append(_ line: UnsafeRawBufferPointer) -> Verdict {
        size += line.count
        guard size <= Self.maximumBytes else { return .tooLarge }
        // Only the trailers of a chunked body come after the final head.
        guard response == nil else { return .ok }
        var text = line[...]
        while let last = text.last, last == 0x0A || last == 0x0D { text = text.dropLast() }
        if text.isEmpty { return finish() }
        return status == nil ? start(text) : appendField(text)
    }

    private mutating func finish() -> Verdict {
        guard let status else { return .malformed }
        if status.kind != .informational { response = HTTPResponse(status: status, headerFields: fields) }
        self.status = nil
        fields = HTTPFields()
        return .ok
    }

    /// `HTTP/1.1 200 OK`; the reason may be missing.
    private mutating func start(_ line: Slice<UnsafeRawBufferPointer>) -> Verdict {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].starts(with: "HTTP/".utf8), parts[1].count == 3,
            let code = Int(String(decoding: parts[1], as: UTF8.self)), code >= 100
        else { return .malformed }
        let reason = parts.count == 3 ? String(decoding: parts[2], as: UTF8.self) : ""
        status = HTTPResponse.Status(code: code, reasonPhrase: reason)
        return .ok
    }

    private mutating func appendField(_ line: Slice<UnsafeRawBufferPointer>) -> Verdict {
        func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
            let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            var bytes = bytes.drop(while: isBlank)
            while let last = bytes.last, isBlank(last) { bytes = bytes.dropLast() }
            return bytes
        }
        if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
            // A folded line continues the header before it (RFC 9112, 5.2).
            guard let last = fields.last else { return .malformed }
            let value = last.value + " " + String(decoding: trimmed(line), as: UTF8.self)
            fields[fields.index(before: fields.endIndex)] = HTTPField(name: last.name, value: value)
            return .ok
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
        else { return .malformed }
        fields.append(HTTPField(name: name, lenientValue: trimmed(line[(colon + 1)...])))
        return .ok
    }
}
