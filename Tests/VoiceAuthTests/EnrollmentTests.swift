import Testing

@testable import VoiceAuth

/// Enrolments that go wrong.
@Suite struct EnrollmentTests {
    /// Returns a first call that has been asked for its first recording.
    private func enrolling(_ binding: VoiceRules.Binding = .contact) -> Story {
        let story = Story(States.rules(binding))
        _ = story.begin()
        story.apply(Story.called())
        story.say(.consent(given: true))
        return story
    }

    @Test func `the third recording of a call that is unlike the others has all of them deleted`() {
        let story = enrolling()
        story.say(.enrolled)
        for _ in 0..<2 {
            #expect(Story.prompt(story.say(.unlike))?.step == .enroll(phrase: States.phrase))
            #expect(story.userToDelete == nil)
        }
        #expect(story.say(.unlike) == .end(.unlike))
        #expect(story.userToDelete == "usr_1")
        #expect(story.identity?.userID == nil && story.identity?.recordings == [:] && story.identity?.failures == [])
        #expect(story.say(.unlike) == .end(.unlike))
        #expect(story.userToDelete == nil)
        #expect(story.begin("next") == .branch(.enrollFromScratch))
    }

    @Test func `in a verification a recording unlike the others is no failure`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin()
        story.apply(Story.called())
        story.say(.unlike)
        #expect(story.identity?.failures == [] && story.identity?.userID == "usr_1")
    }

    @Test func `an enrolment without an answer counts when VoiceIt has it, else the caller is asked again`() {
        let story = enrolling()
        #expect(Story.prompt(story.say(.counted(total: 0)))?.number == 1)
        #expect(Story.prompt(story.say(.counted(total: 1)))?.number == 2)
        #expect(Story.prompt(story.say(.counted(total: 1)))?.number == 2)
        #expect(Story.prompt(story.say(.counted(total: 3)))?.step == .verify(phrase: States.phrase))
        #expect(story.identity?.recordings[States.phrase] == 3)
    }

    @Test(arguments: [
        (VoicePrompt.Reason.tooQuiet), .tooLoud, .pauses, .otherWords, .unclear,
    ]) func `a recording that VoiceIt cannot judge is asked for again with its reason, three times`(
        reason: VoicePrompt.Reason
    ) {
        let story = enrolling()
        for _ in 0..<3 { #expect(Story.prompt(story.say(.unclear(reason)))?.reason == reason) }
        #expect(story.say(.unclear(reason)) == .end(.unclear))
        #expect(story.identity?.failures == [])
    }

    @Test func `a recording that was under way when the caller hung up counts, also after the status callback`() {
        for event in [VoiceEvent.CallEvent.enrolled, .counted(total: 1)] {
            let story = enrolling()
            #expect(story.say(.hungUp) == .end(.hungUp))
            #expect(story.say(event) == .end(.hungUp))
            #expect(story.identity?.recordings[States.phrase] == 1)
            // Repeated, it counts once.
            #expect(story.say(event) == .end(.hungUp))
            #expect(story.identity?.recordings[States.phrase] == 1)
        }
    }

    @Test func `the last recording before the caller hung up completes the voiceprint`() {
        let story = enrolling()
        story.say(.enrolled)
        story.say(.enrolled)
        story.say(.hungUp)
        story.say(.enrolled)
        #expect(story.identity?.enrolledAt != nil)
        #expect(story.begin("next") == .branch(.verify))
    }

    @Test func `who hung up has neither failed nor proved`() {
        for event in [VoiceEvent.CallEvent.failed, .verified, .silence, .userUnknown, .missing(total: 0)] {
            let story = Story(States.rules(.contact), States.enrolled)
            _ = story.begin()
            story.apply(Story.called())
            story.say(.hungUp)
            let before = story.identity
            #expect(story.say(event) == .end(.hungUp))
            #expect(story.identity == before)
        }
    }
}
