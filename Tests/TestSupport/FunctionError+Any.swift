package import LambdaRuntime
package import Settings

extension FunctionError {
    /// The error as the Runtime API sends it on: its type and its sentence.
    package init(_ error: any TypedError) {
        self.init(Code(rawValue: error.errorType), error.description)
    }
}
