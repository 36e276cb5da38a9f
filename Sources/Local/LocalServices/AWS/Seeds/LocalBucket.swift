/// An S3 bucket of the local AWS, moto or ministack, with its objects.
package struct LocalBucket: Sendable {
    package var name: String
    /// The objects' bytes, in the order in which they are put.
    package var objects: [(key: String, bytes: [UInt8])]

    package init(_ name: String, objects: [(key: String, bytes: [UInt8])] = []) {
        self.name = name
        self.objects = objects
    }
}
