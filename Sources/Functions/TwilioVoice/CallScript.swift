import Twilio
import VoiceAuth

/// What is said and done in a call, as TwiML: the questions, the endings, and the paths that answers go to.
struct CallScript: Sendable {
    let base: PublicBaseURL
    let rules: VoiceRules
    /// Where a call of caller-id mode goes back to.
    let connect: Dial.Number?
    /// `VOICE_LANGUAGE`.
    let language: String

    /// Seconds without a key, or of silence, that end a wait.
    private static let keySeconds = 8
    private static let silenceSeconds = 3

    func say(_ sentence: Sentence) -> Say {
        Say(sentence.text(in: language), language: Say.Language(language))
    }

    /// A sentence, and the call is over.
    func goodbye(_ sentence: Sentence) -> VoiceResponse {
        VoiceResponse([.say(say(sentence))], then: .hangup)
    }

    /// Asks for the hand-over code; `attempt` names the question.
    func askForCode(_ sentence: Sentence, attempt: Int) -> VoiceResponse {
        let gather = Gather(
            [.say(say(sentence))], numDigits: rules.codeDigits, timeout: Self.keySeconds,
            action: CallStep.code(attempt: attempt).url(base))
        return VoiceResponse([.gather(gather)], then: .redirect(CallStep.noCode(attempt: attempt).url(base)))
    }

    /// Has the caller wait, and asks again what is to be asked.
    func oneMoment() -> VoiceResponse {
        VoiceResponse([.say(say(.moment)), .pause(Pause(seconds: 2))], then: .redirect(CallStep.resume.url(base)))
    }

    func response(to answer: VoiceAnswer) -> VoiceResponse {
        switch answer {
        case .ask(let prompt): ask(prompt)
        case .end(let ending): end(ending)
        case .none, .wait, .branch, .makeUser, .discardUser: VoiceResponse(then: .hangup)
        }
    }

    private func ask(_ prompt: VoicePrompt) -> VoiceResponse {
        var verbs: [VoiceResponse.Verb] = []
        switch prompt.reason {
        case .next, .again: break
        case .silence: verbs.append(.say(say(.silence)))
        case .unclear where prompt.step != .consent: verbs.append(.say(say(.unclear)))
        case .unclear: break
        case .failed: verbs.append(.say(say(.failed)))
        }
        switch prompt.step {
        case .consent:
            let sentence: Sentence = prompt.reason == .next || prompt.reason == .again ? .consent : .consentAgain
            let gather = Gather(
                [.say(say(sentence))], numDigits: 1, timeout: Self.keySeconds,
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

    /// The phrase stands alone in the `<Say>` before `<Record>`, as it is to be said.
    private func record(_ phrase: String, after sentence: Sentence, _ prompt: VoicePrompt) -> [VoiceResponse.Verb] {
        // Slow speech takes a second for 6 letters; nobody begins at once.
        let seconds = max(8, phrase.count / 6 + 4)
        return [
            .say(say(sentence)), .say(Say(phrase, language: Say.Language(language))),
            .record(
                Record(
                    maxLength: seconds, timeout: Self.silenceSeconds, trim: .nothing,
                    action: CallStep.recording(turn: prompt.turn).url(base))),
        ]
    }

    private func end(_ ending: VoiceEnding) -> VoiceResponse {
        switch ending {
        case .verified: back(.verified)
        case .enrolled: back(.enrolled)
        case .lockedOut: goodbye(.lockedOut)
        case .declined: goodbye(.declined)
        case .optedOut: goodbye(.optedOut)
        case .silent: goodbye(.tooSilent)
        case .unclear: goodbye(.tooUnclear)
        case .notEnrolled: goodbye(.notEnrolled)
        case .unknown: goodbye(.unknown)
        case .hungUp: VoiceResponse(then: .hangup)
        }
    }

    /// To Connect: the flow goes on when a call of contact mode has ended, and is called in caller-id mode.
    private func back(_ sentence: Sentence) -> VoiceResponse {
        guard rules.binding == .callerID, let connect else { return goodbye(sentence) }
        return VoiceResponse([.say(say(sentence)), .dial(Dial(connect))], then: .none)
    }
}
