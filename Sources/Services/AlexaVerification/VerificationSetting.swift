package import LambdaRuntime

/// Whether requests over HTTP are verified.
package enum VerificationSetting: Sendable, Equatable {
    case on
    case off

    /// `ASK_VERIFY_REQUESTS`: only `false`, in any case, switches verification off.
    ///
    /// Whoever reads it logs `warning` at every start when it is off.
    package static var variable: Variable<VerificationSetting> {
        Variable { environment, _ in environment["ASK_VERIFY_REQUESTS"]?.lowercased() == "false" ? .off : .on }
    }

    /// What to log while verification is off.
    package static let warning =
        "ASK_VERIFY_REQUESTS is false: HTTP requests are taken for Alexa's without proof. Unset it in production."
}
