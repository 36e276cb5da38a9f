import AWS
import Settings

/// A secret that a variable names, read to see that it exists.
enum SecretLookup {
    /// Returns the secret's text; nil without the variable. Throws a `Refusal` with the remedy when there is no such
    /// secret.
    @discardableResult static func text(
        of variable: String, in environment: Environment, deadline: ContinuousClock.Instant
    ) async throws -> String? {
        guard let id = environment[variable] else { return nil }
        let aws = try AWSProbe(environment, deadline: deadline)
        do {
            return try await SecretsManagerClient(AWSClient(configuration: aws.configuration))
                .secretString(id: id, deadline: deadline)
        } catch {
            guard error.code == "ResourceNotFoundException" else { throw error }
            throw Refusal(remedy(variable))
        }
    }

    /// Returns the remedy for a variable whose secret does not exist.
    static func remedy(_ variable: String) -> String {
        "\(variable) names no secret of this account and region: take the ARN from its console"
    }
}
