import AWS
import Calling
import Logging
import Twilio
import TwilioREST
import VoiceAuth

/// The deletion of a recording at Twilio: stored before anything else is done with the recording, so that it survives a
/// process that dies.
struct Disposal: Sendable {
    private let function: TwilioVoice
    private let place: TwilioRecording
    private let deletion: PendingDeletion
    private let time: WebhookTime
    private let logger: Logger
    /// The time that the caller waits for it: if Twilio is slow, the item and the sweep take over.
    private static let patience = Duration.seconds(2)

    /// - Parameter place: Nil where it must not be fetched from: the API is ours to choose all the same.
    init(recording call: RecordingStep, place: TwilioRecording?) {
        function = call.function
        self.place =
            place
            ?? TwilioRecording(
                origin: function.settings.api, account: call.request.accountSID ?? function.account,
                recording: call.recording)
        deletion = PendingDeletion(
            .recording(sid: call.recording.text, account: self.place.account.text), since: function.store.timing.now())
        time = call.time
        logger = call.logger
    }

    /// Writes it down.
    func note() async throws(VoiceStoreError) {
        try await function.store.note(deletion, deadline: time.table)
    }

    /// Deletes the recording. One that Twilio does not have is gone when it was fetched before; else it may still be in
    /// processing, and the sweep tries again.
    func delete(wasFetched: Bool) async {
        let deletions = function.deletions(logger)
        do throws(RecordingClient.Failure) {
            let result = try await function.recordings.delete(
                place, deadline: min(time.end, function.store.timing.instant() + Self.patience))
            guard result == .deleted || wasFetched else { return }
        } catch {
            return deletions.warn(deletion, error)
        }
        await deletions.settle(deletion, deadline: time.end)
    }
}
