/// An error with a type that its receiver branches on.
///
/// Lambda's Runtime API keeps `errorType` only when it matches `(Runtime|Function)\.[A-Z][a-zA-Z]+`; the runtime falls
/// back to the Swift type's name otherwise. `description` becomes `errorMessage`, so it must hold no personal data.
package protocol TypedError: Error, CustomStringConvertible, Sendable {
    /// The type, such as `Function.InvalidRequest`.
    var errorType: String { get }
}

extension Error {
    /// The error for the log: a `TypedError`'s description, which holds no personal data; of any other its type alone.
    package var summary: String {
        (self as? any TypedError)?.description ?? "\(type(of: self))"
    }
}
