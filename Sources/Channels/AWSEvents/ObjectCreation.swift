/// An object that S3 reports as created.
package struct ObjectCreation: Sendable, Hashable {
    package let bucket: String
    /// The object's key in the bucket, decoded.
    package let key: String

    package init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }
}
