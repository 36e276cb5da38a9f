import AWS
import Calling
package import Logging

/// Carries out the deletions stored in the table, and records the confirmed ones.
package struct Deletions: Sendable {
    private let store: VoiceStore
    private let voiceprints: any VoiceprintService
    private let logger: Logger

    package init(store: VoiceStore, voiceprints: any VoiceprintService, logger: Logger) {
        self.store = store
        self.voiceprints = voiceprints
        self.logger = logger
    }

    /// Deletes the VoiceIt user that a decision gave up; returns false when it is left to the sweep.
    ///
    /// Returns true for a decision that keeps its user.
    @discardableResult
    package func carryOut(_ decision: VoiceDecision, deadline: ContinuousClock.Instant) async -> Bool {
        guard let deletion = decision.deletion(since: store.timing.now()) else { return true }
        return await carryOut([deletion], deadline: deadline)
    }

    /// Deletes the VoiceIt users of these deletions; returns false when one is left to the sweep.
    @discardableResult
    package func carryOut(_ deletions: [PendingDeletion], deadline: ContinuousClock.Instant) async -> Bool {
        var areDone = true
        for deletion in deletions {
            guard case .user(let user, let identity) = deletion.target else { continue }
            do {
                try await voiceprints.deleteUser(user, deadline: deadline)
            } catch {
                warn(deletion, error)
                areDone = false
                continue
            }
            await settle(deletion, deadline: deadline)
            _ = try? await store.apply(.voiceprintDeleted, to: identity, deadline: deadline)
        }
        return areDone
    }

    /// Deletes a VoiceIt user that the table cannot be told of. Should an identity have it after all, VoiceIt does not know
    /// it any more, and the next `begin` makes another; it has no recording yet.
    package func discard(_ user: String, deadline: ContinuousClock.Instant) async {
        do {
            try await voiceprints.deleteUser(user, deadline: deadline)
        } catch {
            logger.error("A VoiceIt user that nobody uses is left behind. \(error)")
        }
    }

    /// Takes down that the deletion is confirmed. A failure is a line of the log: the sweep finds it gone.
    package func settle(_ deletion: PendingDeletion, deadline: ContinuousClock.Instant) async {
        do throws(VoiceStoreError) {
            try await store.settle(deletion, deadline: deadline)
        } catch {
            logger.warning("A deletion was confirmed, and its item stays until the sweep. \(error)")
        }
    }

    /// Writes the one line about a deletion that failed.
    package func warn(_ deletion: PendingDeletion, _ error: any Error) {
        logger.warning("The deletion of \(deletion.logName) failed, and will be tried again. \(error)")
    }
}
