package import Settings

/// The error a function fails with: a code that its callers branch on and a sentence that says what to do.
///
/// Functions add codes of their own in an extension of `Code`.
package struct FunctionError: TypedError, Equatable {
    /// A type as the caller sees it, such as `Function.InvalidRequest`.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The event is malformed, or lacks or mistakes something; the sender must change it.
        package static let invalidRequest = Code(rawValue: "Function.InvalidRequest")
        /// The function's own output is not JSON, such as a number that is infinite.
        package static let invalidOutput = Code(rawValue: "Function.InvalidOutput")
        /// A service did not do what was asked, now; asking again later may work.
        package static let serviceUnavailable = Code(rawValue: "Function.ServiceUnavailable")
    }

    /// What callers branch on.
    package let code: Code
    /// What failed and what to do; without personal data, since it is logged and answered.
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
