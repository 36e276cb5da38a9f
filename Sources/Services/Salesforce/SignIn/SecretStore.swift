import AWS
import Calling
import FoundationEssentials
import HTTPClient
import Settings
import Synchronization

/// The current credentials of the connected app: from the variables, or from Secrets Manager and kept.
final class SecretStore: Sendable {
    private let configuration: SalesforceConfiguration
    private let client: SecretsManagerClient?
    private let pause: RereadingPause
    private let kept: Mutex<SalesforceSecrets?>

    init(_ configuration: SalesforceConfiguration, http: CurlClient, timing: CallTiming) {
        self.configuration = configuration
        client = configuration.secret.map {
            SecretsManagerClient(AWSClient(configuration: $0.aws, http: http, timing: timing))
        }
        pause = RereadingPause(timing: timing)
        kept = Mutex(configuration.secret == nil ? configuration.secrets : nil)
    }

    /// The values, as far as they were read, that must not be shown.
    var known: [String] { current?.values ?? [] }

    /// The credentials as far as they were read.
    var current: SalesforceSecrets? { kept.withLock(\.self) }

    /// The credentials, read from Secrets Manager when they have not been read yet.
    nonisolated(nonsending) func secrets(deadline: ContinuousClock.Instant) async throws -> SalesforceSecrets {
        if let secrets = current { return secrets }
        return try await read(deadline: deadline)
    }

    /// Other credentials than `refused`, if there are any: the secret may have been rotated since it was read.
    ///
    /// Nil also within 30 seconds of the last time that this was tried.
    nonisolated(nonsending) func secrets(insteadOf refused: SalesforceSecrets, deadline: ContinuousClock.Instant)
        async throws -> SalesforceSecrets?
    {
        guard client != nil else { return nil }
        if let current, !current.isSame(as: refused) { return current }
        guard pause.mayRead() else { return nil }
        let secrets = try await read(deadline: deadline)
        return secrets.isSame(as: refused) ? nil : secrets
    }

    private nonisolated(nonsending) func read(deadline: ContinuousClock.Instant) async throws -> SalesforceSecrets {
        guard let client, let id = configuration.secret?.id else { return configuration.secrets }
        let text = try await client.secretString(id: id, deadline: deadline)
        guard let values = try? JSONDecoder().decode([String: SecretValue].self, from: Data(text.utf8)) else {
            throw EnvironmentError(faults: ["The secret of SALESFORCE_SECRET_ARN must be a JSON object of strings."])
        }
        let plain = configuration.secrets
        var secrets = SalesforceSecrets { name in values[name]?.text.flatMap { $0.isEmpty ? nil : $0 } }
        secrets.clientID = secrets.clientID ?? plain.clientID
        secrets.clientSecret = secrets.clientSecret ?? plain.clientSecret
        secrets.username = secrets.username ?? plain.username
        secrets.password = secrets.password ?? plain.password
        secrets.privateKey = secrets.privateKey ?? plain.privateKey
        let faults = configuration.faults(of: secrets)
        guard faults.isEmpty else { throw EnvironmentError(faults: faults) }
        kept.withLock { $0 = secrets }
        return secrets
    }
}

/// A member of the secret; those that are no texts are not ours.
private struct SecretValue: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
    }
}
