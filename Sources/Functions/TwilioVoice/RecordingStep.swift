import Logging
import Twilio
import TwilioREST
import VoiceAuth
import VoiceIt

/// One recording that Twilio tells of: claims it, has VoiceIt judge it, answers, and sees that Twilio forgets it.
struct RecordingStep: Sendable {
    let function: TwilioVoice
    let request: TwilioRequest
    let call: SID
    let recording: SID
    let turn: Int
    let time: WebhookTime
    let logger: Logger

    private var store: VoiceStore { function.store }
    private var script: CallScript { function.script }
    /// True when the caller hung up during the recording.
    private var isHungUp: Bool { request.digits == "hangup" }

    /// The document; for a recording that was used before, the one that was answered then.
    func twiml() async throws(VoiceStoreError) -> String {
        let place = function.settings.mediaHosts.place(of: recording, request, account: function.account)
        let disposal = Disposal(recording: self, place: place)
        let claim: RecordingClaim
        do throws(VoiceStoreError) {
            // First of all: whatever ends this process from here on, the sweep knows of the recording. One that has been
            // claimed has been written down before.
            if try await !store.isClaimed(recordingSID: recording.text, deadline: time.table) {
                try await disposal.note()
            }
            claim = try await store.claim(recordingSID: recording.text, callSID: call.text, deadline: time.table)
        } catch {
            // Delete it now: no later webhook will mention this recording.
            await disposal.delete(wasFetched: false)
            throw error
        }
        let token: String
        var isTakenOver = false
        switch claim {
        case .answered(let text): return script.restored(text)
        case .busy: return script.oneMoment().text
        case .foreign:
            logger.warning("A recording of another call was told of: it is not used.")
            let current = try await store.advance(.current, callSID: call.text, turn: turn, deadline: time.end)
            return script.response(to: current.answer).text
        case .claimed(let claimed): token = claimed
        case .takenOver(let claimed): (token, isTakenOver) = (claimed, true)
        }
        let (response, wasFetched) = await judged(at: place, isTakenOver: isTakenOver)
        let text = response.text
        // In parallel with the table's work: the caller is waiting.
        async let deletion: Void = disposal.delete(wasFetched: wasFetched)
        do throws(VoiceStoreError) {
            try await store.answer(
                script.stored(response), recordingSID: recording.text, token: token, deadline: time.end)
        } catch {
            logger.error("A recording's answer is not kept: \(error)")
        }
        await deletion
        return text
    }

    /// - Parameter isTakenOver: True when another process has died over the recording, and may have uploaded it.
    private func judged(
        at place: TwilioRecording?, isTakenOver: Bool
    ) async -> (response: VoiceResponse, wasFetched: Bool) {
        var wasFetched = false
        do {
            let question = try await store.question(ofCall: call.text, turn: turn, deadline: time.table)
            guard let place else {
                logger.error("RecordingUrl names a host that TWILIO_MEDIA_HOSTS does not list: nothing was fetched.")
                return (script.finish(.trouble), false)
            }
            var event = VoiceEvent.CallEvent.current
            if let question, let judge = RecordingJudge(self, question, isHungUp: isHungUp) {
                if isTakenOver {
                    guard let known = await judge.eventOfUnknownUpload() else {
                        return (script.finish(.trouble), false)
                    }
                    event = known
                } else {
                    event = try await judge.event(at: place, wasFetched: &wasFetched)
                }
            }
            var decision = try await store.advance(event, callSID: call.text, turn: turn, deadline: time.table)
            await function.deletions(logger).carryOut(decision, deadline: time.end)
            if isHungUp {
                decision = try await store.advance(.hungUp, callSID: call.text, turn: turn, deadline: time.table)
            }
            return (script.response(to: decision.answer), wasFetched)
        } catch {
            logger.error("\(error)")
            return (script.finish(.trouble), wasFetched)
        }
    }
}
