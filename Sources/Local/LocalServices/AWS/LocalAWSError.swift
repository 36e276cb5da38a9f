/// The reason why a local AWS cannot be used, and the remedy.
package struct LocalAWSError: Error, CustomStringConvertible {
    package let description: String
    /// The service's code, such as `AccessDenied`; nil when no service responded.
    package let code: String?

    init(_ description: String, code: String? = nil) {
        self.description = description
        self.code = code
    }
}
