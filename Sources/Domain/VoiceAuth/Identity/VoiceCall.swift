/// A Twilio call that belongs to a session.
package struct VoiceCall: Sendable, Equatable {
    package var id: CallKey
    /// The number of the call's current question: what the caller says to another question changes nothing.
    package var turn = 1
    package var step: VoiceStep
    /// The reason for the current question: a webhook that Twilio repeats gets the first response again.
    package var reason = VoicePrompt.Reason.next
    package var silences = 0
    package var unclear = 0
    /// The number of enrolments that VoiceIt found unlike the earlier ones.
    package var unlike = 0
    /// True when the caller has hung up. The step stays: a recording that was in progress may still count.
    package var isHungUp = false

    package init(id: CallKey, step: VoiceStep) {
        self.id = id
        self.step = step
    }
}

/// The input that a call waits for.
package enum VoiceStep: Sendable, Equatable {
    /// A digit: 1 agrees, 2 declines.
    case consent
    /// A recording of the phrase to enrol.
    case enroll(phrase: String)
    /// A recording of the phrase to verify.
    case verify(phrase: String)
    case ended(VoiceEnding)
}

/// The reason why a call is over.
package enum VoiceEnding: String, Sendable, CaseIterable {
    /// The voice is the identity's; the proof is written.
    case verified
    /// In caller-id mode, every recording is complete: the caller returns to Connect, which asks for a verification.
    case enrolled
    /// Too many verifications failed.
    case lockedOut
    /// The caller has just declined to leave a voiceprint; the VoiceIt user must be deleted.
    case declined
    /// The caller had opted out before.
    case optedOut
    /// The caller said nothing, too often.
    case silent
    /// The caller's replies were unusable, too often.
    case unclear
    /// Neither of the two keys was pressed, too often.
    case noChoice
    /// The enrolments did not fit together: they are deleted, and the next `begin` starts over.
    case unlike
    /// VoiceIt has no such voiceprint, or not enough enrolments, and the next `begin` enrols; or enrolling is not
    /// allowed.
    case notEnrolled
    /// No session waits for this call, or it no longer does.
    case unknown
    /// The caller hung up.
    case hungUp
}
