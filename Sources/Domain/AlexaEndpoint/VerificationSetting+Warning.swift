package import AlexaVerification
import LambdaRuntime
import Logging
package import Settings

extension VerificationSetting {
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
