package import HTTPTypes

extension HTTPFields {
    /// Sets the one value of a header, or removes the header.
    ///
    /// The subscript by name does the same, but splits Cookie by Swift's string processing, whose 1.2 MB would then be
    /// in every bootstrap that calls out.
    package mutating func set(_ name: HTTPField.Name, to value: String?) {
        self[values: name] = value.map { [$0] } ?? []
    }
}
