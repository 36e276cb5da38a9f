import Testing

@testable import VoiceAuth

/// The rules, for every state and every event, about voices that somebody has vouched for.
@Suite struct VouchingRulesTests {
    @Test func `a voice is vouched for by an allowed proof or an allowed confirmation alone`() {
        Situation.check("vouched") { situation in
            guard situation.before?.unvouchedAt != nil, let after = situation.decision.identity,
                after.userID == situation.before?.userID, after.unvouchedAt == nil
            else { return nil }
            return switch situation.event {
            case .confirm("s", "me", isAllowed: true):
                [.proved, .mine, .told, .past].contains(situation.stage)
                    && situation.decision.answer == .branch(.verified)
            case States.inCall(.verified):
                situation.stage == .verifying && situation.session?.isAllowed == true
            default: false
            }
        }
    }

    @Test func `each recording without permission leaves the voice without anybody to vouch for it`() {
        Situation.check("unvouched") { situation in
            let before = situation.before?.recordings[States.phrase] ?? 0
            guard let after = situation.decision.identity, after.recordings[States.phrase] ?? 0 > before else {
                return nil
            }
            // VoiceIt's own count of what was there before says nothing of who spoke.
            if situation.event == States.inCall(.missing(total: 1)) { return nil }
            return situation.session?.isAllowed == true || after.unvouchedAt == States.now
        }
    }

    @Test func `a confirmation without permission, or of another contact, is none`() {
        Situation.check("confirm") { situation in
            guard case .confirm(let session, let contact, let isAllowed) = situation.event else { return nil }
            if isAllowed, session == "s", contact == "me" { return nil }
            return situation.decision.answer == .branch(.failedVerified)
                && situation.decision.identity == situation.before
        }
    }

    @Test func `after a confirmation the contact is verified, and may delete`() {
        for situation in Situation.all where situation.event == States.confirm() {
            guard situation.decision.answer == .branch(.verified) else { continue }
            let machine = VoiceMachine(rules: situation.rules)
            let result = machine.decide(
                .result(session: "s", contact: "me"), on: situation.decision.identity, at: States.now)
            #expect(result.answer == .branch(.verified), "\(situation)")
            let deletion = machine.decide(
                .delete(session: "s", contact: "me", isAllowed: false), on: situation.decision.identity, at: States.now)
            #expect(deletion.answer == .branch(.deleted), "\(situation)")
        }
    }
}
