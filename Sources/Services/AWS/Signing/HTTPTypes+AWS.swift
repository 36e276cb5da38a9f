import Encoding
import HTTPClient
import HTTPTypes
import Settings

extension HTTPField.Name {
    static let amzBucketRegion = literal("x-amz-bucket-region")
    static let amzContentSHA256 = literal("x-amz-content-sha256")
    static let amzDate = literal("X-Amz-Date")
    static let amzErrorType = literal("x-amzn-ErrorType")
    static let amzSecurityToken = literal("X-Amz-Security-Token")
    static let amzTarget = literal("X-Amz-Target")
    static let amznTraceID = literal("X-Amzn-Trace-Id")
}

extension HTTPRequest {
    /// Adds items to the path's query, percent-encoded.
    mutating func appendQuery(_ items: [(name: String, value: String)]) {
        let path = self.path ?? "/"
        let hasQuery = path.utf8.contains(UInt8(ascii: "?"))
        let separator = hasQuery ? (path.utf8.last == UInt8(ascii: "?") ? "" : "&") : "?"
        let query = items.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        self.path = path + separator + query.joined(separator: "&")
    }
}
