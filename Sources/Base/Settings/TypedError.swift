/// An error with a type that its receiver branches on.
///
/// Lambda's Runtime API keeps `errorType` only when it matches `(Runtime|Function)\.[A-Z][a-zA-Z]+`; the runtime falls
/// back to the Swift type's name otherwise. `description` becomes `errorMessage`, so it must hold no personal data.
package protocol TypedError: Error, CustomStringConvertible, Sendable {
    /// The type, such as `Function.InvalidRequest`.
    var errorType: String { get }
}
