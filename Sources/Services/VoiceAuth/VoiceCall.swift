/// A Twilio call that belongs to a session.
package struct VoiceCall: Sendable, Equatable {
    /// The CallSid's hash.
    package var id: String
    /// Counts the questions of the call: an answer to another than the current one changes nothing.
    package var turn = 1
    package var step: VoiceStep
    package var silences = 0
    package var unclear = 0

    package init(id: String, step: VoiceStep) {
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
    /// VoiceIt has no such voiceprint, or not enough of it, and the next `begin` enrols; or enrolling is not allowed.
    case notEnrolled
    /// No session waits for this call, or no longer.
    case unknown
    /// The caller hung up.
    case hungUp
}
