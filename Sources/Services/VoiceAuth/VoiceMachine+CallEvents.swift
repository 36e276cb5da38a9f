/// What comes of the answers in a Twilio call.
extension MachineTurn {
    /// What a question has come to that another call has overtaken: the user is gone, or the phrase has its recordings, and
    /// nobody may add a voice to a voiceprint that is complete. Nil when it still stands.
    mutating func overtaken(
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

    mutating func decline(_ key: String, _ id: String) -> VoiceAnswer {
        identity.optedOutAt = now
        userToDelete = identity.userID
        record(.declined, id)
        let session = identity.sessions[key]
        // Only this call is left, so that its repeats are told the same.
        identity.sessions = session.map { [key: $0] } ?? [:]
        return end(key, .declined)
    }

    mutating func enrolled(
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

    mutating func verified(_ key: String, _ id: String) -> VoiceAnswer {
        guard let userID = identity.userID, identity.optedOutAt == nil else { return end(key, .notEnrolled) }
        identity.failures = []
        identity.sessions[key]?.proof = .init(at: now, userID: userID)
        identity.sessions[key]?.consumedBy = nil
        record(.verified, id)
        return end(key, .verified)
    }

    mutating func failed(_ key: String, _ session: VoiceSession, _ id: String) -> VoiceAnswer {
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
    mutating func countAnew(_ phrase: String, total: Int) {
        let others = identity.recordings.reduce(0) { $0 + ($1.key == phrase ? 0 : $1.value) }
        identity.recordings[phrase] = max(0, min(rules.requiredEnrollments - 1, total - others))
        if total <= 0 { identity.recordings = [:] }
        identity.enrolledAt = nil
    }
}
