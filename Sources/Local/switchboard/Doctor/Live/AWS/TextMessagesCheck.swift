import AWS

/// The check that text messages reach any number. `GetSMSSandboxAccountStatus` in the Amazon SNS API Reference.
struct TextMessagesCheck: LiveCheck {
    let subject = "SMS"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let aws = try AWSProbe(settings.variables.environment(for: "SendSMS"), deadline: deadline)
        let status = try await aws.query("GetSMSSandboxAccountStatus", of: .sns, version: "2010-03-31")
        switch status["IsInSandbox"]?.text {
        case "false": return [.ok(subject, "out of the sandbox")]
        case "true":
            return [
                .mend(
                    subject,
                    "this region's account is in the SMS sandbox and reaches verified numbers only: leave it in "
                        + "the SNS console, and raise the month's spending limit")
            ]
        default: return [.mend(subject, "SNS does not tell whether it is in the sandbox: is it AWS that answers?")]
        }
    }
}
