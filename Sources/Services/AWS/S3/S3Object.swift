/// An object in a bucket, as a listing has it.
package struct S3Object: Sendable {
    /// The key, of at most 1,024 bytes of UTF-8, exactly as stored.
    ///
    /// Two keys are the same when their bytes are; `==` of two strings takes `é` in one scalar and in two for the same.
    package let key: String
    /// In bytes.
    package let size: Int
    /// As S3 writes it, such as `2026-12-31T23:59:59.000Z`.
    package let lastModified: String?

    package init(key: String, size: Int, lastModified: String? = nil) {
        self.key = key
        self.size = size
        self.lastModified = lastModified
    }
}

extension S3Object: Equatable {
    package static func == (left: S3Object, right: S3Object) -> Bool {
        left.key.utf8.elementsEqual(right.key.utf8) && left.size == right.size
            && left.lastModified == right.lastModified
    }
}
