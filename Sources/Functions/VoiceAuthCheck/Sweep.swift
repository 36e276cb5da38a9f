import AWS
import Calling
import Logging
import Twilio
import TwilioREST
import VoiceAuth
import VoiceIt

/// The scheduled sweep: retries every deletion that is due, of recordings at Twilio and of users at VoiceIt.
struct Sweep {
    let store: VoiceStore
    let voiceprints: any VoiceprintService
    /// Nil where Twilio's secret is not given: recordings stay pending.
    let recordings: SweptRecordings?
    let logger: Logger
    let deadline: ContinuousClock.Instant

    /// The number of parallel deletions, and the time limit of one.
    private static let width = 8
    private static let longest = Duration.seconds(2)
    /// The age, in milliseconds, at which somebody has to look.
    private static let overdue = 3_600_000
    /// The time reserved for counting.
    private static let rest = Duration.seconds(1)

    private var deletions: Deletions { Deletions(store: store, voiceprints: voiceprints, logger: logger) }

    /// Returns how many deletions are left after it. Throws the `VoiceStoreError`.
    func pending() async throws(VoiceStoreError) -> Int {
        let due = try await store.pendingDeletions(deadline: deadline).filter(isDue)
        if recordings == nil, due.contains(where: \.isRecording) {
            logger.warning("Recordings wait for their deletion: set TWILIO_SECRET_ARN.")
        }
        await withTaskGroup(of: Void.self) { group in
            for (index, deletion) in due.enumerated() {
                if index >= Self.width { await group.next() }
                guard store.timing.instant() < deadline - Self.rest else { break }
                group.addTask { await carryOut(deletion) }
            }
        }
        let left = try await store.pendingDeletions(deadline: deadline)
        report(overdue: left.count { store.timing.now() - $0.since >= Self.overdue })
        return left.count
    }

    /// Writes the line that the stack's alarm counts.
    private func report(overdue count: Int) {
        guard count > 0 else { return }
        logger.warning(
            "Deletions have been pending for an hour: the lines on each say why.",
            metadata: ["metric": "OverdueDeletions", "count": .stringConvertible(count)])
    }

    /// Twilio may still be processing a recording that is younger than a minute.
    private func isDue(_ deletion: PendingDeletion) -> Bool {
        !deletion.isRecording || store.timing.now() - deletion.since >= PendingDeletion.grace
    }

    private func carryOut(_ deletion: PendingDeletion) async {
        let end = min(deadline - Self.rest, store.timing.instant() + Self.longest)
        do {
            switch deletion.target {
            case .recording:
                guard let recordings, let place = recordings.place(of: deletion) else { return }
                // It no longer exists: a minute after its webhook no recording is in processing.
                _ = try await recordings.client.delete(place, deadline: end)
                await deletions.settle(deletion, deadline: deadline)
            case .user(let user, let identity):
                guard try await store.hasUser(user, identity: identity, deadline: end) else {
                    await deletions.carryOut([deletion], deadline: end)
                    return
                }
                // The process that stored it may be about to clear the user; a minute later, it has not.
                let isOld = store.timing.now() - deletion.since >= PendingDeletion.grace
                if isOld { try await store.drop(deletion, deadline: deadline) }
            }
        } catch {
            deletions.warn(deletion, error)
        }
    }
}

/// Twilio's side of a sweep.
struct SweptRecordings: Sendable {
    let client: RecordingClient
    let api: Endpoint

    /// Returns nil for a deletion that is not a recording's.
    func place(of deletion: PendingDeletion) -> TwilioRecording? {
        guard case .recording(let sid, let account) = deletion.target, let recording = SID(sid),
            let account = SID(account)
        else { return nil }
        return TwilioRecording(origin: api, account: account, recording: recording)
    }
}
