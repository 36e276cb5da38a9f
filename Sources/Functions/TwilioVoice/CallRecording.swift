import AWS
import LambdaRuntime
import Logging
import Twilio
import VoiceAuth
import VoiceIt

/// One recording that Twilio tells of: claims it, has VoiceIt judge it, answers, and sees that Twilio forgets it.
struct CallRecording: Sendable {
    let function: TwilioVoice
    let request: TwilioRequest
    let call: SID
    let recording: SID
    let turn: Int
    let time: WebhookTime
    let logger: Logger

    private var store: VoiceStore { function.store }
    private var script: CallScript { function.script }

    /// The document; for a recording that was used before, the one that was answered then.
    func twiml() async throws(AWSError) -> String {
        let place = function.settings.mediaHosts.place(of: recording, request, account: function.account)
        let claim: RecordingClaim
        do throws(AWSError) {
            claim = try await store.claim(recordingSID: recording.text, callSID: call.text, deadline: time.claim)
        } catch {
            // Nobody will come back for it.
            await delete(place)
            throw error
        }
        let token: String
        switch claim {
        case .answered(let text): return text
        case .busy: return script.oneMoment().text
        case .foreign:
            logger.warning("A recording of another call was told of: it is not used.")
            let current = try await store.advance(.current, callSID: call.text, turn: turn, deadline: time.end)
            return script.response(to: current.answer).text
        case .claimed(let claimed): token = claimed
        }
        let text = await judged(at: place).text
        // Beside the table's work: the caller is waiting.
        async let deletion: Void = delete(place)
        do throws(AWSError) {
            try await store.answer(text, recordingSID: recording.text, token: token, deadline: time.end)
        } catch {
            logger.error("A recording's answer is not kept: \(error)")
        }
        await deletion
        return text
    }

    private func judged(at place: MediaHosts.Place?) async -> VoiceResponse {
        do {
            let current = try await store.advance(.current, callSID: call.text, turn: turn, deadline: time.claim)
            guard case .ask(let prompt) = current.answer, prompt.turn == turn, let user = current.userID else {
                return script.response(to: current.answer)
            }
            guard let place else {
                logger.error("RecordingUrl names a host that TWILIO_MEDIA_HOSTS does not list: nothing was fetched.")
                return script.goodbye(.trouble)
            }
            guard let event = try await event(prompt.step, user, place) else {
                return script.response(to: current.answer)
            }
            let decision = try await store.advance(event, callSID: call.text, turn: turn, deadline: time.claim)
            return script.response(to: decision.answer)
        } catch {
            logger.error("\(error)")
            return script.goodbye(.trouble)
        }
    }

    /// What the recording means for the call; nil when no recording was asked for.
    private func event(
        _ step: VoiceStep, _ user: String, _ place: MediaHosts.Place
    ) async throws -> VoiceEvent.CallEvent? {
        let phrase: String
        switch step {
        case .enroll(let asked), .verify(let asked): phrase = asked
        case .consent, .ended: return nil
        }
        let audio: [UInt8]
        do throws(RecordingClient.Failure) {
            audio = try await function.recordings.audio(at: place, deadline: time.media)
        } catch .unavailable(let sentence) {
            throw FunctionError(.serviceUnavailable, sentence)
        } catch {
            logger.warning(
                "A recording is \(error == .missing ? "not there" : "too large"): the caller is asked again.")
            return .unclear
        }
        let sample = VoiceSample(
            userID: user, language: function.settings.language, phrase: phrase, recording: audio)
        if case .enroll = step {
            return try await event(enrolling: function.voiceIt.enroll(sample, deadline: time.voiceIt), user)
        }
        return try await event(verifying: function.voiceIt.verify(sample, deadline: time.voiceIt), user)
    }

    private func event(enrolling verdict: VoiceVerdict, _ user: String) async throws -> VoiceEvent.CallEvent {
        note(verdict)
        return switch verdict.meaning {
        case .success: .enrolled
        // A failed enrolment is no failure: nobody has claimed to be somebody.
        case .askAgain, .failure: .unclear
        case .notEnrolled: try await missing(verdict, user)
        case .operatorProblem, .other: throw VoiceItError(.refused, .refused, action: "enrolment", code: verdict.code)
        }
    }

    private func event(verifying verdict: VoiceVerdict, _ user: String) async throws -> VoiceEvent.CallEvent {
        note(verdict)
        return switch verdict.meaning {
        case .success: .verified
        case .askAgain: .unclear
        case .failure: .failed
        case .notEnrolled: try await missing(verdict, user)
        case .operatorProblem, .other:
            throw VoiceItError(.refused, .refused, action: "verification", code: verdict.code)
        }
    }

    /// VoiceIt has not what the table says it has: it is counted anew.
    private func missing(_ verdict: VoiceVerdict, _ user: String) async throws -> VoiceEvent.CallEvent {
        guard verdict.code != .userNotFound else { return .userUnknown }
        do throws(VoiceItError) {
            return .notEnough(total: try await function.voiceIt.enrollmentCount(user, deadline: time.voiceIt))
        } catch {
            if error.kind == .notEnrolled { return .userUnknown }
            throw error
        }
    }

    private func note(_ verdict: VoiceVerdict) {
        guard verdict.code == .recordingWasUsedBefore else { return }
        logger.warning("RWPU: VoiceIt says that this recording was used before; somebody may be playing one.")
    }

    private func delete(_ place: MediaHosts.Place?) async {
        // Also when its place was not to be fetched from: the API is ours to choose.
        let place =
            place
            ?? MediaHosts.Place(
                origin: function.settings.api, account: request.accountSID ?? function.account, recording: recording)
        do throws(RecordingClient.Failure) {
            try await function.recordings.delete(place, deadline: time.end)
        } catch {
            logger.error("A recording is still at Twilio: delete it there. \(error)")
        }
    }
}
