import Testing

@testable import VoiceAuth

/// The rules that hold for every state and every event.
@Suite struct MachineRulesTests {
    @Test func `every combination of state and event is there`() {
        #expect(Situation.all.count == 2 * 2 * 9 * 16 * 72)
    }

    @Test func `a proof comes from nothing but a verification that was asked for`() {
        Situation.check("proof") { situation in
            let isNew =
                situation.sessionAfter?.proof != nil && situation.sessionAfter?.proof != situation.session?.proof
            guard isNew else { return nil }
            return situation.event == States.inCall(.verified) && situation.stage == .verifying
                && !situation.isLocked && situation.before?.optedOutAt == nil
        }
    }

    @Test func `a proof is answered once, or again to the contact that had it`() {
        Situation.check("verified") { situation in
            guard let isVerified = situation.isVerified else { return nil }
            if case .confirm = situation.event { return nil }
            if let consumed = situation.session?.consumed {
                return [.mine, .told].contains(situation.stage) && consumed.isVerified == isVerified
                    && situation.decision.identity == situation.before
            }
            return situation.stage == .proved && situation.before?.optedOutAt == nil
                && situation.before?.userID == "usr_1" && situation.sessionAfter?.proof == nil
        }
    }

    @Test func `in contact mode a voice that nobody has vouched for is enrolled, in caller-id mode verified`() {
        Situation.check("enrolled") { situation in
            guard let isVerified = situation.isVerified, situation.stage == .proved else { return nil }
            if case .confirm = situation.event { return isVerified }
            return isVerified == (situation.rules.binding == .callerID || situation.person != .unvouched)
        }
    }

    @Test func `a consumed proof is consumed for everyone else`() {
        for situation in Situation.all where situation.isVerified != nil {
            let again = VoiceMachine(rules: situation.rules).decide(
                .result(session: "s", contact: "someone else"), on: situation.decision.identity, at: States.now)
            #expect(again.answer != .branch(.verified) && again.answer != .branch(.enrolled), "\(situation)")
        }
    }

    @Test func `a refusal changes nothing`() {
        Situation.check("refusal") { situation in
            // That another contact of the number has begun, is taken down whatever comes of it.
            let isHandedOver = situation.rules.binding == .callerID && situation.stage == .superseded
            return switch (situation.event, situation.decision.answer) {
            case (.result, .branch(.verified)), (.result, .branch(.enrolled)), (.confirm, .branch(.verified)): nil
            case (.begin, _) where isHandedOver: nil
            case (.result, _), (.begin, .branch(.lockedOut)), (.begin, .branch(.optedOut)),
                (.begin, .branch(.notEnrolled)), (.begin, .wait), (.delete, .branch(.failedVerified)),
                (.confirm, _):
                situation.decision.identity == situation.before
            default: nil
            }
        }
    }

    @Test func `an opt-out ends by an allowed deletion alone, and asks nothing`() {
        Situation.check("opt-out") { situation in
            guard situation.before?.optedOutAt != nil else { return nil }
            if case .ask = situation.decision.answer, situation.session?.call == nil { return false }
            if situation.isVerified != nil { return [.mine, .told].contains(situation.stage) }
            if case .delete(_, _, isAllowed: true) = situation.event { return nil }
            return situation.decision.identity?.optedOutAt != nil
        }
    }

    @Test func `a locked identity is asked nothing, and verifies nothing`() {
        Situation.check("locked") { situation in
            guard situation.isLocked else { return nil }
            if case .ask = situation.decision.answer { return false }
            // A proof from before the lock stays valid.
            return situation.isVerified == nil || situation.session?.proof != nil || situation.session?.consumed != nil
        }
    }

    @Test func `failures grow by failed verifications and end by successful ones`() {
        Situation.check("failures") { situation in
            let before = situation.before?.failureCount(situation.rules, at: States.now) ?? 0
            let after = situation.decision.identity?.failureCount(situation.rules, at: States.now) ?? 0
            if after > before { return situation.event == States.inCall(.failed) && situation.stage == .verifying }
            if after < before, situation.decision.identity != nil {
                return situation.event == States.inCall(.verified)
            }
            return nil
        }
    }

