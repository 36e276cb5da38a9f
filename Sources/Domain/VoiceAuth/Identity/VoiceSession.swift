/// One attempt to authenticate: a contact's, or in caller-id mode the current one of a number.
package struct VoiceSession: Sendable, Equatable {
    /// A verification whose result has not been requested yet.
    package struct Proof: Sendable, Equatable {
        package var at: Int
        /// The user of the verified voiceprint: a proof is invalid without it.
        package var userID: String
    }

    /// A proof that a contact has received.
    package struct Consumption: Sendable, Equatable {
        /// The contact that was told: its retries get the same answer.
        package var contact: ContactKey
        package var at: Int
        package var provedAt: Int
        package var userID: String
        /// True when the response was `verified`; else it was `enrolled`.
        package var isVerified: Bool
        /// True when the contact has begun another round since: `result` is about that.
        package var isPast = false
    }

    /// The response to the last `begin`.
    package var branch: VoiceBranch
    /// The contact of that `begin`; nil when none was named.
    package var contact: ContactKey?
    /// True when the flow had checked the caller in another way at a `begin` of the contact.
    package var isAllowed: Bool
    package var begunAt: Int
    /// The code that the last `begin` gave out: no other is good. Nil in caller-id mode.
    package var code: CodeKey?
    /// True when a call has come with that code.
    package var isAdmitted = false
    /// The Twilio call of the session; nil until it has arrived.
    package var call: VoiceCall?
    package var proof: Proof?
    package var consumed: Consumption?
    /// In caller-id mode, the contacts of the number that began before the last one, the latest last.
    package var superseded: [ContactKey] = []

    /// The lifetime of a session after its last `begin`: longer than any call; shorter for a session without a call.
    static let keptMilliseconds = 86_400_000
    private static let keptUncalledMilliseconds = 3_600_000
    /// The maximum number of sessions of an identity, so that no flood of calls makes its item too large.
    static let most = 100
    private static let mostSuperseded = 20

    package init(branch: VoiceBranch, contact: ContactKey?, isAllowed: Bool, begunAt: Int, code: CodeKey? = nil) {
        self.branch = branch
        self.contact = contact
        self.isAllowed = isAllowed
        self.begunAt = begunAt
        self.code = code
    }

    /// Returns true while a later event may still belong to it.
    func isKept(at now: Int) -> Bool {
        if let consumed, now - consumed.at < Self.keptMilliseconds { return true }
        return now - begunAt < (call != nil ? Self.keptMilliseconds : Self.keptUncalledMilliseconds)
    }

    /// Returns true when the proof was given to that contact, of that voiceprint, and within a day; a contact that is
    /// not named never had one.
    func hasConsumed(_ contact: ContactKey?, userID: String?, at now: Int) -> Bool {
        guard let consumed, contact != nil, consumed.contact == contact, consumed.userID == userID else { return false }
        return now - consumed.at < Self.keptMilliseconds
    }

    /// Takes down that a contact of the number begins, after another perhaps.
    mutating func supersede(by contact: ContactKey?) {
        guard let contact, contact != self.contact else { return }
        superseded.removeAll { $0 == contact }
        if let last = self.contact { superseded = superseded.suffix(Self.mostSuperseded - 1) + [last] }
        self.contact = contact
    }
}
