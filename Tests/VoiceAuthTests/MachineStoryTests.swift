import Testing

@testable import VoiceAuth

/// Whole calls, event by event.
@Suite struct MachineStoryTests {
    /// An identity that lives through events, with a clock.
    final class Story {
        let machine: VoiceMachine
        var identity: VoiceIdentity?
        var now = States.now
        var turn = 0

        init(_ rules: VoiceRules, _ identity: VoiceIdentity? = nil) {
            machine = VoiceMachine(rules: rules)
            self.identity = identity
        }

        @discardableResult func apply(_ event: VoiceEvent) -> VoiceAnswer {
            let decision = machine.decide(event, on: identity, at: now)
            identity = decision.identity
            if case .ask(let prompt) = decision.answer { turn = prompt.turn }
            return decision.answer
        }

        @discardableResult func say(_ event: VoiceEvent.CallEvent) -> VoiceAnswer {
            apply(States.inCall(event, turn: turn))
        }

        func begin(_ contact: String = "me") -> VoiceAnswer {
            var begin = States.begin()
            begin.contact = contact
            let answer = apply(.begin(begin))
            return answer == .makeUser ? apply(.userMade(userID: "usr_1", begin)) : answer
        }
    }

    private func prompt(_ answer: VoiceAnswer) -> VoicePrompt? {
        if case .ask(let prompt) = answer { prompt } else { nil }
    }

