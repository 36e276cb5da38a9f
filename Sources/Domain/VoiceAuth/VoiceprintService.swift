package import VoiceIt

/// The part of VoiceIt that makes and deletes users with their voiceprints.
package protocol VoiceprintService: Sendable {
    /// Creates a user and returns its id. Not idempotent: two calls create two users.
    nonisolated(nonsending) func createUser(deadline: ContinuousClock.Instant) async throws -> String

    /// Deletes the user with its voiceprint; returns false when there was none.
    @discardableResult
    nonisolated(nonsending) func deleteUser(_ id: String, deadline: ContinuousClock.Instant) async throws -> Bool
}

extension VoiceItClient: VoiceprintService {}
