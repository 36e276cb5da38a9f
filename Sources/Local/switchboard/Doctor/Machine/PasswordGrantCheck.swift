import Foundation
import JSON
import Settings

/// The warning of every place where the password grant is configured, which Salesforce ends.
///
/// It looks at samconfig.toml, and with `--live` at the settings and at the parameters of stacks that are there. The
/// variables of events are for this machine alone and do not count.
struct PasswordGrantCheck: DoctorCheck {
    static let subject = "password grant"
    /// The end of the grant, by Salesforce Help: "Salesforce is retiring the OAuth 2.0 Username-Password Flow for
    /// Connected Apps", article 005461976.
    static let end =
        "Salesforce ends the username-password flow on 2027-02-20 (Salesforce Help, article 005461976), without exceptions"

    let project: Project
    /// Nil without `--live`.
    var settings: LiveSettings?

    func findings() async -> [Finding] {
        let file = project.root.appending(path: "samconfig.toml")
        let environments = SamEnvironment.all(in: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
        let named = environments.filter { $0.parameters["SalesforceGrant"] == "password" }.map(\.name)
        let samconfig =
            named.isEmpty ? [] : [Self.grant("SalesforceGrant=password in samconfig.toml (\(Self.list(named)))")]
        guard let settings else { return samconfig }
        let deadline = ContinuousClock.now + settings.patience
        let stacks = environments.isEmpty ? ["switchboard"] : Set(environments.compactMap(\.stack)).sorted()
        return await samconfig + own(settings, deadline) + deployed(stacks, settings, deadline)
    }

    /// Returns the findings in the settings of `--env-vars` and of the shell.
    private func own(_ settings: LiveSettings, _ deadline: ContinuousClock.Instant) async -> [Finding] {
        // What cannot be read is the other checks' to say.
        let template = try? project.template()
        let callers = template?.functions.keys.sorted().filter {
            template?.declared(by: $0)?.contains("SALESFORCE_GRANT") == true
        }
        let functions = (callers ?? ["CRMWrapperAPI", "ConnectRecording"]).filter {
            (try? settings.variables.environment(for: $0))?["SALESFORCE_GRANT"] == "password"
        }
        let grants = functions.isEmpty ? [] : [Self.grant("SALESFORCE_GRANT=password of \(Self.list(functions))")]
        guard let alexa = try? settings.variables.environment(for: "AlexaCRM") else { return grants }
        if alexa["CRM_API_PASSWORD"] != nil { return grants + [Self.password("CRM_API_PASSWORD of AlexaCRM")] }
        return await grants + secret(of: alexa, "CRM_API_PASSWORD in the secret of CRM_API_SECRET_ARN", deadline)
    }

    /// Returns the findings in the parameters of stacks that are there, as far as this identity may see them.
    private func deployed(
        _ stacks: [String], _ settings: LiveSettings, _ deadline: ContinuousClock.Instant
    ) async -> [Finding] {
        guard var environment = try? settings.variables.values(for: "AlexaCRM"),
            let aws = try? AWSProbe(Environment(environment), deadline: deadline)
        else { return [] }
        var findings: [Finding] = []
        for stack in stacks {
            guard let parameters = try? await aws.stackParameters(of: stack) else { continue }
            if parameters["SalesforceGrant"] == "password" {
                findings.append(Self.grant("SalesforceGrant=password of the stack \(stack)"))
            }
            guard let id = parameters["CrmApiSecretArn"], !id.isEmpty, id != environment["CRM_API_SECRET_ARN"] else {
                continue
            }
            environment["CRM_API_SECRET_ARN"] = id
            findings += await secret(
                of: Environment(environment), "CRM_API_PASSWORD in the secret CrmApiSecretArn of the stack \(stack)",
                deadline)
        }
        return findings
    }

    private func secret(
        of environment: Environment, _ place: String, _ deadline: ContinuousClock.Instant
    ) async -> [Finding] {
        let text = try? await SecretLookup.text(of: "CRM_API_SECRET_ARN", in: environment, deadline: deadline)
        let secret = text.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
        return secret?["CRM_API_PASSWORD"]?.string?.isEmpty == false ? [Self.password(place)] : []
    }

    private static func grant(_ place: String) -> Finding {
        .note(
            subject,
            "\(place): \(end). Sign in by client_credentials or jwt: docs/salesforce.md, \"Leaving the password grant\""
        )
    }

    private static func password(_ place: String) -> Finding {
        .note(
            subject,
            "\(place): \(end). Give AlexaCRM a service caller's CRM_API_TOKEN, or let people link their accounts: "
                + "docs/salesforce.md, \"Leaving the password grant\"")
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