    @Test func `a first call enrols three times and goes on to verify`() {
        let story = Story(States.rules(.contact))
        #expect(story.begin() == .branch(.enrollFromScratch))
        #expect(prompt(story.apply(.called(session: "s", call: "call")))?.step == .consent)
        for number in 1...3 {
            let asked = prompt(number == 1 ? story.say(.consent(given: true)) : story.say(.enrolled))
            #expect(asked?.step == .enroll(phrase: States.phrase))
            #expect(asked?.number == number)
            #expect(asked?.count == 3)
        }
        #expect(prompt(story.say(.enrolled))?.step == .verify(phrase: States.phrase))
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.failedVerified))
        #expect(story.say(.verified) == .end(.verified))
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.verified))
        #expect(
            story.identity?.audit.map(\.event) == [
                .userMade, .begun, .called, .consented, .recordingEnrolled, .recordingEnrolled, .recordingEnrolled,
                .enrolled, .verified, .proofConsumed,
            ])
    }

    @Test func `in caller-id mode the last enrolment sends the caller back without a proof`() {
        let story = Story(States.rules(.callerID))
        #expect(story.begin() == .branch(.enrollFromScratch))
        story.apply(.called(session: "s", call: "call"))
        story.say(.consent(given: true))
        story.say(.enrolled)
        story.say(.enrolled)
        #expect(story.say(.enrolled) == .end(.enrolled))
        #expect(story.identity?.sessions["s"]?.proof == nil)
        #expect(story.begin("second") == .branch(.verify))
        story.apply(.called(session: "s", call: "call"))
        #expect(story.say(.verified) == .end(.verified))
        story.now += 10_000
        #expect(story.begin("third") == .branch(.verified))
        #expect(story.begin("spoofer") == .branch(.verify))
        #expect(story.apply(.result(session: "s", contact: "spoofer")) == .branch(.failedVerified))
    }

    @Test func `three failures lock, and a failure counts for so long only`() {
        let story = Story(States.rules(.contact), States.enrolled)
        #expect(story.begin() == .branch(.verify))
        story.apply(.called(session: "s", call: "call"))
        #expect(prompt(story.say(.failed))?.reason == .failed)
        story.now += 600_000
        #expect(prompt(story.say(.failed)) != nil)
        #expect(story.say(.failed) == .end(.lockedOut))
        #expect(story.begin() == .branch(.lockedOut))
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.lockedOut))
        // The first of the three has stopped to count.
        story.now += 300_000
        #expect(story.begin() == .branch(.verify))
        story.apply(.called(session: "s", call: "call2"))
        #expect(story.apply(.inCall(session: "s", call: "call2", turn: 1, .failed)) == .end(.lockedOut))
    }

    @Test func `a success clears the failures`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        story.say(.failed)
        story.say(.failed)
        story.say(.verified)
        #expect(story.identity?.failures == [])
    }

    @Test(arguments: [VoiceEvent.CallEvent.silence, .unclear])
    func `a call asks again three times after nothing usable, then ends`(event: VoiceEvent.CallEvent) {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        for _ in 1...3 { #expect(prompt(story.say(event))?.step == .verify(phrase: States.phrase)) }
        #expect(story.say(event) == .end(event == .silence ? .silent : .unclear))
        #expect(story.identity?.failures == [])
    }

    @Test func `a failed enrolment never counts as a failure`() {
        let story = Story(States.rules(.contact))
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        story.say(.consent(given: true))
        story.say(.failed)
        #expect(story.identity?.failures == [])
    }

    @Test func `each phrase gets its recordings, and a verification takes one by chance`() {
        var rules = States.rules(.contact)
        rules.phrases = ["one", "two"]
        let story = Story(rules)
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        var asked = [prompt(story.say(.consent(given: true)))]
        for _ in 1...5 { asked.append(prompt(story.say(.enrolled))) }
        #expect(asked.map { $0?.step } == ["one", "one", "one", "two", "two", "two"].map { .enroll(phrase: $0) })
        #expect(asked.map { $0?.number } == [1, 2, 3, 4, 5, 6])
        story.say(.enrolled)
        let chosen = (0..<4).map { random in
            var identity = story.identity
            identity?.sessions["s"]?.call = nil
            return prompt(
                story.machine.decide(
                    .called(session: "s", call: "c"), on: identity, at: story.now, random: UInt64(random)
                ).answer)?.step
        }
        #expect(chosen == ["one", "two", "one", "two"].map { .verify(phrase: $0) })
    }

    @Test func `nobody enrols a new phrase over a voiceprint that is there`() {
        var rules = States.rules(.contact)
        rules.phrases = ["a phrase added later", States.phrase]
        let story = Story(rules, States.enrolled)
        #expect(story.begin() == .branch(.verify))
        #expect(prompt(story.apply(.called(session: "s", call: "call")))?.step == .verify(phrase: States.phrase))
        rules.phrases = ["another altogether"]
        let other = Story(rules, States.enrolled)
        #expect(other.begin() == .branch(.verify))
        #expect(prompt(other.apply(.called(session: "s", call: "call")))?.step == .verify(phrase: States.phrase))
    }

    @Test(arguments: [(0, 0), (1, 1), (2, 2), (3, 2), (9, 2)])
    func `too few recordings at VoiceIt end the call, and the next begin enrols`(total: Int, kept: Int) {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        #expect(story.say(.notEnough(total: total)) == .end(.notEnrolled))
        #expect(story.identity?.recordings[States.phrase, default: 0] == kept)
        #expect(story.begin() == .branch(.enroll))
        let asked = prompt(story.apply(.called(session: "s", call: "call2")))
        #expect(asked?.step == .enroll(phrase: States.phrase))
        #expect(asked?.number == kept + 1)
    }

    @Test func `a user that VoiceIt has forgotten is made anew by the next begin`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        #expect(story.say(.userUnknown) == .end(.notEnrolled))
        #expect(story.begin() == .branch(.enrollFromScratch))
    }

    @Test func `a declined consent opts out, and its repeats are told the same`() {
        let story = Story(States.rules(.contact))
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        #expect(story.say(.consent(given: false)) == .end(.declined))
        #expect(story.say(.consent(given: false)) == .end(.declined))
        story.apply(.userDeleted(userID: "usr_1"))
        #expect(story.identity?.userID == nil)
        #expect(story.begin() == .branch(.optedOut))
    }

    @Test func `a proof dies with its voiceprint`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        story.say(.verified)
        story.identity?.userID = "usr_2"
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.failedVerified))
    }

    @Test func `an opt-out ends sessions, so that no call goes on`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(.called(session: "s", call: "call"))
        #expect(story.apply(.optOut(source: "me")) == .branch(.optedOut))
        #expect(story.say(.verified) == .end(.unknown))
        #expect(story.identity?.sessions.isEmpty == true)
    }

    @Test func `who has opted out while the user was made gets none`() {
        let story = Story(States.rules(.contact))
        #expect(story.apply(.begin(States.begin())) == .makeUser)
        story.apply(.optOut(source: "other"))
        #expect(story.apply(.userMade(userID: "usr_1", States.begin())) == .discardUser)
    }

    @Test func `a claim to make a user ends by time`() {
        let story = Story(States.rules(.contact))
        #expect(story.apply(.begin(States.begin())) == .makeUser)
        var other = States.begin()
        other.token = "later"
        #expect(story.apply(.begin(other)) == .wait)
        story.now += 5000
        #expect(story.apply(.begin(other)) == .makeUser)
        #expect(story.apply(.userMade(userID: "usr_1", States.begin())) == .discardUser)
        #expect(story.apply(.userMade(userID: "usr_2", other)) == .branch(.enrollFromScratch))
    }

    @Test func `a long history moves into an item of its own, a deletion's whole one too`() {
        let story = Story(States.rules(.contact), States.enrolled)
        for _ in 1...20 { _ = story.begin() }
        let decision = story.machine.decide(.begin(States.begin()), on: story.identity, at: story.now)
        #expect(decision.archive.count == 20)
        #expect(decision.identity?.audit.map(\.event) == [.begun])
        let gone = story.machine.decide(
            .erase(userID: "usr_1", isAllowed: false), on: story.identity, at: story.now)
        #expect(gone.identity == nil)
        #expect(gone.archive.count == 21)
        #expect(gone.archive.last?.event == .deleted)
    }

    @Test(arguments: [(3_599_999, 3_600_000, false), (86_399_999, 86_400_000, true)])
    func `a session nobody can come back to goes with the next change`(kept: Int, gone: Int, hasCall: Bool) {
        for (age, keys) in [(kept, ["other", "s"]), (gone, ["other"])] {
            let story = Story(States.rules(.contact), States.enrolled)
            _ = story.begin()
            if hasCall { story.apply(.called(session: "s", call: "call")) }
            story.now += age
            var other = States.begin()
            other.session = "other"
            story.apply(.begin(other))
            #expect(story.identity?.sessions.keys.sorted() == keys)
        }
    }

    @Test func `a flood of begins keeps the latest hundred sessions`() {
        let story = Story(States.rules(.contact), States.enrolled)
        for number in 0..<150 {
            story.now += 1
            var begin = States.begin()
            begin.session = "s\(number)"
            story.apply(.begin(begin))
        }
        #expect(story.identity?.sessions.count == 100)
        #expect(story.identity?.sessions["s50"] != nil)
        #expect(story.identity?.sessions["s49"] == nil)
        #expect((story.identity?.audit.count ?? 0) <= 20)
    }
}
