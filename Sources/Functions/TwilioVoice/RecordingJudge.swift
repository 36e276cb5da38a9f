import AWS
import Calling
import LambdaRuntime
import Logging
import Twilio
import TwilioREST
import VoiceAuth
import VoiceIt

/// The judgement of a recording: fetches it, and has VoiceIt enrol or verify it.
struct RecordingJudge {
    /// The longest recording that is uploaded, in milliseconds: VoiceIt accepts 5.0 s.
    private static let longest = 4900
    /// The shortest recording that contains speech: VoiceIt requires 1.2 s.
    private static let shortest = 1200

    private let call: RecordingStep
    private let question: VoiceQuestion
    private let phrase: String
    private let isEnrollment: Bool

    /// Nil when the question wants no recording, or the caller has hung up on a verification, which nobody waits for any
    /// more.
    init?(_ call: RecordingStep, _ question: VoiceQuestion, isHungUp: Bool) {
        switch question.step {
        case .enroll(let asked): (phrase, isEnrollment) = (asked, true)
        case .verify(let asked): (phrase, isEnrollment) = (asked, false)
        case .consent, .ended: return nil
        }
        guard isEnrollment || !(isHungUp || question.isHungUp) else { return nil }
        self.call = call
        self.question = question
    }

    /// Throws a `FunctionError` when Twilio returns no recording, or the `VoiceItError` that ends the call.
    func event(at place: TwilioRecording, wasFetched: inout Bool) async throws -> VoiceEvent.CallEvent {
        if call.request.recordingDuration == 0 { return .silence }
        var audio: [UInt8]
        do throws(RecordingClient.Failure) {
            audio = try await call.function.recordings.audio(at: place, deadline: call.time.media)
            wasFetched = true
        } catch .unavailable(let sentence) {
            throw FunctionError(.serviceUnavailable, sentence)
        } catch {
            call.logger.warning(
                "A recording is \(error == .missing ? "not there" : "too large"): the caller is asked again.")
            return .unclear()
        }
        guard !audio.isEmpty else { return .silence }
        if let file = WaveFile(audio) {
            guard file.milliseconds >= Self.shortest else { return .silence }
            // Only the end is cut: silence is used to tell noise from the voice.
            if file.milliseconds > Self.longest { audio = file.cut(to: Self.longest) }
        }
        let sample = VoiceSample(
            userID: question.userID, language: call.function.settings.wording.contentLanguage, phrase: phrase,
            recording: audio)
        return try await isEnrollment ? enrolling(sample) : verifying(sample)
    }

    /// Returns the event for a recording that a process has died over: the enrolments are counted; a verification is
    /// not repeated, since VoiceIt would take it for a replay. Nil ends the call kindly.
    func eventOfUnknownUpload() async -> VoiceEvent.CallEvent? {
        call.logger.warning("Another process has not answered for a recording: it is not uploaded again.")
        return isEnrollment ? await counted() : nil
    }

    private func enrolling(_ sample: VoiceSample) async throws -> VoiceEvent.CallEvent {
        let verdict: VoiceVerdict
        do throws(VoiceItError) {
            verdict = try await call.function.voiceIt.enroll(sample, deadline: call.time.voiceIt)
        } catch {
            if error.kind == .notEnrolled { return .userUnknown }
            guard error.outcome == .unknown else { throw error }
            call.logger.warning("Whether a recording was enrolled is not known: the enrolments are counted. \(error)")
            return await counted()
        }
        note(verdict)
        return switch verdict.meaning {
        case .success: .enrolled
        case .silence: .silence
        case .askAgain: askingAgain(verdict.code)
        // A failed enrolment is not a failed verification: nobody has claimed an identity.
        case .failure: .unclear()
        case .notEnrolled: await missing(verdict.code)
        case .operatorProblem, .unknownOutcome, .other:
            throw VoiceItError(.refused, .refused, action: "enrolment", code: verdict.code)
        }
    }

    private func verifying(_ sample: VoiceSample) async throws -> VoiceEvent.CallEvent {
        let verdict = try await call.function.voiceIt.verify(sample, deadline: call.time.voiceIt)
        note(verdict)
        return switch verdict.meaning {
        case .success: .verified
        case .silence: .silence
        case .askAgain: askingAgain(verdict.code)
        case .failure: .failed
        case .notEnrolled: await missing(verdict.code)
        case .operatorProblem, .unknownOutcome, .other:
            throw VoiceItError(.refused, .refused, action: "verification", code: verdict.code)
        }
    }

    private func askingAgain(_ code: ResponseCode) -> VoiceEvent.CallEvent {
        switch code {
        case .unlikeEarlierEnrollments where isEnrollment: .unlike
        case .tooQuiet: .unclear(.tooQuiet)
        case .tooLoud: .unclear(.tooLoud)
        case .notEnoughSpeech: .unclear(.pauses)
        case .phraseDoesNotMatch: .unclear(.otherWords)
        default: .unclear()
        }
    }

    /// VoiceIt lacks something that the table says it has: its enrolments of the phrase are counted again.
    private func missing(_ code: ResponseCode) async -> VoiceEvent.CallEvent {
        guard code != .userNotFound else { return .userUnknown }
        return switch await total() {
        case .success(let total): .missing(total: total)
        case .failure(let error): error.kind == .notEnrolled ? .userUnknown : .uncounted
        }
    }

    /// An enrolment got no response: counts them, and asks again where there is no time for that.
    private func counted() async -> VoiceEvent.CallEvent {
        switch await total() {
        case .success(let total): .counted(total: total)
        // None that is known of: the caller is asked again, and the recording may have been enrolled nevertheless.
        case .failure(let error): error.kind == .notEnrolled ? .userUnknown : .counted(total: 0)
        }
    }

    private func total() async -> Result<Int, VoiceItError> {
        do throws(VoiceItError) {
            return .success(
                try await call.function.voiceIt.enrollmentCount(
                    question.userID, phrase: phrase, language: call.function.settings.wording.contentLanguage,
                    deadline: call.time.voiceIt))
        } catch {
            call.logger.warning("VoiceIt's enrolments cannot be counted: \(error)")
            return .failure(error)
        }
    }

    private func note(_ verdict: VoiceVerdict) {
        guard verdict.code == .recordingWasUsedBefore else { return }
        call.logger.warning("RWPU: VoiceIt says that this recording was used before; somebody may be playing one.")
    }
}
