import Testing

@testable import VoiceAuth

/// The phase `confirm`: the flow has authenticated the caller in another way, and says whose voice it was.
@Suite struct ConfirmationTests {
    /// Returns a contact with a proof by a voice that nobody has vouched for.
    private func proved() -> Story {
        let story = Story(States.rules(.contact), States.unvouched)
        _ = story.begin()
        #expect(story.prove() == .end(.verified))
        return story
    }

    @Test func `a proof that the contact holds confirms, and is consumed by it`() {
        let story = proved()
        for _ in 0..<3 { #expect(story.confirm() == .branch(.verified)) }
        #expect(story.identity?.unvouchedAt == nil && story.identity?.sessions["s"]?.proof == nil)
        #expect(story.identity?.audit.map(\.event).filter { $0 == .confirmed }.count == 1)
        #expect(story.result() == .branch(.verified))
        #expect(story.result("third") != .branch(.verified))
        #expect(story.delete() == .branch(.deleted))
    }

    @Test(arguments: [(86_399_999, true), (86_400_000, false)])
    func `a proof that the contact has consumed confirms within a day`(age: Int, isConfirmed: Bool) {
        let story = proved()
        #expect(story.result() == .branch(.enrolled))
        story.now += age
        #expect(story.confirm() == .branch(isConfirmed ? .verified : .failedVerified))
        #expect((story.identity?.unvouchedAt == nil) == isConfirmed)
        if isConfirmed { #expect(story.result() == .branch(.verified)) }
    }

    @Test func `without permission nothing is confirmed`() {
        let story = proved()
        #expect(story.confirm(isAllowed: false) == .branch(.failedVerified))
        #expect(story.result() == .branch(.enrolled))
        #expect(story.confirm(isAllowed: false) == .branch(.failedVerified))
        #expect(story.result() == .branch(.enrolled))
        #expect(story.identity?.unvouchedAt != nil)
    }

    @Test func `a contact that never proved cannot confirm what another did`() {
        let story = proved()
        #expect(story.result() == .branch(.enrolled))
        #expect(story.confirm("stranger") == .branch(.failedVerified))
        _ = story.begin("today")
        #expect(story.confirm("today") == .branch(.failedVerified))
        story.apply(Story.called("today", session: "today"))
        story.say(.failed, session: "today", call: "today")
        #expect(story.confirm("today") == .branch(.failedVerified))
        #expect(story.identity?.unvouchedAt != nil)
    }

    @Test func `a proof that is too old confirms nothing`() {
        let story = proved()
        story.now += 120_001
        #expect(story.confirm() == .branch(.failedVerified))
    }

    @Test func `a recording that came after the proof is not vouched for`() {
        let story = proved()
        #expect(story.result() == .branch(.enrolled))
        story.now += 1
        _ = story.begin("stranger")
        story.apply(Story.called("stranger", session: "stranger"))
        story.say(.missing(total: 2), session: "stranger", call: "stranger")
        story.say(.enrolled, session: "stranger", call: "stranger")
        #expect(story.confirm() == .branch(.failedVerified))
        #expect(story.identity?.unvouchedAt == story.now)
        // A repeat gets the same response.
        #expect(story.result() == .branch(.enrolled))
    }

    @Test func `a proof of a voiceprint that is gone confirms nothing of the next one`() {
        let story = proved()
        #expect(story.result() == .branch(.enrolled))
        story.apply(.optOut(contact: "me"))
        #expect(story.confirm() == .branch(.failedVerified))
        story.apply(.delete(session: nil, contact: nil, isAllowed: true))
        _ = story.begin("next")
        story.identity?.userID = "usr_2"
        story.identity?.sessions["s"] = States.session(.told, story.machine.rules)
        #expect(story.confirm() == .branch(.failedVerified))
    }

    @Test func `a locked identity is confirmed by the proof that came before`() {
        let story = proved()
        story.identity?.failures = [story.now, story.now, story.now]
        #expect(story.confirm() == .branch(.verified))
    }
}
