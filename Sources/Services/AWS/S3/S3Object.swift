/// An object in a bucket, as listed.
package struct S3Object: Sendable {
    /// The key, of at most 1,024 bytes of UTF-8, exactly as stored.
    ///
    /// Two keys are equal when their bytes are; `==` of two strings treats `é` in one scalar and in two as equal.
    package let key: String
    /// The size in bytes.
    package let size: Int
    /// The time as S3 writes it, such as `2026-12-31T23:59:59.000Z`.
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
