import AWS
import LambdaRuntime

/// Whether SES may send, and to everybody. `GetAccount` in the Amazon SES API v2 Reference.
struct MailCheck: LiveCheck {
    let subject = "SES"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let aws = try AWSProbe(settings.variables.environment(for: "SendEmail"), deadline: deadline)
        let account = try await aws.get("/v2/email/account", "GetAccount", of: .ses)
        if account["SendingEnabled"]?.bool == false {
            return [.mend(subject, "sending is paused: see the account's dashboard in the SES console")]
        }
        guard account["ProductionAccessEnabled"]?.bool == true else {
            return [
                .mend(
                    subject,
                    "this region's account is in the sandbox and reaches verified addresses only: request "
                        + "production access in the SES console")
            ]
        }
        let quota = account["SendQuota"]?["Max24HourSend"]?.scalarText
        return [.ok(subject, "out of the sandbox\(quota.map { ", \($0) e-mails in 24 hours" } ?? "")")]
    }
}
