/// Why a local AWS cannot be used, and what to do.
package struct LocalAWSError: Error, CustomStringConvertible {
    package let description: String
    /// The service's code, such as `AccessDenied`; nil when no service answered.
    package let code: String?

    init(_ description: String, code: String? = nil) {
        self.description = description
        self.code = code
    }
}
