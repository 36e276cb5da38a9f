import AWS
import Alexa
import Logging
import Settings

extension CRMSkill {
    /// Throws when there is no identity to call the CRM with; makes no call.
    func checkAccess(_ input: HandlerInput) throws(CRMError) {
        guard input.envelope.accessToken != nil || account.exists else { throw .notLinked }
    }

    /// Calls the CRM as the user, whose own token wins, or else as the skill's account; a second time when that was
    /// refused and its secret holds another by now. A refused request was not carried out, so a repeat is safe for any.
    func asking<Value>(
        _ input: HandlerInput, deadline: ContinuousClock.Instant,
        _ work: (CRMClient.Credentials) async throws(CRMError) -> Value
    ) async throws(CRMError) -> Value {
        if let token = input.envelope.accessToken { return try await work(.token(token)) }
        let known = try await account(input) { try await account.account(deadline: deadline) }
        guard let known else { throw .notLinked }
        do throws(CRMError) {
            return try await work(.account(known))
        } catch {
            guard error == .accountRefused,
                let other = try? await account(
                    input, { try await account.account(insteadOf: known, deadline: deadline) })
            else { throw error }
            return try await work(.account(other))
        }
    }

    /// Returns the account in the secret, with its errors as the skill's.
    private func account(
        _ input: HandlerInput, _ read: () async throws -> CRMAccount?
    ) async throws(CRMError) -> CRMAccount? {
        do {
            return try await read()
        } catch {
            // Neither kind of error contains any part of the secret.
            let reason = (error as? AWSError)?.description ?? (error as? EnvironmentError)?.description
            input.context.logger.error("The skill's account was not read: \(reason ?? "\(type(of: error))")")
            throw .down
        }
    }
}
