/// What decides how a caller is authenticated by voice; the same for the function that Connect asks and the one that
/// Twilio calls.
package struct VoiceRules: Sendable, Equatable {
    /// `VOICE_AUTH_BINDING`: what a proof belongs to.
    package enum Binding: String, CaseIterable, Sendable {
        /// The contact, by a code that the flow hands over to Twilio as DTMF.
        case contact
        /// The caller's number, as both sides see it.
        case callerID = "caller-id"
    }

    /// `VOICE_ENROLL`: who may leave a voiceprint.
    package enum Enrollment: String, CaseIterable, Sendable {
        /// Whoever has none.
        case open
        /// Whom the flow has checked otherwise, and says so.
        case gated
    }

    package var binding = Binding.contact
    package var enrollment = Enrollment.open
    /// `VOICE_PROOF_SECONDS`: how long a verification may wait to be asked for.
    package var proofSeconds = 120
    /// `VOICE_REQUIRED_ENROLLMENTS`: recordings of each phrase. VoiceIt verifies from three on.
    package var requiredEnrollments = 3
    /// `VOICE_MAX_FAILURES`: so many failed verifications lock an identity.
    package var maximumFailures = 3
    /// `VOICE_LOCKOUT_SECONDS`: how long a failed verification counts.
    package var lockoutSeconds = 900
    /// `VOICE_CODE_DIGITS`: the length of a hand-over code.
    package var codeDigits = 8
    /// `VOICE_CODE_PAUSES`: commas in front of a hand-over code, each a pause of 750 ms.
    package var codePauses = 3
    /// `VOICE_CODE_SECONDS`: how long a hand-over code, or in caller-id mode a `begin`, waits for its call.
    package var codeSeconds = 120
    /// `VOICE_PHRASES`, which only the function that records needs.
    package var phrases = [VoiceRules.defaultPhrase]

    package static let defaultPhrase = "never forget tomorrow is a new day"
    /// How often a call asks again after silence, and how often after a recording that cannot be used.
    package static let repeatedPrompts = 3
    /// How many enrolments of a call that are unlike the earlier ones have all of them deleted.
    package static let unlikeEnrollments = 3
    /// How many wrong codes of one number, within `VOICE_LOCKOUT_SECONDS`, end its further calls before a code is heard.
    package static let wrongCodes = 10

    package init() {}
}
