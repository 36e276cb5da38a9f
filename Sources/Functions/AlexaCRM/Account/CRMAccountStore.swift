import AWS
import Calling
import JSON
import Settings

/// The account that everybody shares: given in the variables, or kept in a secret that is read at start.
final class CRMAccountStore: Sendable {
    /// Nil when there is no such account.
    private let reader: SecretReader<CRMAccount>?

    init(_ settings: CRMSettings, _ secrets: SecretsManagerClient, timing: CallTiming = CallTiming()) {
        if let id = settings.secretID {
            reader = SecretReader(
                id: id, client: secrets, timing: timing, isSame: { $0 == $1 },
                parse: { try CRMAccount(parsingSecret: $0) })
        } else {
            reader = settings.account.map { SecretReader(given: $0) }
        }
    }

    /// True when there is such an account, read or not; without one, account linking is the only way in.
    var exists: Bool { reader != nil }

    /// Reads the secret ahead of the first request.
    ///
    /// Throws when there is no such secret, when it may not be read, or when it does not hold what it should. A Secrets
    /// Manager that does not answer in time does not fail the start: users with linked accounts do not need the secret, and
    /// others trigger another reading.
    func prepare(deadline: ContinuousClock.Instant) async throws {
        do {
            _ = try await account(deadline: deadline)
        } catch let error as AWSError where error.outcome != .refused || error.isRetryable {}
    }

    /// Returns the account, read when it has not been; nil when there is none.
    func account(deadline: ContinuousClock.Instant) async throws -> CRMAccount? {
        try await reader?.values(deadline: deadline)
    }

    /// Returns another account than the refused one, if there is one: the secret may have been rotated since it was read.
    ///
    /// The result is nil also within 30 seconds of the last such read.
    func account(
        insteadOf refused: CRMAccount, deadline: ContinuousClock.Instant
    ) async throws -> CRMAccount? {
        try await reader?.values(insteadOf: refused, deadline: deadline)
    }
}

extension CRMAccount {
    /// Parses the text of `CRM_API_SECRET_ARN`'s secret.
    fileprivate init(parsingSecret text: String) throws(EnvironmentError) {
        let secret = try? JSONValue(parsing: Array(text.utf8))
        guard
            let account = CRMAccount(
                token: secret?["CRM_API_TOKEN"]?.string, username: secret?["CRM_API_USERNAME"]?.string,
                password: secret?["CRM_API_PASSWORD"]?.string)
        else {
            throw EnvironmentError(faults: [
                "The secret of CRM_API_SECRET_ARN must be a JSON object with CRM_API_TOKEN, of characters from ! to ~, or "
                    + "with CRM_API_USERNAME and CRM_API_PASSWORD."
            ])
        }
        self = account
    }
}
