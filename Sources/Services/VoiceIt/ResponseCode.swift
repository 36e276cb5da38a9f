import Encoding

/// VoiceIt's `responseCode`, an open set. "Response Codes" in VoiceIt's API 2.0 and 3.0 documentation.
///
/// The code is read before the HTTP status: a disabled account (`DAID`) and a forbidden call (`FBDN`) have status 401
/// or 403 too, although the key is correct.
package struct ResponseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Done; for a verification: the voice matches.
    package static let success = ResponseCode(rawValue: "SUCC")
    /// The recording was used before: it may be a replay.
    package static let recordingWasUsedBefore = ResponseCode(rawValue: "RWPU")
    /// There is no such user.
    package static let userNotFound = ResponseCode(rawValue: "UNFD")
    /// The key and token are not accepted.
    package static let unauthorized = ResponseCode(rawValue: "UNAC")
    /// The speech is too quiet.
    package static let tooQuiet = ResponseCode(rawValue: "SSTQ")
    /// The speech is too loud.
    package static let tooLoud = ResponseCode(rawValue: "SSTL")
    /// The speech has too many pauses.
    package static let notEnoughSpeech = ResponseCode(rawValue: "NEHSD")
    /// Other words than the phrase were said.
    package static let phraseDoesNotMatch = ResponseCode(rawValue: "PDNM")
    /// The recording is unlike the enrolments that are there already.
    package static let unlikeEarlierEnrollments = ResponseCode(rawValue: "NSPE")

    /// The consequence of a code for a call.
    package enum Meaning: Sendable, Equatable, CaseIterable {
        case success
        /// The recording contains no speech.
        case silence
        /// The recording is unusable: ask for another, without counting it.
        case askAgain
        /// The voice does not match, or the recording was played before.
        case failure
        /// There is no enrolment to verify against.
        case notEnrolled
        /// VoiceIt's account, or our configuration, is not in order.
        case operatorProblem
        /// VoiceIt itself does not know whether the call was carried out.
        case unknownOutcome
        /// The call was wrong, or the code is unknown.
        case other
    }

    package var meaning: Meaning {
        switch rawValue {
        case "SUCC": .success
        case "NVDT": .silence
        case "SSTQ", "SSTL", "NEHSD", "NEHS", "SRNR", "SGTL", "IFAD", "EMPF", "STTF", "PDNM", "NSPE": .askAgain
        case "FAIL", "RWPU", "FALI", "UDNM": .failure
        case "PNTE", "UNFD", "DDNE", "ENFD": .notEnrolled
        case "UNAC", "DAID", "ACLR", "GERR", "FBDN", "AULR", "MISP", "EMNV", "INPP", "NPFC", "INCP", "CLNE":
            .operatorProblem
        case "ACTO": .unknownOutcome
        default: .other
        }
    }

    /// A remedy for the operator, which names the variable or the place to look at; nil for any other code.
    package var remedy: String? {
        switch rawValue {
        case "UNAC": "check VOICEIT_SECRET_ARN's secret, or VIAPIKEY and VIAPITOKEN"
        case "INPP", "NPFC":
            "VOICE_PHRASES has a phrase that the account does not have for VOICE_CONTENT_LANGUAGE: add it in VoiceIt's "
                + "dashboard"
        case "INCP": "VOICE_CONTENT_LANGUAGE is not one of VoiceIt's content languages"
        case "CLNE": "the account's plan does not include the language of VOICE_CONTENT_LANGUAGE"
        case "DAID": "the account of VOICEIT_SECRET_ARN is disabled, mostly for lack of funds"
        case "ACLR", "AULR": "the account of VOICEIT_SECRET_ARN has used up its calls or users"
        case "FBDN": "the account of VOICEIT_SECRET_ARN may not do this: look at its permissions in VoiceIt's dashboard"
        case "GERR", "MISP", "EMNV": "look at the account of VOICEIT_SECRET_ARN in VoiceIt's dashboard"
        default: nil
        }
    }

    /// Returns the code unchanged; nil unless it is a few capital letters and digits, since it is logged.
    init?(plain text: String) {
        let isPlain = text.utf8.allSatisfy {
            $0.isASCIIUppercase || $0.isASCIIDigit
        }
        guard isPlain, (1...8).contains(text.utf8.count) else { return nil }
        self.init(rawValue: text)
    }
}
