import Calling
import HTTPTypes

/// Amazon S3: the keys of a bucket, its objects, and URLs by which others fetch them.
package struct S3Client: Sendable {
    let client: AWSClient

    /// - Parameter bucket: The bucket of the first calls.
    package init(_ client: AWSClient, bucket: String? = nil) {
        self.client = client
        if let bucket { client.expect(S3Address(bucket: bucket, configuration: client.configuration).endpoint) }
    }

    /// Returns true when `name` can be a bucket's; listing any other throws `InvalidBucketName`, with nothing sent.
    ///
    /// 3 to 63 lower-case letters, digits, dots and hyphens.
    package static func isBucketName(_ name: String) -> Bool {
        S3Address.isBucketName(name)
    }

    /// Returns pages of ListObjectsV2 in key order (UTF-8 binary order), each requested when it is read.
    ///
    /// - Parameters:
    ///   - prefix: Keys that do not begin with it are left out.
    ///   - startAfter: Keys up to and including this one are left out; it need not exist.
    ///   - pageSize: The most keys of a page, 1 to 1,000.
    ///   - deadline: For all pages together.
    package func pages(
        of bucket: String, prefix: String = "", startAfter: String? = nil, pageSize: Int = 1000,
        deadline: ContinuousClock.Instant
    ) -> S3Pages {
        S3Pages(
            client: client,
            listing: S3Listing(
                bucket: bucket, prefix: prefix, startAfter: startAfter,
                pageSize: min(max(1, pageSize), 1000),
                address: S3Address(bucket: bucket, configuration: client.configuration)),
            deadline: deadline)
    }

    /// Returns the URL by which its holder can get an object, until `seconds` from now.
    ///
    /// No request is made, so the bucket and the object need not exist. The URL is as secret as the object.
    /// - Parameters:
    ///   - key: Not empty; an empty key would open the bucket itself, with its listing.
    ///   - seconds: 1 to 604,800; values outside are clamped. Temporary credentials end earlier, and the URL with them.
    package func presignedURL(bucket: String, key: String, expiresIn seconds: Int) -> String {
        let address = S3Address(bucket: bucket, configuration: client.configuration)
        let request = HTTPRequest(
            method: .get, scheme: address.endpoint.scheme, authority: address.endpoint.authority,
            path: address.endpoint.basePath + address.path(of: key))
        let signed = client.signer(for: .s3).presign(
            request, expiresIn: min(max(1, seconds), 604_800), at: client.utc)
        return "\(address.endpoint.scheme)://\(address.endpoint.authority)\(signed.path ?? "")"
    }
}
