/// An event in the life of an identity.
///
/// Contacts, calls and sessions are named by the keys of `VoiceHash`.
package enum VoiceEvent: Sendable, Equatable {
    /// The flow asks how to proceed. `token` claims the creation of a VoiceIt user where there is none.
    case begin(Begin)
    /// VoiceIt has created the user for the begin with this token.
    case userMade(userID: String, Begin)
    /// VoiceIt has not created it: the claim is released.
    case userNotMade(token: String)
    /// The flow asks whether the caller has been verified.
    case result(session: SessionKey, contact: ContactKey?)
    /// The caller wants no voiceprint.
    case optOut(contact: ContactKey?)
    /// The flow has checked the caller in another way, and vouches for the voice that the contact has proved.
    case confirm(session: SessionKey, contact: ContactKey?, isAllowed: Bool)
    /// The caller wants the voiceprint deleted; `isAllowed` when the flow has checked the caller in another way.
    case delete(session: SessionKey?, contact: ContactKey?, isAllowed: Bool)
    /// VoiceIt has confirmed the deletion of an opted-out caller's user: a line of the history.
    case voiceprintDeleted
    /// A Twilio call has shown that it belongs to the session: by its code's hash, or by its number.
    case called(session: SessionKey, call: CallKey, code: CodeKey? = nil)
    /// An event of that call, which answers the question `turn`.
    case inCall(session: SessionKey, call: CallKey, turn: Int, CallEvent)

    /// The contact and session of a begin.
    package struct Begin: Sendable, Equatable {
        package var session: SessionKey
        package var contact: ContactKey?
        /// True when the flow says that the caller may enrol, having checked them in another way.
        package var isAllowed: Bool
        package var token: String
        /// The code that this begin gives out; nil in caller-id mode.
        package var code: CodeKey?

        package init(session: SessionKey, contact: ContactKey?, isAllowed: Bool, token: String, code: CodeKey? = nil) {
            self.session = session
            self.contact = contact
            self.isAllowed = isAllowed
            self.token = token
            self.code = code
        }
    }

    /// An event in a Twilio call.
    package enum CallEvent: Sendable, Equatable {
        /// No event: asks for the current question.
        case current
        case consent(given: Bool)
        /// Nothing was said, or no key pressed.
        case silence
        /// The recording or the key could not be used, or an enrolment failed: neither is a failed verification.
        case unclear(VoicePrompt.Reason = .unclear)
        /// VoiceIt finds the enrolment unlike the earlier ones.
        case unlike
        /// VoiceIt has enrolled the recording.
        case enrolled
        /// The voice is the identity's.
        case verified
        /// The voice is not the identity's.
        case failed
        /// An enrolment got no response: VoiceIt has `total` enrolments of the phrase now.
        case counted(total: Int)
        /// VoiceIt lacks enrolments that the table counts: it has `total` of the phrase.
        case missing(total: Int)
        /// VoiceIt lacks enrolments that the table counts, and their number could not be read.
        case uncounted
        /// VoiceIt does not know the user.
        case userUnknown
        case hungUp
    }
}
