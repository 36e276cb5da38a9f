import Settings

/// An input without the shape that its reader expects; the sender must change it.
package struct InvalidInput: TypedError, Equatable {
    /// One sentence: the faulty place and the change to make, without personal data.
    package let description: String

    package var errorType: String { "Function.InvalidRequest" }

    package init(_ description: String) {
        self.description = description
    }
}
