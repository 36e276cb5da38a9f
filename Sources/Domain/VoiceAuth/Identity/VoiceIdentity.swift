/// A person whose voice may be known, with their sessions and history: one item, so that each change is one conditional
/// write.
///
/// Times are milliseconds since 1970. People are named only by a `VoiceHash`.
package struct VoiceIdentity: Sendable, Equatable {
    /// The claim of an invocation that is creating the VoiceIt user, with the time at which it has surely ended.
    package struct Making: Sendable, Equatable {
        package var token: String
        package var until: Int
    }

    /// The VoiceIt user; nil before the first enrolment, and once VoiceIt no longer has it.
    package var userID: String?
    package var making: Making?
    /// The number of recordings that VoiceIt holds, by phrase.
    package var recordings: [String: Int] = [:]
    /// The time at which every phrase had its recordings; nil again when VoiceIt turns out to have fewer.
    package var enrolledAt: Int?
    /// The time at which the last recording was enrolled in a contact whose flow had not authenticated the caller in
    /// another way: nobody has vouched for the voice. Nil once somebody has, and when every recording was allowed.
    package var unvouchedAt: Int?
    package var consentedAt: Int?
    /// The time of an opt-out or a declined consent; only a deletion clears it.
    package var optedOutAt: Int?
    /// The times of failed verifications; expired ones are removed at the next change.
    package var failures: [Int] = []
    /// By contact, or in caller-id mode by number.
    package var sessions: [SessionKey: VoiceSession] = [:]
    /// The audit entries, the latest last; older ones are in items of their own.
    package var audit: [AuditEntry] = []

    package init() {}

    /// True when nothing is known that must be stored.
    var isBlank: Bool { self == VoiceIdentity() }

    /// Returns the number of failed verifications that still count. One from the future counts too: a clock was wrong.
    package func failureCount(_ rules: VoiceRules, at now: Int) -> Int {
        failures.count { now - $0 < rules.lockoutSeconds * 1000 }
    }

    /// Returns true when no verification is accepted for now.
    package func isLocked(_ rules: VoiceRules, at now: Int) -> Bool {
        failureCount(rules, at: now) >= rules.maximumFailures
    }

    /// True when there is any recording at VoiceIt.
    var hasRecordings: Bool { userID != nil && recordings.values.contains { $0 > 0 } }

    /// Returns true when VoiceIt can verify the voice.
    package func isEnrolled(_ rules: VoiceRules) -> Bool {
        userID != nil && enrolledAt != nil && !verifiablePhrases(rules).isEmpty
    }

    /// Returns the phrases that a verification may use: those of the rules, else others that were enrolled, so that a
    /// change of phrases lets nobody enrol over a voiceprint.
    package func verifiablePhrases(_ rules: VoiceRules) -> [String] {
        let known = recordings.filter { $0.value >= rules.requiredEnrollments }.keys.sorted()
        let current = rules.phrases.filter(known.contains)
        return current.isEmpty ? known : current
    }

    /// Returns the first phrase that lacks recordings.
    func phraseToEnroll(_ rules: VoiceRules) -> String? {
        rules.phrases.first { recordings[$0, default: 0] < rules.requiredEnrollments }
    }

    /// Removes the voiceprint, but keeps consent and failures.
    mutating func forgetVoiceprint() {
        userID = nil
        recordings = [:]
        enrolledAt = nil
        unvouchedAt = nil
    }
}
