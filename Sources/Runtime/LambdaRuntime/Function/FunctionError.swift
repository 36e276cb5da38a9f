package import Settings

/// The error a function fails with: a code for its callers to branch on and a sentence that says what to do.
///
/// Functions add codes of their own in an extension of `Code`.
package struct FunctionError: TypedError, Equatable {
    /// An error type as the caller sees it, such as `Function.InvalidRequest`.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The event is malformed, incomplete or wrong; the sender must change it.
        package static let invalidRequest = Code(rawValue: "Function.InvalidRequest")
        /// The function's own output is not JSON, such as a number that is infinite.
        package static let invalidOutput = Code(rawValue: "Function.InvalidOutput")
        /// A service could not do what it was asked to; a retry later may work.
        package static let serviceUnavailable = Code(rawValue: "Function.ServiceUnavailable")
    }

    /// The code that callers branch on.
    package let code: Code
    /// The sentence that says what failed and what to do; without personal data, since it is logged and returned.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Takes the type and the sentence of an error of another module.
    package init(_ error: any TypedError) {
        self.init(Code(rawValue: error.errorType), error.description)
    }

    package var errorType: String { code.rawValue }
}
