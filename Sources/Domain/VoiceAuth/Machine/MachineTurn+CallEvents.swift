/// The consequences of replies in a Twilio call.
extension MachineTurn {
    /// Handles a question made obsolete by another call: the user is gone, or the phrase has its recordings, and nobody
    /// may add a voice to a complete voiceprint. Nil when it is still current.
    mutating func overtaken(
        _ key: SessionKey, _ session: VoiceSession, _ step: VoiceStep, _ event: VoiceEvent.CallEvent
    ) -> MachineResponse? {
        switch step {
        case .enroll, .verify: if identity.userID == nil { return end(key, .notEnrolled) }
        case .consent, .ended: return nil
        }
        // A recording that VoiceIt has already enrolled counts.
        guard case .enroll(let phrase) = step, event != .enrolled,
            identity.recordings[phrase, default: 0] >= rules.requiredEnrollments
        else { return nil }
        return proceed(key, session)
    }

    mutating func unclear(_ key: SessionKey, _ call: VoiceCall, _ reason: VoicePrompt.Reason) -> MachineResponse {
        identity.sessions[key]?.call?.unclear += 1
        guard call.unclear >= VoiceRules.repeatedPrompts else { return ask(key, call.step, reason) }
        return end(key, call.step == .consent ? .noChoice : .unclear)
    }

    /// Enrolments that do not fit together would keep the caller out for good: at the third they all go.
    mutating func unlike(_ key: SessionKey, _ call: VoiceCall) -> MachineResponse {
        identity.sessions[key]?.call?.unlike += 1
        guard call.unlike + 1 >= VoiceRules.unlikeEnrollments else { return unclear(key, call, .unclear) }
        userToDelete = identity.userID
        identity.forgetVoiceprint()
        record(.voiceprintDeleted, call.id)
        return end(key, .unlike)
    }

    mutating func decline(_ key: SessionKey, _ id: CallKey) -> MachineResponse {
        identity.optedOutAt = now
        userToDelete = identity.userID
        identity.forgetVoiceprint()
        record(.declined, id)
        let session = identity.sessions[key]
        // Only this call is left, so that its repeats get the same response.
        identity.sessions = session.map { [key: $0] } ?? [:]
        return end(key, .declined)
    }

    /// - Parameter total: The number of VoiceIt's enrolments of the phrase, if known; else there is one more.
    mutating func enrolled(
        _ key: SessionKey, _ session: VoiceSession, _ id: CallKey, _ phrase: String, total: Int? = nil
    ) -> MachineResponse {
        count(phrase, id, session, total: total)
        guard identity.enrolledAt != nil else { return proceed(key, session) }
        return rules.binding == .contact ? proceed(key, session) : end(key, .enrolled)
    }

    /// Counts a recording that VoiceIt has taken.
    private mutating func count(_ phrase: String, _ id: CallKey, _ session: VoiceSession, total: Int?) {
        let before = identity.recordings[phrase, default: 0]
        // Every phrase gets its entry at the first recording: a count of 0 means not enrolled.
        for other in rules.phrases { identity.recordings[other, default: 0] += 0 }
        identity.recordings[phrase] = total ?? before + 1
        record(.recordingEnrolled, id)
        // More than this one recording: it is unknown in which contact the others were made.
        if !session.isAllowed || identity.recordings[phrase, default: 0] > before + 1 { identity.unvouchedAt = now }
        guard identity.phraseToEnroll(rules) == nil else { return }
        identity.enrolledAt = now
        record(.enrolled, id)
    }

    /// Takes down that VoiceIt may have a recording that the flow has not allowed.
    mutating func leaveUnvouched(_ id: CallKey) {
        identity.unvouchedAt = now
        record(.recordingUnknown, id)
    }

    /// Counts a recording that was in progress when the caller hung up, if it was enrolled.
    mutating func hungUp(
        _ key: SessionKey, _ session: VoiceSession, _ call: VoiceCall, _ event: VoiceEvent.CallEvent
    ) {
        guard case .enroll(let phrase) = call.step, identity.userID != nil else { return }
        switch event {
        case .enrolled: count(phrase, call.id, session, total: nil)
        case .counted(let total) where total > identity.recordings[phrase, default: 0]:
            count(phrase, call.id, session, total: total)
        case .counted where !session.isAllowed: leaveUnvouched(call.id)
        default: return
        }
        identity.sessions[key]?.call?.turn += 1
    }

    mutating func verified(_ key: SessionKey, _ session: VoiceSession, _ id: CallKey) -> MachineResponse {
        guard let userID = identity.userID, identity.optedOutAt == nil else { return end(key, .notEnrolled) }
        identity.failures = []
        if session.isAllowed, identity.unvouchedAt != nil {
            identity.unvouchedAt = nil
            record(.confirmed, id)
        }
        identity.sessions[key]?.proof = .init(at: now, userID: userID)
        record(.verified, id)
        return end(key, .verified)
    }

    mutating func failed(_ key: SessionKey, _ session: VoiceSession, _ id: CallKey) -> MachineResponse {
        identity.failures.append(now)
        record(.failed, id)
        if isLocked {
            record(.lockedOut, id)
            return end(key, .lockedOut)
        }
        guard let step = nextStep(session) else { return end(key, .notEnrolled) }
        return ask(key, step, .failed)
    }

    /// Handles too few recordings of the phrase at VoiceIt: the missing ones are enrolled now, at least one.
    ///
    /// This counts like an unusable recording, so that no call loops forever.
    mutating func missing(
        _ key: SessionKey, _ session: VoiceSession, _ id: CallKey, _ phrase: String, total: Int
    ) -> MachineResponse {
        identity.recordings[phrase] = min(max(total, 0), rules.requiredEnrollments - 1)
        identity.enrolledAt = nil
        record(.voiceprintMissing, id)
        identity.sessions[key]?.call?.unclear += 1
        let count = identity.sessions[key]?.call?.unclear ?? 0
        return count <= VoiceRules.repeatedPrompts ? proceed(key, session) : end(key, .notEnrolled)
    }
}
