import AWS
import Encoding
import JSON
import Settings

/// The check that SES has verified SendEmail's senders. `GetEmailIdentity` in the Amazon SES API v2 Reference.
struct SendersCheck: LiveCheck {
    let subject = "SES senders"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "SendEmail")
        let allowed = Self.elements(environment["EMAIL_ALLOWED_SENDERS"])
        let from = Self.elements(environment["EMAIL_FROM"]).first
        guard !allowed.isEmpty || from != nil else { throw MissingSetting("set EMAIL_ALLOWED_SENDERS") }
        let aws = try AWSProbe(environment, deadline: deadline)
        var (senders, findings): (Set<String>, [Finding]) = (allowed, [])
        let domain = from.map { "@\($0.split(separator: "@").last ?? "")" } ?? ""
        if let from {
            if allowed.isEmpty || allowed.contains(from) || allowed.contains(domain) {
                senders.insert(from)
            } else {
                findings.append(
                    .mend(
                        subject,
                        "EMAIL_FROM, an address at \(domain.dropFirst()), may not send: add it or \(domain) to "
                            + "EMAIL_ALLOWED_SENDERS"))
            }
        }
        for sender in senders.sorted() {
            let looked = try await finding(sender, aws)
            // The line of its domain states the remedy.
            if looked.finding.state != .ok, sender == from, allowed.contains(domain) { continue }
            findings.append(looked.finding)
            guard looked.finding.state == .ok, let identity = looked.identity else { continue }
            // A domain's own rights have a line of their own.
            if sender == from, allowed.contains(domain), !identity.isAddress { continue }
            findings += identityFindings(identity, hasOther: looked.hasOther, environment, aws.configuration.region)
        }
        return findings
    }

    private static func elements(_ list: String?) -> Set<String> {
        Set((list ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace }.lowercased() }).subtracting([""])
    }

    /// Checks a domain: it, or one above it, must be verified; for an address, the address or its domain.
    ///
    /// SES uses the nearest existing identity, verified or not.
    private func finding(
        _ sender: String, _ aws: AWSProbe
    ) async throws -> (finding: Finding, identity: Identity?, hasOther: Bool) {
        let domain = String(sender.split(separator: "@").last ?? "")
        let isAddress = !sender.hasPrefix("@") && sender != domain
        // Addresses are not shown, only their domains.
        let name = isAddress ? "an address at \(domain)" : domain
        let own = isAddress ? try await identity(sender, aws) : nil
        var others: [Identity] = []
        for domain in Self.domains(from: domain) where !others.contains(where: \.isVerified) {
            if let other = try await identity(domain, aws) { others.append(other) }
        }
        let all = (own.map { [$0] } ?? []) + others
        if all.contains(where: \.isVerified) {
            return (.ok(subject, "\(name) is verified"), all.first, own != nil && !others.isEmpty)
        }
        guard !all.isEmpty else {
            let text = "\(name) is no identity of this region: create it in the SES console and verify it"
            return (.mend(subject, text), nil, false)
        }
        let remedy =
            own != nil
            ? "open the link in SES's e-mail to it, or verify its domain"
            : "publish the DNS records that SES shows for it"
        return (.mend(subject, "\(name) is not verified yet: \(remedy)"), nil, false)
    }

    /// Returns the rights that an identity needs in addition to its own: its default configuration set's, and its own
    /// where there is another for its domain. "Default configuration sets" and "Verified identities" in the Amazon SES
    /// Developer Guide.
    private func identityFindings(
        _ identity: Identity, hasOther: Bool, _ environment: Environment, _ region: String
    ) -> [Finding] {
        let domain = identity.name.split(separator: "@").last ?? ""
        let name = identity.isAddress ? "the identity of an address at \(domain)" : "the identity \(domain)"
        var findings: [Finding] = []
        if let set = identity.configurationSet, environment["SES_CONFIGURATION_SET"] == nil {
            findings.append(
                .mend(
                    subject,
                    "\(name) has the default configuration set \(set), which the role may not use: set "
                        + "SES_CONFIGURATION_SET (SesConfigurationSet) to it, or take it off the identity"))
        }
        guard hasOther, identity.isAddress else { return findings }
        guard let arns = environment["SesIdentityArns"] else {
            return findings + [
                .skipped(
                    subject,
                    "\(name) counts, not its domain's: set SesIdentityArns, the stack's parameter, to have it compared")
            ]
        }
        let isGranted = arns.split(separator: ",").contains {
            $0.filter { !$0.isWhitespace }.lowercased().hasSuffix(":identity/\(identity.name)")
        }
        guard isGranted else {
            return findings + [
                .mend(
                    subject,
                    "\(name) counts, not its domain's: add its ARN, …:identity/<address>, to SesIdentityArns, or delete "
                        + "that identity")
            ]
        }
        return findings
    }

    /// Returns a domain and those above it, down to two labels: SES lets a domain's identity send from its subdomains.
    private static func domains(from domain: String) -> [String] {
        let labels = domain.split(separator: ".")
        return (0...max(labels.count - 2, 0)).map { labels.dropFirst($0).joined(separator: ".") }
    }

    private struct Identity {
        let name: String
        let isVerified: Bool
        /// The identity's default configuration set; nil without one.
        let configurationSet: String?

        var isAddress: Bool { name.contains("@") }
    }

    /// Returns nil when there is no such identity.
    private func identity(_ name: String, _ aws: AWSProbe) async throws -> Identity? {
        let path = "/v2/email/identities/\(PercentEncoding.encode(name))"
        do {
            let identity = try await aws.get(path, "GetEmailIdentity", of: .ses)
            let set = identity["ConfigurationSetName"]?.string ?? ""
            return Identity(
                name: name, isVerified: identity["VerifiedForSendingStatus"]?.bool ?? false,
                configurationSet: set.isEmpty ? nil : set)
        } catch let error as AWSError where error.status == 404 {
            return nil
        }
    }
}
