import Glibc

/// The head of an answer of the Runtime API: what the loop needs of it, as ranges of the bytes it was read from.
///
/// Parsed as bytes, in one pass and without an allocation: this runs twice an invocation.
struct AnswerHead {
    private(set) var status = 0
    private(set) var contentLength: Int?
    private(set) var isChunked = false
    /// Whether the connection may be used again: HTTP/1.1 without `Connection: close`, or 1.0 with `keep-alive`.
    private(set) var keepsAlive = true
    /// How many bytes the head takes, its empty line included.
    private(set) var length = 0

    private(set) var requestID: Range<Int>?
    private(set) var deadline: Range<Int>?
    private(set) var invokedFunctionARN: Range<Int>?
    private(set) var traceID: Range<Int>?
    private(set) var clientContext: Range<Int>?
    private(set) var cognitoIdentity: Range<Int>?
    private(set) var tenantID: Range<Int>?
    private(set) var invocationID: Range<Int>?
    private(set) var extensionID: Range<Int>?

    /// The longest head that is read; the largest that Lambda sends holds a client context of 3,583 bytes.
    static let maximumLength = 65_536

    /// Parses the head at the start of `bytes`; nil when its end has not come yet.
    init?(_ bytes: UnsafeRawBufferPointer) throws(RuntimeAPIError) {
        guard let statusLine = Line(in: bytes, at: 0) else { return nil }
        try parseStatusLine(bytes, statusLine.content)
        var start = statusLine.next
        while let line = Line(in: bytes, at: start) {
            if line.content.isEmpty {
                length = line.next
                return
            }
            try parseField(bytes, line.content)
            start = line.next
        }
        return nil
    }

    private mutating func parseStatusLine(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) throws(RuntimeAPIError) {
        guard line.count >= 12, bytes.matches("http/1.", at: 0), bytes[8] == UInt8(ascii: " "),
            let status = bytes.decimal(9..<12), line.count == 12 || bytes[12] == UInt8(ascii: " ")
        else { throw .malformedAnswer("its first line is not an HTTP/1 status line") }
        self.status = status
        keepsAlive = bytes[7] != UInt8(ascii: "0")
    }

    private mutating func parseField(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) throws(RuntimeAPIError) {
        guard let colon = bytes.index(of: UInt8(ascii: ":"), in: line), colon > line.lowerBound else {
            throw .malformedAnswer("a header line has no name")
        }
        let value = bytes.trimmed(colon + 1..<line.upperBound)
        let name = line.lowerBound
        if bytes.matches("lambda-", at: name) {
            parseLambdaField(bytes, name..<colon, value)
        } else if bytes.matches("content-length", at: name, upTo: colon) {
            guard let length = bytes.decimal(value), contentLength == nil || contentLength == length else {
                throw .malformedAnswer("its Content-Length is no number, or there are two of them")
            }
            contentLength = length
        } else if bytes.matches("transfer-encoding", at: name, upTo: colon) {
            guard bytes.matches("chunked", at: value.lowerBound, upTo: value.upperBound) else {
                throw .malformedAnswer("its Transfer-Encoding is not chunked")
            }
            isChunked = true
        } else if bytes.matches("connection", at: name, upTo: colon) {
            if bytes.matches("close", at: value.lowerBound, upTo: value.upperBound) { keepsAlive = false }
            if bytes.matches("keep-alive", at: value.lowerBound, upTo: value.upperBound) { keepsAlive = true }
        }
    }

    private mutating func parseLambdaField(_ bytes: UnsafeRawBufferPointer, _ name: Range<Int>, _ value: Range<Int>) {
        func isNamed(_ other: StaticString) -> Bool {
            bytes.matches(other, at: name.lowerBound, upTo: name.upperBound)
        }
        switch name.count {
        case 29 where isNamed("lambda-runtime-aws-request-id"): requestID = value
        case 26 where isNamed("lambda-runtime-deadline-ms"): deadline = value
        case 35 where isNamed("lambda-runtime-invoked-function-arn"): invokedFunctionARN = value
        case 23 where isNamed("lambda-runtime-trace-id"): traceID = value
        case 29 where isNamed("lambda-runtime-client-context"): clientContext = value
        case 31 where isNamed("lambda-runtime-cognito-identity"): cognitoIdentity = value
        case 28 where isNamed("lambda-runtime-aws-tenant-id"): tenantID = value
        case 28 where isNamed("lambda-runtime-invocation-id"): invocationID = value
        case 27 where isNamed("lambda-extension-identifier"): extensionID = value
        default: break
        }
    }
}

/// A line of a head, without its end.
struct Line {
    let content: Range<Int>
    let next: Int

    /// The line that starts at `start`; nil when its end has not come yet.
    init?(in bytes: UnsafeRawBufferPointer, at start: Int) {
        guard let end = bytes.index(of: UInt8(ascii: "\n"), in: start..<bytes.count) else { return nil }
        let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
        content = start..<(hasReturn ? end - 1 : end)
        next = end + 1
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func index(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard let baseAddress, !range.isEmpty,
            let found = memchr(baseAddress + range.lowerBound, CInt(byte), range.count)
        else { return nil }
        return UnsafeRawPointer(found) - baseAddress
    }

    /// Whether the bytes from `start` begin with `name` in any case; `name` is of lower-case letters, digits and `-./`.
    fileprivate func matches(_ name: StaticString, at start: Int) -> Bool {
        guard start + name.utf8CodeUnitCount <= count else { return false }
        for offset in 0..<name.utf8CodeUnitCount where self[start + offset] | 0x20 != name.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Whether the bytes from `start` up to `end` are `name`, in any case.
    fileprivate func matches(_ name: StaticString, at start: Int, upTo end: Int) -> Bool {
        end - start == name.utf8CodeUnitCount && matches(name, at: start)
    }

    fileprivate func trimmed(_ range: Range<Int>) -> Range<Int> {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(self[start]) { start += 1 }
        while end > start, isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The number that the bytes of `range` spell in decimal digits; nil when they do not, or when it has over 18.
    func decimal(_ range: Range<Int>) -> Int? {
        guard 1...18 ~= range.count else { return nil }
        var number = 0
        for index in range {
            let digit = Int(self[index]) - Int(UInt8(ascii: "0"))
            guard 0...9 ~= digit else { return nil }
            number = number * 10 + digit
        }
        return number
    }
}
