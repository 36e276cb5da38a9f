import AWS
import Encoding
import JSON
import Settings

/// The check that SES may send, and to any recipient. `GetAccount` in the Amazon SES API v2 Reference.
struct MailCheck: LiveCheck {
    let subject = "SES"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "SendEmail")
        let aws = try AWSProbe(environment, deadline: deadline)
        let findings = [try await account(aws)]
        guard let set = environment["SES_CONFIGURATION_SET"] else { return findings }
        return findings + [try await configurationSet(set, aws)]
    }

    private func account(_ aws: AWSProbe) async throws -> Finding {
        let account = try await aws.get("/v2/email/account", "GetAccount", of: .ses)
        if account["SendingEnabled"]?.bool == false {
            return .mend(subject, "sending is paused: see the account's dashboard in the SES console")
        }
        guard account["ProductionAccessEnabled"]?.bool == true else {
            return .mend(
                subject,
                "this region's account is in the sandbox and reaches verified addresses only: verify recipients and put "
                    + "their ARNs into SesIdentityArns, or request production access in the SES console")
        }
        let quota = account["SendQuota"]?["Max24HourSend"]?.scalarText
        return .ok(subject, "out of the sandbox\(quota.map { ", \($0) e-mails in 24 hours" } ?? "")")
    }

    /// "GetConfigurationSet" in the Amazon SES API v2 Reference.
    private func configurationSet(_ name: String, _ aws: AWSProbe) async throws -> Finding {
        let subject = "SES configuration set"
        do {
            let path = "/v2/email/configuration-sets/\(PercentEncoding.encode(name))"
            let set = try await aws.get(path, "GetConfigurationSet", of: .ses)
            guard set["SendingOptions"]?["SendingEnabled"]?.bool != false else {
                return .mend(subject, "sending is disabled for \(name): enable it in the SES console")
            }
            return .ok(subject, "\(name) is there")
        } catch let error as AWSError where error.status == 404 {
            return .mend(
                subject, "there is no \(name) in this region: create it, or take it out of SES_CONFIGURATION_SET")
        }
    }
}
