import AWS

/// The check of this shell's AWS identity. `GetCallerIdentity` in the AWS STS API Reference; it needs no permission.
struct IdentityCheck: LiveCheck {
    let subject = "AWS"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let aws = try AWSProbe(settings.variables.environment(for: ""), deadline: deadline)
        let result = try await aws.query("GetCallerIdentity", of: .sts, version: "2011-06-15")
        // The ARN's end may be a person's name.
        guard let account = result["Account"]?.text, !account.isEmpty, account.allSatisfy(\.isNumber) else {
            return [.mend(subject, "STS does not tell the account: is it AWS that answers?")]
        }
        return [.ok(subject, "account \(account), region \(aws.configuration.region)")]
    }
}
