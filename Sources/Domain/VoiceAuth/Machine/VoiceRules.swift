/// The rules for authenticating a caller by voice; the same for the function that Connect calls and the one that Twilio
/// calls.
package struct VoiceRules: Sendable, Equatable {
    /// `VOICE_AUTH_BINDING`: the owner of a proof.
    package enum Binding: String, CaseIterable, Sendable {
        /// The contact, by a code that the flow passes to Twilio as DTMF.
        case contact
        /// The caller's number, which both sides see.
        case callerID = "caller-id"
    }

    /// `VOICE_ENROLL`: the callers who may leave a voiceprint.
    package enum Enrollment: String, CaseIterable, Sendable {
        /// Every caller without one.
        case open
        /// Callers whom the flow has authenticated in another way, by its own statement.
        case gated
    }

    package var binding = Binding.contact
    package var enrollment = Enrollment.open
    /// `VOICE_PROOF_SECONDS`: the time within which the result of a verification must be requested.
    package var proofSeconds = 120
    /// `VOICE_REQUIRED_ENROLLMENTS`: recordings of each phrase. VoiceIt verifies from three on.
    package var requiredEnrollments = 3
    /// `VOICE_MAX_FAILURES`: the number of failed verifications that lock an identity.
    package var maximumFailures = 3
    /// `VOICE_LOCKOUT_SECONDS`: the time for which a failed verification counts.
    package var lockoutSeconds = 900
    /// `VOICE_CODE_DIGITS`: the length of a hand-over code.
    package var codeDigits = 8
    /// `VOICE_CODE_PAUSES`: commas before a hand-over code, each a pause of 750 ms.
    package var codePauses = 3
    /// `VOICE_CODE_SECONDS`: the time for which a hand-over code, or in caller-id mode a `begin`, waits for its call.
    package var codeSeconds = 120
    /// `VOICE_PHRASES`, which only the function that records needs.
    package var phrases = [VoiceRules.defaultPhrase]

    package static let defaultPhrase = "never forget tomorrow is a new day"
    /// The number of repeated questions after silence, and after an unusable recording.
    package static let repeatedPrompts = 3
    /// The number of enrolments of a call unlike the earlier ones after which all are deleted.
    package static let unlikeEnrollments = 3
    /// The number of wrong codes of one number, within `VOICE_LOCKOUT_SECONDS`, that end its further calls before a
    /// code is heard.
    package static let wrongCodes = 10

    package init() {}
}
