import AWS
import Calling
import HTTPClient
import JSON
import Settings

extension SalesforceConfiguration {
    /// Returns the reader of the connected app's credentials, in the secret or the variables.
    func secretReader(http: CurlClient, timing: CallTiming) -> SecretReader<SalesforceSecrets> {
        guard let secret else { return SecretReader(given: secrets) }
        return SecretReader(
            id: secret.id,
            client: SecretsManagerClient(AWSClient(configuration: secret.aws, http: http, timing: timing)),
            timing: timing, isSame: { $0.isSame(as: $1) }, parse: { [self] in try secrets(parsing: $0) })
    }

    /// Parses the secret's text: its own values, and the variables' where it lacks one.
    private func secrets(parsing text: String) throws(EnvironmentError) -> SalesforceSecrets {
        guard let values = try? JSONText.decode([String: SecretValue].self, from: Array(text.utf8)) else {
            throw EnvironmentError(faults: ["The secret of SALESFORCE_SECRET_ARN must be a JSON object of strings."])
        }
        var result = SalesforceSecrets { name in values[name]?.text.flatMap { $0.isEmpty ? nil : $0 } }
        result.clientID = result.clientID ?? secrets.clientID
        result.clientSecret = result.clientSecret ?? secrets.clientSecret
        result.username = result.username ?? secrets.username
        result.password = result.password ?? secrets.password
        result.privateKey = result.privateKey ?? secrets.privateKey
        let faults = faults(of: result)
        guard faults.isEmpty else { throw EnvironmentError(faults: faults) }
        return result
    }
}

/// A member of the secret; members that are not strings are ignored.
private struct SecretValue: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
    }
}
