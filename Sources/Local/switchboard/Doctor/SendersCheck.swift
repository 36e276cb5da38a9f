import AWS
import LambdaRuntime

/// Whether SES has verified what SendEmail may send from. `GetEmailIdentity` in the Amazon SES API v2 Reference.
struct SendersCheck: LiveCheck {
    let subject = "SES senders"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "SendEmail")
        let listed = "\(environment["EMAIL_ALLOWED_SENDERS"] ?? ""),\(environment["EMAIL_FROM"] ?? "")"
        let senders = Set(listed.split(separator: ",").map { $0.filter { !$0.isWhitespace }.lowercased() })
        guard !senders.isSubset(of: [""]) else { throw MissingSetting("set EMAIL_ALLOWED_SENDERS") }
        let aws = try AWSProbe(environment, deadline: deadline)
        var findings: [Finding] = []
        for sender in senders.filter({ !$0.isEmpty }).sorted() { findings.append(try await finding(sender, aws)) }
        return findings
    }

    /// A domain must be verified itself, or one above it; an address, or its domain.
    private func finding(_ sender: String, _ aws: AWSProbe) async throws -> Finding {
        let domain = String(sender.split(separator: "@").last ?? "")
        let isAddress = !sender.hasPrefix("@") && sender != domain
        // Addresses are nobody's business but their domain's.
        let name = isAddress ? "an address at \(domain)" : domain
        let own = isAddress ? try await isVerified(sender, aws) : nil
        var states = [own]
        for domain in Self.domains(from: domain) where !states.contains(true) {
            states.append(try await isVerified(domain, aws))
        }
        if states.contains(true) { return .ok(subject, "\(name) is verified") }
        guard states.contains(false) else {
            return .mend(subject, "\(name) is no identity of this region: create it in the SES console and verify it")
        }
        let remedy =
            own == false
            ? "open the link in SES's e-mail to it, or verify its domain"
            : "publish the DNS records that SES shows for it"
        return .mend(subject, "\(name) is not verified yet: \(remedy)")
    }

    /// A domain and those above it, down to two labels: SES lets a domain's identity send from its subdomains.
    private static func domains(from domain: String) -> [String] {
        let labels = domain.split(separator: ".")
        return (0...max(labels.count - 2, 0)).map { labels.dropFirst($0).joined(separator: ".") }
    }

    /// Nil when there is no such identity.
    private func isVerified(_ identity: String, _ aws: AWSProbe) async throws -> Bool? {
        let path = "/v2/email/identities/\(PercentEncoding.encode(identity))"
        do {
            return try await aws.get(path, "GetEmailIdentity", of: .ses)["VerifiedForSendingStatus"]?.bool ?? false
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }
}
