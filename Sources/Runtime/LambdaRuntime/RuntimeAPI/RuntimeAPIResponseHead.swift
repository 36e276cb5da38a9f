/// The head of a response of the Runtime API: the parts that the loop needs, as ranges of the bytes it was read from.
///
/// Parsed as bytes, in one pass and without an allocation: this runs twice an invocation.
struct RuntimeAPIResponseHead {
    private(set) var status = 0
    private(set) var contentLength: Int?
    private(set) var isChunked = false
    /// True when the connection may be reused: HTTP/1.1 without `Connection: close`, or 1.0 with `keep-alive`.
    var keepsAlive: Bool { isPersistent && !isLast }
    private var isPersistent = true
    private var isLast = false
    /// The length of the head in bytes, its empty line included.
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
        isPersistent = bytes[7] != UInt8(ascii: "0")
    }

    private mutating func parseField(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) throws(RuntimeAPIError) {
        // A line that begins with a blank continues the one before it, which HTTP gave up: RFC 9112, 5.2.
        guard let colon = bytes.index(of: UInt8(ascii: ":"), in: line), colon > line.lowerBound,
            bytes[line.lowerBound] != UInt8(ascii: " "), bytes[line.lowerBound] != UInt8(ascii: "\t")
        else { throw .malformedAnswer("a header line has no name") }
        let name = line.lowerBound..<colon
        // The length tells most names apart, and those of no use need no look at all.
        switch name.count {
        case 10, 14, 17: try parseFramingField(bytes, name, bytes.trimmed(colon + 1..<line.upperBound))
        case 23...35: parseLambdaField(bytes, name, bytes.trimmed(colon + 1..<line.upperBound))
        default: break
        }
    }

    private mutating func parseFramingField(
        _ bytes: UnsafeRawBufferPointer, _ name: Range<Int>, _ value: Range<Int>
    ) throws(RuntimeAPIError) {
        if bytes.matches("content-length", at: name.lowerBound, upTo: name.upperBound) {
            guard let length = bytes.decimal(value), contentLength == nil || contentLength == length else {
                throw .malformedAnswer("its Content-Length is no number, or there are two of them")
            }
            contentLength = length
        } else if bytes.matches("transfer-encoding", at: name.lowerBound, upTo: name.upperBound) {
            guard bytes.matches("chunked", at: value.lowerBound, upTo: value.upperBound) else {
                throw .malformedAnswer("its Transfer-Encoding is not chunked")
            }
            isChunked = true
        } else if bytes.matches("connection", at: name.lowerBound, upTo: name.upperBound) {
            parseConnection(bytes, value)
        }
    }

    /// A list, in which `close` wins over `keep-alive`.
    private mutating func parseConnection(_ bytes: UnsafeRawBufferPointer, _ value: Range<Int>) {
        var start = value.lowerBound
        while start < value.upperBound {
            let end = bytes.index(of: UInt8(ascii: ","), in: start..<value.upperBound) ?? value.upperBound
            let option = bytes.trimmed(start..<end)
            if bytes.matches("close", at: option.lowerBound, upTo: option.upperBound) { isLast = true }
            if bytes.matches("keep-alive", at: option.lowerBound, upTo: option.upperBound) { isPersistent = true }
            start = end + 1
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
