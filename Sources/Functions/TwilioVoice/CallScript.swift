import Twilio
import VoiceAuth

/// The TwiML of a call: the questions, the endings, and the paths that replies go to.
struct CallScript: Sendable {
    let base: PublicBaseURL
    let rules: VoiceRules
    /// The number that a call of caller-id mode returns to.
    let connect: Dial.Number
    /// `VOICE_LANGUAGE`.
    let language: String

    /// Seconds without a key that end the wait for consent, and for the code.
    private static let keySeconds = 8
    private static let codeSeconds = 5
    /// VoiceIt accepts 5.0 s at most, silence included, and needs the silence at both ends to tell noise from the
    /// voice.
    private static let recordingSeconds = 5

    func say(_ sentence: CallSentence) -> Say {
        Say(sentence.text(in: language), language: Say.Language(language))
    }

    /// The response that says a reason and ends the call; the flow, or the caller, goes on.
    func finish(_ sentence: CallSentence) -> VoiceResponse {
        let text = "\(sentence.text(in: language)) \(CallSentence.moment.text(in: language))"
        return VoiceResponse([.say(Say(text, language: Say.Language(language)))], then: .hangup)
    }

    /// Ends the call without a word: the caller has heard nothing yet, or cannot reply.
    var hangUp: VoiceResponse { VoiceResponse(then: .hangup) }

    /// Listens for the hand-over code, in silence: speech would be cut off by the first key, which Amazon Connect sends
    /// before the caller is connected. 7 s: the pause's two, and five after it.
    var listenForCode: VoiceResponse {
        let gather = Gather(
            [.pause(Pause(seconds: 2))], numDigits: rules.codeDigits, timeout: Self.codeSeconds,
            action: CallStep.code.url(base))
        return VoiceResponse([.gather(gather)], then: .hangup)
    }

    /// Has the caller wait, and then asks the open question again.
    func oneMoment() -> VoiceResponse {
        VoiceResponse([.say(say(.moment)), .pause(Pause(seconds: 2))], then: .redirect(CallStep.resume.url(base)))
    }

    func response(to answer: MachineResponse) -> VoiceResponse {
        switch answer {
        case .ask(let prompt): ask(prompt)
        case .end(let ending): end(ending)
        case .none, .wait, .branch, .makeUser, .discardUser: hangUp
        }
    }

    private func ask(_ prompt: VoicePrompt) -> VoiceResponse {
        var verbs: [VoiceResponse.Verb] = []
        // The caller is connected only when the code has been sent.
        if rules.binding == .contact, prompt.turn == 1 { verbs.append(.pause(Pause(seconds: 1))) }
        if let sentence = sentence(before: prompt) { verbs.append(.say(say(sentence))) }
        switch prompt.step {
        case .consent:
            let gather = Gather(
                [.say(say(prompt.reason == .next ? .consent : .consentAgain))], numDigits: 1, timeout: Self.keySeconds,
                action: CallStep.consent(turn: prompt.turn).url(base))
            verbs.append(.gather(gather))
        case .enroll(let phrase):
            verbs += record(phrase, after: prompt.number > 1 ? .enrollNext : .enrollFirst, prompt)
        case .verify(let phrase):
            verbs += record(phrase, after: .verify, prompt)
        case .ended(let ending):
            return end(ending)
        }
        return VoiceResponse(verbs, then: .redirect(CallStep.silence(turn: prompt.turn).url(base)))
    }

    /// The sentence that says what was wrong with the caller's last answer; nil when nothing was.
    private func sentence(before prompt: VoicePrompt) -> CallSentence? {
        switch prompt.reason {
        case .next: nil
        case .silence: .silence
        case .failed: .failed
        // A wrong key is mentioned by the question itself.
        case _ where prompt.step == .consent: nil
        case .unclear: .unclear
        case .tooQuiet: .tooQuiet
        case .tooLoud: .tooLoud
        case .pauses: .pauses
        case .otherWords: .otherWords
        }
    }

    /// The phrase stands alone in the `<Say>` before `<Record>`, as it is to be said.
    private func record(_ phrase: String, after sentence: CallSentence, _ prompt: VoicePrompt) -> [VoiceResponse.Verb] {
        [
            .say(say(sentence)), .say(Say(phrase, language: Say.Language(language))),
            .record(
                Record(
                    maxLength: Self.recordingSeconds, timeout: Self.recordingSeconds, trim: .nothing, playBeep: true,
                    action: CallStep.recording(turn: prompt.turn).url(base))),
        ]
    }

    private func end(_ ending: VoiceEnding) -> VoiceResponse {
        switch ending {
        case .verified: back(.verified)
        case .enrolled: back(.moment)
        case .lockedOut: finish(.lockedOut)
        case .declined: finish(.declined)
        case .optedOut: finish(.optedOut)
        case .silent: finish(.tooSilent)
        case .unclear: finish(.tooUnclear)
        case .noChoice: finish(.noChoice)
        case .unlike: finish(.unlike)
        case .notEnrolled: finish(.notEnrolled)
        case .unknown: finish(.unknown)
        case .hungUp: hangUp
        }
    }

    /// Returns the document to store for a repeated webhook: without the number that it dials, since no item holds one.
    func stored(_ response: VoiceResponse) -> String {
        response == dialBack ? Self.dialed : response.text
    }

    /// Returns the document that was stored.
    func restored(_ text: String) -> String { text == Self.dialed ? dialBack.text : text }

    private static let dialed = "<Dial/>"

    private var dialBack: VoiceResponse { VoiceResponse([.dial(Dial(connect))], then: .none) }

    /// To Connect: the flow goes on when a call of contact mode has ended, and is called in caller-id mode, without a word
    /// before it, since a proof lasts for seconds.
    private func back(_ sentence: CallSentence) -> VoiceResponse {
        guard rules.binding == .callerID else { return finish(sentence) }
        return dialBack
    }
}
