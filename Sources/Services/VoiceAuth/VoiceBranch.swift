/// What the contact flow branches on.
package enum VoiceBranch: String, Sendable, CaseIterable {
    /// A VoiceIt user was made now; the voice is to be enrolled.
    case enrollFromScratch = "enrollfromscratch"
    /// There are too few recordings.
    case enroll
    /// The voice is to be verified.
    case verify
    /// The caller has proved who they are.
    case verified
    /// They have not, or not in time.
    case failedVerified = "failedverified"
    /// Too many verifications failed lately.
    case lockedOut = "lockedout"
    /// The caller wants no voiceprint.
    case optedOut = "optedout"
    /// There is no voiceprint, and `VOICE_ENROLL=gated` keeps this caller from leaving one.
    case notEnrolled = "notenrolled"
    /// The voiceprint and all that belonged to it is gone.
    case deleted
    /// The caller is anonymous, or a back end does not answer.
    case unavailable
}
