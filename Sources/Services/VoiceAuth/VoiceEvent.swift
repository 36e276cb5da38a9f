/// What happens to an identity.
///
/// Contacts, calls and sessions are hashes of `VoiceHash`.
package enum VoiceEvent: Sendable, Equatable {
    /// The flow asks what to do. `token` claims the making of a VoiceIt user where there is none.
    case begin(Begin)
    /// VoiceIt has made the user that the begin with this token asked for.
    case userMade(userID: String, Begin)
    /// It has not: the claim is given back.
    case userNotMade(token: String)
    /// The flow asks whether the caller has been verified.
    case result(session: String, contact: String?)
    /// The caller wants no voiceprint.
    case optOut(source: String)
    /// The caller wants the voiceprint deleted; `isAllowed` when the flow has checked the caller otherwise.
    case delete(session: String?, contact: String?, isAllowed: Bool)
    /// VoiceIt no longer has the user.
    case userDeleted(userID: String)
    /// VoiceIt no longer has the user that a deletion named, and everything else is to go too.
    case erase(userID: String, isAllowed: Bool)
    /// A Twilio call has shown that it belongs to the session: by its code, or by its number. `silences` is how often it
    /// has been silent before.
    case called(session: String, call: String, silences: Int = 0)
    /// Something happened in that call, as an answer to the question `turn`.
    case inCall(session: String, call: String, turn: Int, CallEvent)

    /// Who asks, in which session.
    package struct Begin: Sendable, Equatable {
        package var session: String
        package var contact: String?
        /// Whether the flow says that the caller may enrol.
        package var isAllowed: Bool
        package var token: String

        package init(session: String, contact: String?, isAllowed: Bool, token: String) {
            self.session = session
            self.contact = contact
            self.isAllowed = isAllowed
            self.token = token
        }
    }

    /// What happens in a Twilio call.
    package enum CallEvent: Sendable, Equatable {
        /// Nothing: what is asked now?
        case current
        case consent(given: Bool)
        /// Nothing was said, or no key pressed.
        case silence
        /// VoiceIt wants to hear it again, or an enrolment failed: neither is a failure.
        case unclear
        /// VoiceIt has enrolled the recording.
        case enrolled
        /// The voice is the identity's.
        case verified
        /// It is not.
        case failed
        /// VoiceIt has too few recordings to verify by; `total` is how many it has.
        case notEnough(total: Int)
        /// VoiceIt does not know the user.
        case userUnknown
        case hungUp
    }
}
