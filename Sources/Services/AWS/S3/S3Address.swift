import Calling
import Encoding

/// The address of a bucket.
///
/// AWS addresses a bucket by a host name of its own, except a bucket with dots, which no wildcard certificate covers; a
/// custom endpoint by path. "Virtual hosting of buckets" in the Amazon S3 User Guide.
struct S3Address: Sendable, Equatable {
    let endpoint: Endpoint
    /// The bucket with a slash before it where the path names it; else empty.
    let bucketPath: String

    init(bucket: String, configuration: AWSConfiguration) {
        let service = configuration.endpoint(for: .s3)
        let hasOwnHost =
            !configuration.hasCustomEndpoint(for: .s3) && Self.isBucketName(bucket) && !bucket.utf8.contains(0x2e)
        endpoint = hasOwnHost ? Endpoint(scheme: service.scheme, authority: "\(bucket).\(service.authority)") : service
        // Encoded whole, so that an invalid bucket name cannot become another bucket's key.
        bucketPath = hasOwnHost ? "" : "/" + PercentEncoding.encode(bucket)
    }

    /// The path of the bucket itself, below the endpoint's base path.
    var root: String { bucketPath.isEmpty ? "/" : bucketPath }

    /// The path of an object, below the endpoint's base path: not normalised, since `//` and `..` are part of the key.
    func path(of key: String) -> String {
        "\(bucketPath)/\(PercentEncoding.encode(key, keepingSlashes: true))"
    }

    /// Returns true when `name` follows the rules for buckets.
    ///
    /// 3 to 63 lower-case letters, digits, dots and hyphens, the first and the last a letter or a digit, no two dots in a
    /// row. "General purpose bucket naming rules" in the same guide.
    static func isBucketName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        func isLetterOrDigit(_ byte: UInt8?) -> Bool {
            byte.map { $0.isASCIILowercase || $0.isASCIIDigit } ?? false
        }
        return (3...63).contains(bytes.count) && isLetterOrDigit(bytes.first) && isLetterOrDigit(bytes.last)
            && bytes.allSatisfy { isLetterOrDigit($0) || $0 == 0x2d || $0 == 0x2e }
            && !zip(bytes, bytes.dropFirst()).contains { $0 == 0x2e && $1 == 0x2e }
    }
}
