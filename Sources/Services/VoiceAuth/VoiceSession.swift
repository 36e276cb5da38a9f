/// One attempt to authenticate: a contact's, or in caller-id mode the current one of a number.
package struct VoiceSession: Sendable, Equatable {
    /// A verification that nobody has asked for yet.
    package struct Proof: Sendable, Equatable {
        package var at: Int
        /// Whose voiceprint it was: a proof dies with it.
        package var userID: String
    }

    /// What the last `begin` answered.
    package var branch: VoiceBranch
    /// Whose `begin` that was; nil when no contact was named.
    package var contact: String?
    /// Whether this caller may leave a voiceprint.
    package var mayEnroll: Bool
    package var begunAt: Int
    /// The Twilio call that does it; nil until it has come.
    package var call: VoiceCall?
    package var proof: Proof?
    /// Which contact has had the last proof: its retries get the same answer.
    package var consumedBy: String?
    /// Which contact has been verified here, also before a further `begin`: it may delete its voiceprint.
    package var verifiedBy: String?

    /// How long a session is kept after its last `begin`: longer than any call; one without a call, for less.
    private static let keptMilliseconds = 86_400_000
    private static let keptUncalledMilliseconds = 3_600_000
    /// How many sessions an identity has at most, so that no flood of calls makes its item too large.
    static let most = 100

    package init(branch: VoiceBranch, contact: String?, mayEnroll: Bool, begunAt: Int) {
        self.branch = branch
        self.contact = contact
        self.mayEnroll = mayEnroll
        self.begunAt = begunAt
    }

    /// Whether somebody may still come back to it.
    func isKept(at now: Int) -> Bool {
        let isUsed = call != nil || verifiedBy != nil
        return now - begunAt < (isUsed ? Self.keptMilliseconds : Self.keptUncalledMilliseconds)
    }
}
