/// An object that S3 says has come into being.
package struct ObjectCreation: Sendable, Hashable {
    package let bucket: String
    /// The key as it is in the bucket, whatever encoding it came in.
    package let key: String

    package init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }
}
