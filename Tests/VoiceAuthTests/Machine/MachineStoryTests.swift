import Testing

@testable import VoiceAuth

/// Whole calls, event by event.
@Suite struct MachineStoryTests {
    @Test func `a first call enrols three times and goes on to verify`() {
        let story = Story(States.rules(.contact))
        #expect(story.begin() == .branch(.enrollFromScratch))
        #expect(Story.prompt(story.apply(Story.called()))?.step == .consent)
        for number in 1...3 {
            let asked = Story.prompt(number == 1 ? story.say(.consent(given: true)) : story.say(.enrolled))
            #expect(asked?.step == .enroll(phrase: States.phrase))
            #expect(asked?.number == number)
            #expect(asked?.count == 3)
        }
        #expect(Story.prompt(story.say(.enrolled))?.step == .verify(phrase: States.phrase))
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.failedVerified))
        #expect(story.say(.verified) == .end(.verified))
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.enrolled))
        #expect(
            story.identity?.audit.map(\.event) == [
                .userMade, .begun, .called, .consented, .recordingEnrolled, .recordingEnrolled, .recordingEnrolled,
                .enrolled, .verified, .proofConsumed,
            ])
    }

    @Test func `in caller-id mode the last enrolment sends the caller back without a proof`() {
        let story = Story(States.rules(.callerID))
        #expect(story.begin() == .branch(.enrollFromScratch))
        story.apply(Story.called())
        story.say(.consent(given: true))
        story.say(.enrolled)
        story.say(.enrolled)
        #expect(story.say(.enrolled) == .end(.enrolled))
        #expect(story.identity?.sessions["s"]?.proof == nil)
        #expect(story.begin("second") == .branch(.verify))
        story.apply(Story.called())
        #expect(story.say(.verified) == .end(.verified))
        story.now += 10_000
        #expect(story.begin("third") == .branch(.verified))
        #expect(story.begin("spoofer") == .branch(.verify))
        #expect(story.apply(.result(session: "s", contact: "spoofer")) == .branch(.failedVerified))
    }

    @Test func `three failures lock, and a failure counts for so long only`() {
        let story = Story(States.rules(.contact), States.enrolled)
        #expect(story.begin() == .branch(.verify))
        story.apply(Story.called())
        #expect(Story.prompt(story.say(.failed))?.reason == .failed)
        story.now += 600_000
        #expect(Story.prompt(story.say(.failed)) != nil)
        #expect(story.say(.failed) == .end(.lockedOut))
        #expect(story.begin() == .branch(.lockedOut))
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.lockedOut))
        // The first of the three no longer counts.
        story.now += 300_000
        #expect(story.begin() == .branch(.verify))
        story.apply(Story.called("call2"))
        #expect(story.apply(.inCall(session: "s", call: "call2", turn: 1, .failed)) == .end(.lockedOut))
    }

    @Test func `a success clears the failures`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        story.say(.failed)
        story.say(.failed)
        story.say(.verified)
        #expect(story.identity?.failures == [])
    }

    @Test(arguments: [VoiceEvent.CallEvent.silence, .unclear()])
    func `a call asks again three times after nothing usable, then ends`(event: VoiceEvent.CallEvent) {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        for _ in 1...3 { #expect(Story.prompt(story.say(event))?.step == .verify(phrase: States.phrase)) }
        #expect(story.say(event) == .end(event == .silence ? .silent : .unclear))
        #expect(story.identity?.failures == [])
    }

    @Test func `a failed enrolment never counts as a failure`() {
        let story = Story(States.rules(.contact))
        _ = story.begin()
        story.apply(Story.called())
        story.say(.consent(given: true))
        story.say(.failed)
        #expect(story.identity?.failures == [])
    }

    @Test func `each phrase gets its recordings, and a verification takes one by chance`() {
        var rules = States.rules(.contact)
        rules.phrases = ["one", "two"]
        let story = Story(rules)
        _ = story.begin()
        story.apply(Story.called())
        var asked = [Story.prompt(story.say(.consent(given: true)))]
        for _ in 1...5 { asked.append(Story.prompt(story.say(.enrolled))) }
        #expect(asked.map { $0?.step } == ["one", "one", "one", "two", "two", "two"].map { .enroll(phrase: $0) })
        #expect(asked.map { $0?.number } == [1, 2, 3, 4, 5, 6])
        story.say(.enrolled)
        let chosen = (0..<4).map { random in
            var identity = story.identity
            identity?.sessions["s"]?.call = nil
            return Story.prompt(
                story.machine.decide(
                    Story.called("c"), on: identity, at: story.now, random: UInt64(random)
                ).answer)?.step
        }
        #expect(chosen == ["one", "two", "one", "two"].map { .verify(phrase: $0) })
    }

    @Test func `nobody enrols a new phrase over a voiceprint that is there`() {
        var rules = States.rules(.contact)
        rules.phrases = ["a phrase added later", States.phrase]
        let story = Story(rules, States.enrolled)
        #expect(story.begin() == .branch(.verify))
        #expect(Story.prompt(story.apply(Story.called()))?.step == .verify(phrase: States.phrase))
        rules.phrases = ["another altogether"]
        let other = Story(rules, States.enrolled)
        #expect(other.begin() == .branch(.verify))
        #expect(Story.prompt(other.apply(Story.called()))?.step == .verify(phrase: States.phrase))
    }

    @Test(arguments: [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 2), (9, 2)])
    func `what VoiceIt has lost is enrolled in the same call`(total: Int, kept: Int) {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        var asked = Story.prompt(story.say(.missing(total: total)))
        #expect(asked?.step == .enroll(phrase: States.phrase))
        #expect(asked?.number == kept + 1)
        for _ in (kept + 1)...3 { asked = Story.prompt(story.say(.enrolled)) }
        #expect(asked?.step == .verify(phrase: States.phrase))
        #expect(story.identity?.audit.map(\.event).contains(.voiceprintMissing) == true)
    }

    @Test func `what VoiceIt has lost and cannot be counted ends the call kindly`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        #expect(story.say(.uncounted) == .end(.notEnrolled))
        #expect(story.identity?.recordings == States.enrolled.recordings && story.identity?.failures == [])
    }

    @Test func `a call in which VoiceIt loses recordings again and again ends`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        for _ in 1...3 { #expect(Story.prompt(story.say(.missing(total: 0))) != nil) }
        #expect(story.say(.missing(total: 0)) == .end(.notEnrolled))
    }

    @Test func `gated, what VoiceIt has lost is enrolled for whom the flow has allowed alone`() {
        for isAllowed in [false, true] {
            let story = Story(States.rules(.contact, .gated), States.enrolled)
            _ = story.begin(isAllowed: isAllowed)
            story.apply(Story.called())
            let answer = story.say(.missing(total: 1))
            #expect(isAllowed ? Story.prompt(answer)?.number == 2 : answer == .end(.notEnrolled))
        }
    }

    @Test func `a user that VoiceIt has forgotten is made anew by the next begin`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        #expect(story.say(.userUnknown) == .end(.notEnrolled))
        #expect(story.begin() == .branch(.enrollFromScratch))
    }

    @Test func `a declined consent opts out, and its repeats are told the same`() {
        let story = Story(States.rules(.contact))
        _ = story.begin()
        story.apply(Story.called())
        #expect(story.say(.consent(given: false)) == .end(.declined))
        #expect(story.say(.consent(given: false)) == .end(.declined))
        #expect(story.identity?.userID == nil)
        #expect(story.begin() == .branch(.optedOut))
    }

    @Test func `a proof dies with its voiceprint`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        story.say(.verified)
        story.identity?.userID = "usr_2"
        #expect(story.apply(.result(session: "s", contact: "me")) == .branch(.failedVerified))
    }

    @Test func `an opt-out ends sessions, so that no call goes on`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        #expect(story.apply(.optOut(contact: "me")) == .branch(.optedOut))
        #expect(story.say(.verified) == .end(.unknown))
        #expect(story.identity?.sessions.isEmpty == true)
    }

    @Test func `who has opted out while the user was made gets none`() {
        let story = Story(States.rules(.contact))
        #expect(story.apply(.begin(States.begin())) == .makeUser)
        story.apply(.optOut(contact: "other"))
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
}
