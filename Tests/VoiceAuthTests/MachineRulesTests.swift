import Testing

@testable import VoiceAuth

/// What holds for every state and every event.
@Suite struct MachineRulesTests {
    private func check(_ name: String, _ rule: (Situation) -> Bool) {
        let broken = Situation.all.filter { !rule($0) }
        #expect(broken.isEmpty, "\(name): \(broken.prefix(5).map(\.description))")
    }

    @Test func `every combination of state and event is there`() {
        #expect(Situation.all.count == 2 * 2 * 8 * 12 * 54)
    }

    @Test func `a proof comes from nothing but a verification that was asked for`() {
        check("proof") { situation in
            let isNew =
                situation.sessionAfter?.proof != nil && situation.sessionAfter?.proof != situation.session?.proof
            guard isNew else { return true }
            return situation.event == States.inCall(.verified) && situation.stage == .verifying
                && !situation.isLocked && situation.before?.optedOutAt == nil
        }
    }

    @Test func `verified is answered once a proof, or again to the contact that had it`() {
        check("verified") { situation in
            guard situation.decision.answer == .branch(.verified) else { return true }
            if situation.stage == .mine { return situation.decision.identity == situation.before }
            return situation.stage == .proved && !situation.isLocked && situation.before?.optedOutAt == nil
                && situation.before?.userID == "usr_1" && situation.sessionAfter?.proof == nil
        }
    }

    @Test func `a consumed proof is consumed for everyone else`() {
        for situation in Situation.all where situation.decision.answer == .branch(.verified) {
            let again = VoiceMachine(rules: situation.rules).decide(
                .result(session: "s", contact: "someone else"), on: situation.decision.identity, at: States.now)
            #expect(again.answer == .branch(situation.isLocked ? .lockedOut : .failedVerified), "\(situation)")
        }
    }

    @Test func `a refusal changes nothing`() {
        check("refusal") { situation in
            switch (situation.event, situation.decision.answer) {
            case (.result, .branch(.verified)): true
            case (.result, _), (.begin, .branch(.lockedOut)), (.begin, .branch(.optedOut)),
                (.begin, .branch(.notEnrolled)), (.begin, .wait), (.delete, .branch(.failedVerified)):
                situation.decision.identity == situation.before
            default: true
            }
        }
    }

    @Test func `an opt-out ends by an allowed deletion alone, and asks nothing`() {
        check("opt-out") { situation in
            guard situation.before?.optedOutAt != nil else { return true }
            if case .ask = situation.decision.answer, situation.session?.call == nil { return false }
            if case .branch(let branch) = situation.decision.answer, branch == .verified {
                return situation.stage == .mine
            }
            if case .erase(_, isAllowed: true) = situation.event { return true }
            if case .delete(_, _, isAllowed: true) = situation.event { return true }
            return situation.decision.identity?.optedOutAt != nil
        }
    }

    @Test func `a locked identity is asked nothing, and verifies nothing`() {
        check("locked") { situation in
            guard situation.isLocked else { return true }
            if case .ask = situation.decision.answer { return false }
            return situation.decision.answer != .branch(.verified) || situation.stage == .mine
        }
    }

    @Test func `failures grow by failed verifications and end by successful ones`() {
        check("failures") { situation in
            let before = situation.before?.failureCount(situation.rules, at: States.now) ?? 0
            let after = situation.decision.identity?.failureCount(situation.rules, at: States.now) ?? 0
            if after > before { return situation.event == States.inCall(.failed) && situation.stage == .verifying }
            if after < before, situation.decision.identity != nil {
                return situation.event == States.inCall(.verified)
            }
            return true
        }
    }

    @Test func `recordings grow by enrolments that were asked for`() {
        check("recordings") { situation in
            let before = situation.before?.recordings[States.phrase] ?? 0
            guard let after = situation.decision.identity?.recordings[States.phrase], after > before else {
                return true
            }
            // What VoiceIt itself has counted.
            if situation.event == States.inCall(.notEnough(total: 1)) { return after == 1 }
            return situation.event == States.inCall(.enrolled) && situation.stage == .enrolling && after == before + 1
        }
    }

    @Test func `another call, and the answer to another question, change nothing`() {
        check("turns") { situation in
            guard case .inCall(_, let call, let turn, let event) = situation.event, event != .hungUp else {
                return true
            }
            guard call != "call" || turn != 5 else { return true }
            // A call of a locked identity ends whatever comes.
            return situation.decision.identity == situation.before
                || (situation.isLocked && situation.decision.answer == .end(.lockedOut))
        }
    }

    @Test func `a call without a session is told so`() {
        check("unknown") { situation in
            let isUnknown = situation.decision.answer == .end(.unknown)
            return switch situation.event {
            case .inCall(_, let call, _, _) where situation.session?.call?.id != call: isUnknown
            case .called("t", _, _): isUnknown && situation.decision.identity == situation.before
            default: true
            }
        }
    }

    @Test func `a contact's repeated question gets the same answer`() {
        for situation in Situation.all {
            switch situation.event {
            // One that names no contact cannot be known again.
            case .result(_, nil): continue
            case .begin, .result, .delete, .optOut: break
            default: continue
            }
            let again = VoiceMachine(rules: situation.rules).decide(
                situation.event, on: situation.decision.identity, at: States.now)
            #expect(again.answer == situation.decision.answer, "\(situation)")
        }
    }

    @Test func `users are deleted for opt-outs and deletions alone`() {
        check("deletions") { situation in
            guard let user = situation.decision.userToDelete else { return true }
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
        check("gated") { situation in
            guard situation.rules.enrollment == .gated, case .begin(let begin) = situation.event, !begin.isAllowed
            else { return true }
            let answer = situation.decision.answer
            return answer != .makeUser && answer != .branch(.enroll) && answer != .branch(.enrollFromScratch)
        }
    }

    @Test func `every change is in the history`() {
        check("audit") { situation in
            guard let before = situation.before, let after = situation.decision.identity,
                before.optedOutAt != after.optedOutAt || before.userID != after.userID
                    || before.recordings != after.recordings || before.failures.count < after.failures.count
                    || situation.session?.proof != situation.sessionAfter?.proof
                    || situation.session?.consumedBy != situation.sessionAfter?.consumedBy
            else { return true }
            return after.audit.count > before.audit.count
        }
    }
}
