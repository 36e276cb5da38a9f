import Testing

@testable import VoiceAuth

/// Concurrent calls and contacts of one identity.
@Suite struct OvertakenTests {
    private func decide(
        _ event: VoiceEvent, on identity: VoiceIdentity?, _ binding: VoiceRules.Binding = .contact
    ) -> VoiceDecision {
        VoiceMachine(rules: States.rules(binding)).decide(event, on: identity, at: States.now)
    }

    @Test(arguments: [VoiceEvent.CallEvent.current, .silence, .unclear(), .unlike])
    func `nobody enrols into a voiceprint that another call has completed`(event: VoiceEvent.CallEvent) {
        let identity = States.identity(.enrolled, .enrolling, States.rules(.contact))
        let decision = decide(States.inCall(event), on: identity)
        #expect(
            decision.answer == .ask(VoicePrompt(step: .verify(phrase: States.phrase), turn: 6, reason: .next)))
        let late = decide(States.inCall(.current), on: decision.identity)
        #expect(late.answer == .ask(VoicePrompt(step: .verify(phrase: States.phrase), turn: 6, reason: .next)))
    }

    @Test(arguments: [States.Stage.enrolling, .verifying], [VoiceEvent.CallEvent.current, .silence, .enrolled])
    func `a call whose user is gone ends, and is not asked for ever`(
        stage: States.Stage, event: VoiceEvent.CallEvent
    ) {
        let decision = decide(
            States.inCall(event), on: States.identity(.new, stage, States.rules(.contact)))
        #expect(decision.answer == .end(.notEnrolled))
        #expect(decision.identity?.recordings == [:])
    }

    @Test func `too few recordings in an enrolment are enrolled on`() {
        let identity = States.identity(.unenrolled, .enrolling, States.rules(.contact))
        let decision = decide(States.inCall(.missing(total: 2)), on: identity)
        guard case .ask(let prompt) = decision.answer else {
            Issue.record("\(decision.answer)")
            return
        }
        #expect(prompt.step == .enroll(phrase: States.phrase) && prompt.number == 3)
        #expect(decision.identity?.recordings == [States.phrase: 2])
    }

    @Test func `the user of a caller who declined is let go of once`() {
        let identity = States.identity(.noConsent, .consenting, States.rules(.contact))
        let declined = decide(States.inCall(.consent(given: false)), on: identity)
        #expect(declined.userToDelete == "usr_1" && declined.identity?.userID == nil)
        let hungUp = decide(States.inCall(.hungUp, turn: 0), on: declined.identity)
        #expect(hungUp.userToDelete == nil && hungUp.answer == .end(.declined))
    }

    @Test func `the contact that had the proof may ask again after others of its number have begun and called`() {
        let proved = States.identity(.enrolled, .proved, States.rules(.callerID))
        var decision = decide(.begin(States.begin()), on: proved, .callerID)
        #expect(decision.answer == .branch(.verified))
        let other = VoiceEvent.Begin(session: "s", contact: "other", isAllowed: false, token: "token")
        decision = decide(.begin(other), on: decision.identity, .callerID)
        #expect(decision.answer == .branch(.verify))
        #expect(decide(.begin(States.begin()), on: decision.identity, .callerID).answer == .branch(.verified))
        #expect(
            decide(.result(session: "s", contact: "me"), on: decision.identity, .callerID).answer
                == .branch(.verified))
        decision = decide(.called(session: "s", call: "call2"), on: decision.identity, .callerID)
        #expect(decide(.begin(States.begin()), on: decision.identity, .callerID).answer == .branch(.verified))
        #expect(decide(.begin(other), on: decision.identity, .callerID).answer == .branch(.verify))
    }
}
