/// What happens in a Twilio call.
extension MachineTurn {
    mutating func called(_ key: String, _ call: String) -> VoiceAnswer {
        guard let session = identity.sessions[key] else { return .end(.unknown) }
        if identity.optedOutAt != nil { return .end(.optedOut) }
        let current = session.call.flatMap { $0.id == call ? $0 : nil }
        if let current, case .ended(let ending) = current.step { return .end(ending) }
        if isLocked { return .end(.lockedOut) }
        if let current { return answer(current, .again) }
        guard identity.userID != nil else { return .end(.notEnrolled) }
        switch rules.binding {
        // A code of the contact has brought this call: it takes the place of an earlier one.
        case .contact: break
        case .callerID:
            let age = now - session.begunAt
            guard session.call == nil, (0...rules.codeSeconds * 1000).contains(age) else { return .end(.unknown) }
        }
        // The phrases have changed since, and what is there suffices now.
        if identity.enrolledAt == nil, identity.phraseToEnroll(rules) == nil { identity.enrolledAt = now }
        guard let step = nextStep(session) else { return .end(.notEnrolled) }
        let started = VoiceCall(id: call, step: step)
        identity.sessions[key]?.call = started
        identity.sessions[key]?.proof = nil
        if rules.binding == .contact { identity.sessions[key]?.consumedBy = nil }
        record(.called, call)
        return answer(started, .next)
    }

    mutating func inCall(
        _ key: String, _ id: String, _ turn: Int, _ event: VoiceEvent.CallEvent
    ) -> VoiceAnswer {
        guard let session = identity.sessions[key], let call = session.call, call.id == id else {
            return .end(.unknown)
        }
        if case .ended(let ending) = call.step {
            // Until it is surely gone.
            if ending == .declined { userToDelete = identity.userID }
            return .end(ending)
        }
        if event == .hungUp { return end(key, .hungUp) }
        if isLocked { return end(key, .lockedOut) }
        guard turn == call.turn else { return answer(call, .again) }
        if let answer = overtaken(key, session, call.step, event) { return answer }
        switch (event, call.step) {
        case (.silence, _):
            identity.sessions[key]?.call?.silences += 1
            return call.silences < VoiceRules.repeatedPrompts ? ask(key, call.step, .silence) : end(key, .silent)
        case (.unclear, _):
            identity.sessions[key]?.call?.unclear += 1
            return call.unclear < VoiceRules.repeatedPrompts ? ask(key, call.step, .unclear) : end(key, .unclear)
        case (.consent(given: true), .consent):
            identity.consentedAt = now
            record(.consented, id)
            return proceed(key, session)
        case (.consent(given: false), .consent): return decline(key, id)
        case (.enrolled, .enroll(let phrase)): return enrolled(key, session, id, phrase)
        case (.verified, .verify): return verified(key, id)
        case (.failed, .verify): return failed(key, session, id)
        case (.notEnough(let total), .verify(let phrase)), (.notEnough(let total), .enroll(let phrase)):
            countAnew(phrase, total: total)
            record(.voiceprintMissing, id)
            return end(key, .notEnrolled)
        case (.userUnknown, .enroll), (.userUnknown, .verify):
            identity.forgetVoiceprint()
            record(.voiceprintMissing, id)
            return end(key, .notEnrolled)
        default: return answer(call, .again)
        }
    }

    // MARK: - Events

    /// What a question has come to that another call has overtaken: the user is gone, or the phrase has its recordings, and
    /// nobody may add a voice to a voiceprint that is complete. Nil when it still stands.
    private mutating func overtaken(
        _ key: String, _ session: VoiceSession, _ step: VoiceStep, _ event: VoiceEvent.CallEvent
    ) -> VoiceAnswer? {
        switch step {
        case .enroll, .verify: if identity.userID == nil { return end(key, .notEnrolled) }
        case .consent, .ended: return nil
        }
        // What VoiceIt has taken already, counts.
        guard case .enroll(let phrase) = step, event != .enrolled,
            identity.recordings[phrase, default: 0] >= rules.requiredEnrollments
        else { return nil }
        return proceed(key, session)
    }

