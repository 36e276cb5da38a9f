/// What one ListObjectsV2 answered.
package struct S3Page: Sendable {
    /// In key order; at most as many as were asked for.
    package let objects: [S3Object]
    /// Whether the listing ends here.
    package let isLast: Bool

    package init(objects: [S3Object], isLast: Bool) {
        self.objects = objects
        self.isLast = isLast
    }
}
