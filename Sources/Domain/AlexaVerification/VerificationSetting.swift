import LambdaRuntime
import Logging
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

    /// Logs that verification is off, when it is.
    package func warnIfOff(_ environment: Environment) {
        guard self == .off else { return }
        let logger = Logger(label: "switchboard") { _ in
            LambdaLogHandler(configuration: LogConfiguration(environment))
        }
        logger.warning(
            "ASK_VERIFY_REQUESTS is false: HTTP requests are accepted unsigned. Unset it in production.")
    }
}
