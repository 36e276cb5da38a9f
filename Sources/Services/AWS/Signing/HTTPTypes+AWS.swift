import HTTPTypes

extension HTTPField.Name {
    static let amzBucketRegion = literal("x-amz-bucket-region")
    static let amzContentSHA256 = literal("x-amz-content-sha256")
    static let amzDate = literal("X-Amz-Date")
    static let amzErrorType = literal("x-amzn-ErrorType")
    static let amzSecurityToken = literal("X-Amz-Security-Token")
    static let amzTarget = literal("X-Amz-Target")
    static let amznTraceID = literal("X-Amzn-Trace-Id")

    /// A name written in this file, which is a valid token.
    private static func literal(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .date
    }
}

extension HTTPRequest {
    /// Adds an item to the path's query, percent-encoded.
    mutating func appendQuery(_ name: String, _ value: String) {
        let path = self.path ?? "/"
        let separator = path.contains("?") ? (path.hasSuffix("?") ? "" : "&") : "?"
        self.path = "\(path)\(separator)\(PercentEncoding.encode(name))=\(PercentEncoding.encode(value))"
    }
}