    @Test func `recordings grow by enrolments that were asked for`() {
        Situation.check("recordings") { situation in
            let before = situation.before?.recordings[States.phrase] ?? 0
            guard let after = situation.decision.identity?.recordings[States.phrase], after > before else {
                return nil
            }
            // VoiceIt's own count.
            if situation.event == States.inCall(.missing(total: 1)) { return after == 1 }
            guard [.enrolling, .hungUp].contains(situation.stage) else { return false }
            return switch situation.event {
            case States.inCall(.enrolled): after == before + 1
            case States.inCall(.counted(total: 1)): after == 1
            case States.inCall(.counted(total: 2)): after == 2
            default: false
            }
        }
    }

    @Test func `another call, and the answer to another question, change nothing`() {
        Situation.check("turns") { situation in
            guard case .inCall(_, let call, let turn, let event) = situation.event, event != .hungUp else {
                return nil
            }
            guard call != "call" || turn != 5 else { return nil }
            // A call of a locked identity ends whatever comes.
            return situation.decision.identity == situation.before
                || (situation.isLocked && situation.decision.answer == .end(.lockedOut))
        }
    }

    @Test func `a call without a session is told so`() {
        Situation.check("unknown") { situation in
            let isUnknown = situation.decision.answer == .end(.unknown)
            return switch situation.event {
            case .inCall(_, let call, _, _) where situation.session?.call?.id != call: isUnknown
            case .called("t", _, _): isUnknown && situation.decision.identity == situation.before
            // In caller-id mode there are no codes.
            case .called(_, _, let code) where code != States.code && situation.rules.binding == .contact:
                isUnknown && situation.decision.identity == situation.before
            default: nil
            }
        }
    }

    @Test func `a contact's repeated question gets the same answer`() {
        for situation in Situation.all {
            switch situation.event {
            // A contact that is not named cannot be recognised.
            case .result(_, nil): continue
            case .begin, .result, .confirm, .delete, .optOut: break
            default: continue
            }
            #expect(situation.again.answer == situation.decision.answer, "\(situation)")
        }
    }

    @Test func `users are deleted for opt-outs and deletions alone`() {
        Situation.check("deletions") { situation in
            guard let user = situation.decision.userToDelete else { return nil }
            guard user == situation.before?.userID else { return false }
            return switch situation.event {
            case .optOut: true
            case .delete: situation.decision.answer == .branch(.deleted)
            case .inCall(_, _, _, .consent(given: false)): situation.stage == .consenting
            default: false
            }
        }
    }

    @Test func `whoever may not enrol, neither gets a user nor is asked to`() {
        Situation.check("gated") { situation in
            guard situation.rules.enrollment == .gated, case .begin(let begin) = situation.event, !begin.isAllowed
            else { return nil }
            // In contact mode it holds for the contact, which has begun with it.
            if situation.rules.binding == .contact, situation.stage != .none { return nil }
            let answer = situation.decision.answer
            return answer != .makeUser && answer != .branch(.enroll) && answer != .branch(.enrollFromScratch)
        }
    }

    @Test func `every change is in the history`() {
        Situation.check("audit") { situation in
            guard let before = situation.before, let after = situation.decision.identity,
                before.optedOutAt != after.optedOutAt || before.userID != after.userID
                    || before.recordings != after.recordings || before.failures.count < after.failures.count
                    || before.unvouchedAt != after.unvouchedAt
                    || situation.session?.proof != situation.sessionAfter?.proof
                    || situation.session?.consumed?.isVerified != situation.sessionAfter?.consumed?.isVerified
            else { return nil }
            // It had to go already.
            if situation.event == .optOut(contact: "me"), before.optedOutAt != nil { return nil }
            return after.audit.count > before.audit.count
        }
    }
}

extension Situation {
    /// True when the flow's response is `verified`, false for `enrolled`; nil for anything else.
    fileprivate var isVerified: Bool? {
        switch decision.answer {
        case .branch(.verified): true
        case .branch(.enrolled): false
        default: nil
        }
    }
}
