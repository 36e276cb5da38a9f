/// The start and the questions of a Twilio call.
extension MachineTurn {
    mutating func called(_ key: SessionKey, _ call: CallKey, code: CodeKey?) -> MachineResponse {
        guard let session = identity.sessions[key] else { return .end(.unknown) }
        if rules.binding == .contact, code == nil || session.code != code { return .end(.unknown) }
        let current = session.call.flatMap { $0.id == call ? $0 : nil }
        // After a code has arrived a new one makes no sense, whatever the call's outcome.
        identity.sessions[key]?.isAdmitted = true
        if identity.optedOutAt != nil { return .end(.optedOut) }
        if let current, let ending = current.ending { return .end(ending) }
        if isLocked { return .end(.lockedOut) }
        if let current { return answer(current) }
        guard identity.userID != nil else { return .end(.notEnrolled) }
        switch rules.binding {
        // A code of the contact has brought this call: it replaces an earlier one.
        case .contact: break
        case .callerID:
            let age = now - session.begunAt
            guard session.call == nil, (0...rules.codeSeconds * 1000).contains(age) else { return .end(.unknown) }
        }
        // The phrases have changed since, and the existing recordings are enough now.
        if identity.enrolledAt == nil, identity.phraseToEnroll(rules) == nil { identity.enrolledAt = now }
        guard let step = nextStep(session) else { return .end(.notEnrolled) }
        let started = VoiceCall(id: call, step: step)
        identity.sessions[key]?.call = started
        identity.sessions[key]?.proof = nil
        if rules.binding == .contact { identity.sessions[key]?.consumed?.isPast = true }
        record(.called, call)
        return answer(started)
    }

    mutating func inCall(
        _ key: SessionKey, _ id: CallKey, _ turn: Int, _ event: VoiceEvent.CallEvent
    ) -> MachineResponse {
        guard let session = identity.sessions[key], let call = session.call, call.id == id else {
            return .end(.unknown)
        }
        if let ending = call.ending {
            if call.isHungUp, turn == call.turn { hungUp(key, session, call, event) }
            return .end(ending)
        }
        if event == .hungUp {
            identity.sessions[key]?.call?.isHungUp = true
            return .end(.hungUp)
        }
        if isLocked { return end(key, .lockedOut) }
        guard turn == call.turn else { return answer(call) }
        if let answer = overtaken(key, session, call.step, event) { return answer }
        switch (event, call.step) {
        case (.silence, _):
            identity.sessions[key]?.call?.silences += 1
            return call.silences < VoiceRules.repeatedPrompts ? ask(key, call.step, .silence) : end(key, .silent)
        case (.unclear(let reason), _): return unclear(key, call, reason)
        case (.unlike, .enroll): return unlike(key, call)
        case (.consent(given: true), .consent):
            identity.consentedAt = now
            record(.consented, id)
            return proceed(key, session)
        case (.consent(given: false), .consent): return decline(key, id)
        case (.enrolled, .enroll(let phrase)): return enrolled(key, session, id, phrase)
        case (.counted(let total), .enroll(let phrase)):
            // The recording that got no response is not among them, or not yet.
            guard total > identity.recordings[phrase, default: 0] else {
                if !session.isAllowed { leaveUnvouched(id) }
                return unclear(key, call, .unclear)
            }
            return enrolled(key, session, id, phrase, total: total)
        case (.verified, .verify): return verified(key, session, id)
        case (.failed, .verify): return failed(key, session, id)
        case (.missing(let total), .verify(let phrase)), (.missing(let total), .enroll(let phrase)):
            return missing(key, session, id, phrase, total: total)
        case (.uncounted, .verify), (.uncounted, .enroll): return end(key, .notEnrolled)
        case (.userUnknown, .enroll), (.userUnknown, .verify):
            identity.forgetVoiceprint()
            record(.voiceprintMissing, id)
            return end(key, .notEnrolled)
        default: return answer(call)
        }
    }

    // MARK: - Parts

    /// Returns the next question of a call of this session; nil when none is allowed.
    func nextStep(_ session: VoiceSession) -> VoiceStep? {
        if identity.isEnrolled(rules) {
            let phrases = identity.verifiablePhrases(rules)
            return .verify(phrase: phrases[Int(random % UInt64(phrases.count))])
        }
        guard mayEnroll(session.isAllowed) else { return nil }
        guard identity.consentedAt != nil else { return .consent }
        return identity.phraseToEnroll(rules).map { .enroll(phrase: $0) }
    }

    mutating func proceed(_ key: SessionKey, _ session: VoiceSession) -> MachineResponse {
        guard let step = nextStep(session) else { return end(key, .notEnrolled) }
        return ask(key, step, .next)
    }

    /// Asks the next question of the call.
    mutating func ask(_ key: SessionKey, _ step: VoiceStep, _ reason: VoicePrompt.Reason) -> MachineResponse {
        identity.sessions[key]?.call?.turn += 1
        identity.sessions[key]?.call?.step = step
        identity.sessions[key]?.call?.reason = reason
        return identity.sessions[key]?.call.map(answer) ?? .end(.unknown)
    }

    mutating func end(_ key: SessionKey, _ ending: VoiceEnding) -> MachineResponse {
        identity.sessions[key]?.call?.step = .ended(ending)
        return .end(ending)
    }

    private func answer(_ call: VoiceCall) -> MachineResponse {
        var prompt = VoicePrompt(step: call.step, turn: call.turn, reason: call.reason)
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

extension VoiceCall {
    /// The ending of a call that is over; nil while it is under way.
    fileprivate var ending: VoiceEnding? {
        if case .ended(let ending) = step { ending } else { isHungUp ? .hungUp : nil }
    }
}
