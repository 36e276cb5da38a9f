/// VoiceIt's `responseCode`, an open set. "Response Codes" in VoiceIt's API 2.0 documentation.
package struct ResponseCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Done; of a verification: it is the voice.
    package static let success = ResponseCode(rawValue: "SUCC")
    /// The recording was used before: perhaps somebody plays one.
    package static let recordingWasUsedBefore = ResponseCode(rawValue: "RWPU")
    /// There are too few enrolments to verify against.
    package static let tooFewEnrollments = ResponseCode(rawValue: "PNTE")
    /// There is no such user.
    package static let userNotFound = ResponseCode(rawValue: "UNFD")
    /// The key and token are not accepted.
    package static let unauthorized = ResponseCode(rawValue: "UNAC")

    /// What a code means to a caller.
    package enum Meaning: Sendable, Equatable, CaseIterable {
        case success
        /// The recording is of no use: ask for another, and count nothing.
        case askAgain
        /// It is not the voice, or not the phrase.
        case failure
        /// There is nothing to verify against.
        case notEnrolled
        /// VoiceIt, or the account there, is not in order.
        case operatorProblem
        /// The call was wrong, or the code is none that is known.
        case other
    }

    package var meaning: Meaning {
        switch rawValue {
        case "SUCC": .success
        case "SSTQ", "SSTL", "NEHSD", "SRNR", "IFAD": .askAgain
        case "FAIL", "STTF", "PDNM", "RWPU": .failure
        case "PNTE", "UNFD": .notEnrolled
        case "UNAC", "DAID", "ACLR", "GERR": .operatorProblem
        default: .other
        }
    }

    /// The code as it came; nil unless it is a few capital letters and digits, since it is logged.
    init?(plain text: String) {
        let isPlain = text.utf8.allSatisfy {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        guard isPlain, (1...8).contains(text.utf8.count) else { return nil }
        self.init(rawValue: text)
    }
}
