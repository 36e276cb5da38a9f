/// A person whose voice may be known, with everything that goes on about them: one item, so that each change is one
/// conditional write.
///
/// Times are milliseconds since 1970. Whoever is named here, is named by a `VoiceHash`.
package struct VoiceIdentity: Sendable, Equatable {
    /// An invocation that is making the VoiceIt user, and when it has surely ended.
    package struct Making: Sendable, Equatable {
        package var token: String
        package var until: Int
    }

    /// The VoiceIt user; nil before the first enrolment, and once VoiceIt has forgotten it.
    package var userID: String?
    package var making: Making?
    /// How many recordings VoiceIt holds, by phrase.
    package var recordings: [String: Int] = [:]
    /// When every phrase had its recordings; nil again when VoiceIt turns out to have fewer.
    package var enrolledAt: Int?
    /// When the last recording was enrolled in a contact whose flow had not checked the caller in another way: nobody has
    /// vouched for whose voice it is. Nil once somebody has, and when every recording was allowed.
    package var unvouchedAt: Int?
    package var consentedAt: Int?
    /// Set by an opt-out or a declined consent; ended by a deletion only.
    package var optedOutAt: Int?
    /// When verifications failed, those that no longer count left out at the next change.
    package var failures: [Int] = []
    /// By contact, or in caller-id mode by number.
    package var sessions: [SessionKey: VoiceSession] = [:]
    /// What happened, the latest last; older entries are in items of their own.
    package var audit: [AuditEntry] = []

    package init() {}

    /// Whether nothing is known that must be kept.
    var isBlank: Bool { self == VoiceIdentity() }

    /// How many verifications failed that still count. One from the future counts too: a clock was wrong.
    package func failureCount(_ rules: VoiceRules, at now: Int) -> Int {
        failures.count { now - $0 < rules.lockoutSeconds * 1000 }
    }

    /// Whether no verification is taken for now.
    package func isLocked(_ rules: VoiceRules, at now: Int) -> Bool {
        failureCount(rules, at: now) >= rules.maximumFailures
    }

    /// Whether there is any recording at VoiceIt.
    var hasRecordings: Bool { userID != nil && recordings.values.contains { $0 > 0 } }

    /// Whether VoiceIt can verify the voice.
    package func isEnrolled(_ rules: VoiceRules) -> Bool {
        userID != nil && enrolledAt != nil && !verifiablePhrases(rules).isEmpty
    }

    /// The phrases that a verification may ask for: those of the rules, else others that were enrolled, so that a change
    /// of phrases lets nobody enrol over a voiceprint.
    package func verifiablePhrases(_ rules: VoiceRules) -> [String] {
        let known = recordings.filter { $0.value >= rules.requiredEnrollments }.keys.sorted()
        let current = rules.phrases.filter(known.contains)
        return current.isEmpty ? known : current
    }

    /// The first phrase that lacks recordings.
    func phraseToEnroll(_ rules: VoiceRules) -> String? {
        rules.phrases.first { recordings[$0, default: 0] < rules.requiredEnrollments }
    }

    /// Forgets the voiceprint, but neither consent nor failures.
    mutating func forgetVoiceprint() {
        userID = nil
        recordings = [:]
        enrolledAt = nil
        unvouchedAt = nil
    }
}
