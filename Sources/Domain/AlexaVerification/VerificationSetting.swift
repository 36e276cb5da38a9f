package import Settings

/// The switch for the verification of requests over HTTP.
package enum VerificationSetting: Sendable, Equatable {
    case on
    case off

    /// `ASK_VERIFY_REQUESTS`: only `false`, in any case, switches verification off.
    ///
    /// A function that reads it calls `warnIfOff` at every start.
    package static var variable: Variable<VerificationSetting> {
        Variable { environment, _ in environment["ASK_VERIFY_REQUESTS"]?.lowercased() == "false" ? .off : .on }
    }
}
