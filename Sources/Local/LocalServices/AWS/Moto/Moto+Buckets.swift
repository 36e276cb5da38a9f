import Foundation

extension Seeder {
    /// Makes the bucket, unless there is one of that name, and puts its objects.
    func add(_ bucket: LocalBucket) async throws {
        try await s3("/\(bucket.name)", Array(Self.bucketConfiguration(region).utf8))
        for object in bucket.objects {
            let key = object.key.addingPercentEncoding(withAllowedCharacters: Self.unreservedOrSlash) ?? ""
            try await s3("/\(bucket.name)/\(key)", object.bytes)
        }
    }

    private func s3(_ path: String, _ body: [UInt8]) async throws {
        try await call("PUT", path, ["Authorization": unsigned("s3")], body)
    }

    /// RFC 3986's unreserved characters and the slash.
    private static let unreservedOrSlash = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")

    private static func bucketConfiguration(_ region: String) -> String {
        // us-east-1 is the region of a bucket without configuration, and must not be named.
        region == "us-east-1"
            ? ""
            : "<CreateBucketConfiguration><LocationConstraint>\(region)</LocationConstraint></CreateBucketConfiguration>"
    }
}
