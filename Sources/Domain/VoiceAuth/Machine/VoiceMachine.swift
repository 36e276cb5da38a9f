/// The state machine of an identity: decides the result of an event without I/O, clock or randomness of its own.
///
/// An identity is *new* (no user), *in the making*, *unenrolled* (too few recordings), *enrolled*, *locked* (too many
/// failures that still count) or *opted out*. A session, of a contact or in caller-id mode of a number, is *none*,
/// *begun*, *in a call* (consent, enrolling, verifying, ended), *proved* or *consumed*.
///
/// | event | state | becomes | answer |
/// |---|---|---|---|
/// | begin | session consumed by this contact, caller-id | same | verified |
/// | | opted out; locked | same | optedout; lockedout |
/// | | new or unenrolled, and may not enrol | same | notenrolled |
/// | | new | in the making | make the user; then begun, enrollfromscratch |
/// | | in the making by another | same | wait |
/// | | proved, caller-id, age within the limit | consumed by the contact | verified |
/// | | proved, caller-id, too old or from the future | begun | failedverified |
/// | | begun by this contact | begun | the same again |
/// | | unenrolled | begun | enroll |
/// | | enrolled | begun | verify |
/// | result | consumed by this contact | same | what it was told then |
/// | | another contact of the number has begun since, caller-id | same | handedover |
/// | | proved, age within the limit, voice vouched for, or caller-id | consumed by the contact | verified |
/// | | proved, age within the limit | consumed by the contact | enrolled |
/// | | opted out; locked | same | optedout; lockedout |
/// | | no call has come with the code of the last begin, contact | same | retry |
/// | | any other | same | failedverified |
/// | confirm | allowed; proved, or consumed by this contact within a day | vouched for, consumed | verified |
/// | | any other | same | failedverified |
/// | opt-out | any | opted out, no voiceprint, no session | optedout; delete the user |
/// | delete | any recording, not verified for this contact; opted out; neither allowed | same | failedverified |
/// | | any other | none | deleted; delete the user |
/// | called | begun, by its last code (caller-id: in time, no other call) | consent, enrolling or verifying | ask |
/// | | that call already | same | ask again |
/// | | opted out; locked; no session; another code | same | end |
/// | consent given | consent | enrolling | ask |
/// | consent declined | consent | opted out, call ended | end; delete the user |
/// | recording enrolled | enrolling, more to come | enrolling | ask |
/// | | enrolling, the last | enrolled; verifying, or in caller-id mode ended | ask; end |
/// | | the caller has hung up | one recording more | end |
/// | counted | enrolling, more than before | as recording enrolled | ask; end |
/// | | enrolling | the same, as unclear | ask; end |
/// | verified | verifying | proved, failures cleared, call ended; vouched for if allowed | end |
/// | failed | verifying | one failure more; verifying, or locked and ended | ask; end |
/// | silence, unclear | consent, enrolling, verifying | the same, or ended after three a call | ask; end |
/// | unlike | enrolling | as unclear; at the third of a call new and ended | ask; end, delete the user |
/// | missing | enrolling, verifying | unenrolled: enrolling what is missing, or ended | ask; end |
/// | uncounted | enrolling, verifying | ended | end |
/// | user unknown | in a call | new, ended | end |
/// | any but enrolled | enrolling, and another call has completed the phrase | verifying, or the next phrase | ask |
/// | any | enrolling or verifying, and the user is gone | ended | end |
/// | any answer to another question | in a call | same | ask again |
///
/// Failures expire, proofs and sessions end by time alone: each decision compares them with its own time.
package struct VoiceMachine: Sendable {
    package let rules: VoiceRules

    package init(rules: VoiceRules) {
        self.rules = rules
    }

    /// - Parameters:
    ///   - now: Milliseconds since 1970.
    ///   - random: Selects the phrase of a verification.
    package func decide(
        _ event: VoiceEvent, on identity: VoiceIdentity?, at now: Int, random: UInt64 = 0
    ) -> VoiceDecision {
        var turn = MachineTurn(rules: rules, identity: identity ?? VoiceIdentity(), now: now, random: random)
        let before = turn.identity
        let answer = turn.answer(to: event)
        // Expired data are removed with the next change, never separately: a change is a write.
        if turn.identity != before { turn.identity.drop(before: now, rules) }
        return VoiceDecision(
            identity: turn.identity.isBlank ? nil : turn.identity, answer: answer,
            userToDelete: turn.userToDelete, archive: turn.archive)
    }
}

extension VoiceIdentity {
    /// Removes expired failures and sessions.
    fileprivate mutating func drop(before now: Int, _ rules: VoiceRules) {
        failures.removeAll { now - $0 >= rules.lockoutSeconds * 1000 }
        sessions = sessions.filter { $0.value.isKept(at: now) }
        guard sessions.count > VoiceSession.most else { return }
        let latest = sessions.sorted { $0.value.begunAt > $1.value.begunAt }.prefix(VoiceSession.most)
        sessions = Dictionary(uniqueKeysWithValues: latest.map { ($0.key, $0.value) })
    }
}
