import AWS
import Calling
import JSON
import Settings
import Synchronization

/// The account that everybody shares: given as it is, or kept in a secret that is read at start, and again once the CRM refuses
/// what it held.
final class CRMAccountStore: Sendable {
    private let secretID: String?
    private let secrets: SecretsManagerClient
    private let pause: RereadingPause
    private let known: Mutex<CRMAccount?>

    init(_ settings: CRMSettings, _ secrets: SecretsManagerClient, timing: CallTiming = CallTiming()) {
        secretID = settings.secretID
        self.secrets = secrets
        pause = RereadingPause(timing: timing)
        known = Mutex(settings.secretID == nil ? settings.account : nil)
    }

    /// Whether there is such an account, read or not; without one, account linking is the only way in.
    var exists: Bool { secretID != nil || known.withLock { $0 != nil } }

    /// Reads the secret ahead of the first request.
    ///
    /// Throws when there is no such secret, when it may not be read, or when it does not hold what it should. Secrets
    /// Manager that does not answer in time is no reason not to start: whoever has linked an account needs no secret, and
    /// who has not lets it be read once more.
    func prepare(deadline: ContinuousClock.Instant) async throws {
        do {
            _ = try await account(deadline: deadline)
        } catch let error as AWSError where error.outcome != .refused || error.isRetryable {}
    }

    /// The account, read when it has not been; nil when there is none.
    func account(deadline: ContinuousClock.Instant) async throws -> CRMAccount? {
        if let account = known.withLock(\.self) { return account }
        return try await read(deadline: deadline)
    }

    /// Another account than the refused one, if there is: the secret may have been rotated since it was read.
    ///
    /// Nil also within 30 seconds of the last time that this was tried.
    func account(
        insteadOf refused: CRMAccount, deadline: ContinuousClock.Instant
    ) async throws -> CRMAccount? {
        guard secretID != nil else { return nil }
        if let account = known.withLock(\.self), account != refused { return account }
        guard pause.mayRead() else { return nil }
        let account = try await read(deadline: deadline)
        return account == refused ? nil : account
    }

    private func read(deadline: ContinuousClock.Instant) async throws -> CRMAccount? {
        guard let secretID else { return nil }
        let text = try await secrets.secretString(id: secretID, deadline: deadline)
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
        known.withLock { $0 = account }
        return account
    }
}
