import AWS
import Settings

/// The check of the secrets that are not a service's credentials: that they exist, have their keys, and are long
/// enough.
///
/// The secrets of Salesforce, VoiceIt and Twilio are read by the checks of those services.
struct SecretsCheck: LiveCheck {
    let subject = "secrets"
    let settings: LiveSettings

    private struct Secret: Sendable {
        let variable: String
        let key: String
        let functions: [String]
        /// A key that the secret may lack, of the same minimum length.
        var optional = ""
        /// The minimum length of the text; a shorter one can be guessed.
        let least: Int
    }

    private static let secrets = [
        Secret(
            variable: "VOICE_HASH_SECRET_ARN", key: "VOICE_HASH_SECRET", functions: ["VoiceAuthCheck", "TwilioVoice"],
            least: 16),
        Secret(
            variable: "RECORDING_LINK_SECRET_ARN", key: "RECORDING_LINK_SECRET", functions: ["ConnectRecording"],
            optional: "RECORDING_LINK_SECRET_PREVIOUS", least: 16),
        Secret(variable: "CRM_CALLERS_SECRET_ARN", key: "CRM_CALLERS", functions: ["CRMWrapperAPI"], least: 1),
    ]

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        var findings: [Finding] = []
        for secret in Self.secrets {
            let environments = try secret.functions.map(settings.variables.environment(for:))
            guard
                let environment = environments.first(where: { $0[secret.variable] != nil || $0[secret.key] != nil })
            else { continue }
            findings.append(await finding(secret, environment, deadline))
        }
        guard !findings.isEmpty else {
            throw MissingSetting("set VOICE_HASH_SECRET_ARN, RECORDING_LINK_SECRET_ARN, CRM_CALLERS_SECRET_ARN")
        }
        return findings
    }

    private func finding(
        _ secret: Secret, _ environment: Environment, _ deadline: ContinuousClock.Instant
    ) async -> Finding {
        do {
            let source = try environment.read(
                KeyedSecret.variable(
                    secret.variable, .init(secret.key, "what docs/configuration.md says of it"),
                    .init(secret.optional, "", isOptional: true)))
            let values = try await KeyedSecretReader(source).values(deadline: deadline)
            for key in [secret.key, secret.optional] {
                guard let length = values[key]?.value.unicodeScalars.count, length < secret.least else { continue }
                return .mend(key, "it has \(length) characters: give a random text of \(secret.least) or more")
            }
            return .ok(secret.key, "is there")
        } catch let error as EnvironmentError {
            return .mend(secret.key, error.description)
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return .mend(secret.key, SecretLookup.remedy(secret.variable))
        } catch let error as AWSError {
            return .mend(secret.key, error.remedy)
        } catch {
            return .mend(secret.key, "it failed with \(type(of: error))")
        }
    }
}