    private mutating func decline(_ key: String, _ id: String) -> VoiceAnswer {
        identity.optedOutAt = now
        userToDelete = identity.userID
        record(.declined, id)
        let session = identity.sessions[key]
        // Only this call is left, so that its repeats are told the same.
        identity.sessions = session.map { [key: $0] } ?? [:]
        return end(key, .declined)
    }

    private mutating func enrolled(
        _ key: String, _ session: VoiceSession, _ id: String, _ phrase: String
    ) -> VoiceAnswer {
        // Every phrase gets its entry at the first recording: what stands at 0 is not enrolled.
        for other in rules.phrases { identity.recordings[other, default: 0] += other == phrase ? 1 : 0 }
        record(.recordingEnrolled, id)
        guard identity.phraseToEnroll(rules) == nil else { return proceed(key, session) }
        identity.enrolledAt = now
        record(.enrolled, id)
        return rules.binding == .contact ? proceed(key, session) : end(key, .enrolled)
    }

    private mutating func verified(_ key: String, _ id: String) -> VoiceAnswer {
        guard let userID = identity.userID, identity.optedOutAt == nil else { return end(key, .notEnrolled) }
        identity.failures = []
        identity.sessions[key]?.proof = .init(at: now, userID: userID)
        identity.sessions[key]?.consumedBy = nil
        record(.verified, id)
        return end(key, .verified)
    }

    private mutating func failed(_ key: String, _ session: VoiceSession, _ id: String) -> VoiceAnswer {
        identity.failures.append(now)
        record(.failed, id)
        if isLocked {
            record(.lockedOut, id)
            return end(key, .lockedOut)
        }
        guard let step = nextStep(session) else { return end(key, .notEnrolled) }
        return ask(key, step, .failed)
    }

    /// Takes over that VoiceIt has too few recordings of the phrase: at least one is asked for again.
    private mutating func countAnew(_ phrase: String, total: Int) {
        let others = identity.recordings.reduce(0) { $0 + ($1.key == phrase ? 0 : $1.value) }
        identity.recordings[phrase] = max(0, min(rules.requiredEnrollments - 1, total - others))
        if total <= 0 { identity.recordings = [:] }
        identity.enrolledAt = nil
    }

    // MARK: - Parts

    /// What a call of this session asks next; nil when nothing may be asked.
    private func nextStep(_ session: VoiceSession) -> VoiceStep? {
        if identity.isEnrolled(rules) {
            let phrases = identity.verifiablePhrases(rules)
            return .verify(phrase: phrases[Int(random % UInt64(phrases.count))])
        }
        guard session.mayEnroll else { return nil }
        guard identity.consentedAt != nil else { return .consent }
        return identity.phraseToEnroll(rules).map { .enroll(phrase: $0) }
    }

    private mutating func proceed(_ key: String, _ session: VoiceSession) -> VoiceAnswer {
        guard let step = nextStep(session) else { return end(key, .notEnrolled) }
        return ask(key, step, .next)
    }

    /// Asks the next question of the call.
    private mutating func ask(_ key: String, _ step: VoiceStep, _ reason: VoicePrompt.Reason) -> VoiceAnswer {
        identity.sessions[key]?.call?.turn += 1
        identity.sessions[key]?.call?.step = step
        return identity.sessions[key]?.call.map { answer($0, reason) } ?? .end(.unknown)
    }

    private mutating func end(_ key: String, _ ending: VoiceEnding) -> VoiceAnswer {
        identity.sessions[key]?.call?.step = .ended(ending)
        return .end(ending)
    }

    private func answer(_ call: VoiceCall, _ reason: VoicePrompt.Reason) -> VoiceAnswer {
        var prompt = VoicePrompt(step: call.step, turn: call.turn, reason: reason)
        switch call.step {
        case .ended(let ending): return .end(ending)
        case .enroll:
            let done = rules.phrases.map { min(identity.recordings[$0, default: 0], rules.requiredEnrollments) }
            prompt.number = done.reduce(1, +)
            prompt.count = rules.phrases.count * rules.requiredEnrollments
        case .consent, .verify: break
        }
        return .ask(prompt)
    }
}
