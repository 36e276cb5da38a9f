import Calling
import Encoding
import HTTPTypes

/// The parameters of a listing, the same for every page.
struct S3Listing: Sendable {
    let bucket: String
    let prefix: String
    let startAfter: String?
    let pageSize: Int
    let address: S3Address

    /// A page's largest size: every byte of a key of 1,024 may be encoded as `%XX`, with half a kilobyte of other
    /// elements.
    private static let maximumBytesPerKey = 4 << 10

    /// Returns the request for the first page, or for the one of `token`.
    func request(token: String?) throws(AWSError) -> AWSRequest {
        let action = "ListObjectsV2"
        guard S3Address.isBucketName(bucket) else {
            throw AWSError(
                service: AWSService.s3.name, action: action, code: "InvalidBucketName", outcome: .notSent,
                detail: "a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens")
        }
        // Keys are requested percent-encoded, since XML cannot hold every character of one.
        var query = [("list-type", "2"), ("encoding-type", "url"), ("max-keys", String(pageSize))]
        if !prefix.isEmpty { query.append(("prefix", prefix)) }
        if let token {
            query.append(("continuation-token", token))
        } else if let startAfter, !startAfter.isEmpty {
            query.append(("start-after", startAfter))
        }
        let items = query.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        return AWSRequest(
            service: .s3, action: action, method: .get, endpoint: address.endpoint, path: "\(address.root)?\(items)",
            headers: [:], body: [], repetition: .idempotent,
            maximumAnswerBytes: Self.maximumBytesPerKey * pageSize + (64 << 10))
    }
}
