/// The branch that the contact flow takes.
package enum VoiceBranch: String, Sendable, CaseIterable {
    /// A VoiceIt user has just been created; the voice is to be enrolled.
    case enrollFromScratch = "enrollfromscratch"
    /// There are too few recordings.
    case enroll
    /// The voice is to be verified.
    case verify
    /// The caller has been verified.
    case verified
    /// The caller's voice is the one that was enrolled here, but nobody has vouched for the person.
    case enrolled
    /// The caller has not been verified, or not in time.
    case failedVerified = "failedverified"
    /// No call has sent the code: a new `begin` may succeed.
    case retry
    /// In caller-id mode, another contact of the number has taken the call over: this one's flow disconnects.
    case handedOver = "handedover"
    /// Too many verifications failed recently.
    case lockedOut = "lockedout"
    /// The caller has declined a voiceprint.
    case optedOut = "optedout"
    /// There is no voiceprint, and `VOICE_ENROLL=gated` does not allow this caller to leave one.
    case notEnrolled = "notenrolled"
    /// The voiceprint and all its data are deleted.
    case deleted
    /// The caller is anonymous, or a back end does not respond.
    case unavailable
}
