/// A Twilio call that belongs to a session.
package struct VoiceCall: Sendable, Equatable {
    package var id: CallKey
    /// Counts the questions of the call: an answer to another than the current one changes nothing.
    package var turn = 1
    package var step: VoiceStep
    /// Why the current question is asked: a webhook that Twilio repeats is answered like the first time.
    package var reason = VoicePrompt.Reason.next
    package var silences = 0
    package var unclear = 0
    /// Enrolments that VoiceIt found unlike the earlier ones.
    package var unlike = 0
    /// Whether the caller has hung up. The step stays: a recording that was under way may still count.
    package var isHungUp = false

    package init(id: CallKey, step: VoiceStep) {
        self.id = id
        self.step = step
    }
}

/// What a call waits for.
package enum VoiceStep: Sendable, Equatable {
    /// A digit: 1 agrees, 2 declines.
    case consent
    /// A recording of the phrase to enrol.
    case enroll(phrase: String)
    /// A recording of the phrase to verify.
    case verify(phrase: String)
    case ended(VoiceEnding)
}

/// Why a call is over.
package enum VoiceEnding: String, Sendable, CaseIterable {
    /// The voice is the identity's; the proof is written.
    case verified
    /// In caller-id mode, every recording is there: the caller goes back to Connect, which asks for a verification.
    case enrolled
    /// Too many verifications failed.
    case lockedOut
    /// The caller declined to leave a voiceprint, now; the VoiceIt user must go.
    case declined
    /// The caller had opted out before.
    case optedOut
    /// The caller said nothing, too often.
    case silent
    /// Nothing that the caller said could be used, too often.
    case unclear
    /// Neither of the two keys was pressed, too often.
    case noChoice
    /// The enrolments did not fit together: they are deleted, and the next `begin` starts over.
    case unlike
    /// VoiceIt has no such voiceprint, or not enough of it, and the next `begin` enrols; or enrolling is not allowed.
    case notEnrolled
    /// No session waits for this call, or no longer.
    case unknown
    /// The caller hung up.
    case hungUp
}
