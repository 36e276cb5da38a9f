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
    /// The caller's voice is the one that was enrolled here, and nobody has vouched for whose it is.
    case enrolled
    /// They have not, or not in time.
    case failedVerified = "failedverified"
    /// No call has come with the code: a new `begin` is worth it.
    case retry
    /// In caller-id mode, another contact of the number has taken the call over: this one's flow disconnects.
    case handedOver = "handedover"
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
