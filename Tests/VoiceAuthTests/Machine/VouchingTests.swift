import AWS
import Testing

@testable import VoiceAuth

/// A caller who merely shows a number can enrol, but is never authenticated by that.
@Suite struct VouchingTests {
    /// Returns an identity enrolled in a contact of its own, with a proof.
    private func story(isAllowed: Bool = false, _ binding: VoiceRules.Binding = .contact) -> Story {
        let story = Story(States.rules(binding))
        _ = story.begin("first", isAllowed: isAllowed)
        #expect(story.prove("first", call: "first") == .end(binding == .contact ? .verified : .enrolled))
        return story
    }

    /// The answer to a later contact that proves the voice.
    private func later(_ story: Story, _ contact: ContactKey, isAllowed: Bool = false) -> MachineResponse {
        story.now += 1000
        _ = story.begin(contact, isAllowed: isAllowed)
        #expect(story.prove(contact, call: CallKey(contact.text)) == .end(.verified))
        return story.result(contact)
    }

    @Test func `without permission a proof answers enrolled, in this contact and in every later one`() {
        let story = story()
        for _ in 0..<2 { #expect(story.result("first") == .branch(.enrolled)) }
        #expect(story.delete("first") == .branch(.failedVerified))
        for number in 0..<3 { #expect(later(story, "later-\(number)") == .branch(.enrolled)) }
        story.now += 80_000_000
        #expect(story.result("later-0") == .branch(.enrolled))
    }

    @Test func `a voiceprint all of whose recordings were allowed is confirmed from the start`() {
        let story = story(isAllowed: true)
        #expect(story.identity?.unvouchedAt == nil)
        #expect(story.result("first") == .branch(.verified))
        #expect(later(story, "later") == .branch(.verified))
    }

    @Test func `one recording without permission is enough`() {
        let story = Story(States.rules(.contact))
        _ = story.begin("first")
        story.apply(Story.called("first", session: "first"))
        story.say(.consent(given: true), session: "first", call: "first")
        story.say(.enrolled, session: "first", call: "first")
        story.say(.hungUp, session: "first", call: "first")
        #expect(story.identity?.recordings[States.phrase] == 1)
        _ = story.begin("second", isAllowed: true)
        story.apply(Story.called("second", session: "second"))
        for _ in 0..<2 { story.say(.enrolled, session: "second", call: "second") }
        #expect(story.identity?.enrolledAt != nil && story.identity?.unvouchedAt != nil)
        #expect(later(story, "third") == .branch(.enrolled))
    }

    @Test func `what is enrolled again without permission, VoiceIt having lost it, is enough too`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin("first")
        story.apply(Story.called("first", session: "first"))
        story.say(.missing(total: 2), session: "first", call: "first")
        story.say(.enrolled, session: "first", call: "first")
        #expect(story.say(.verified, session: "first", call: "first") == .end(.verified))
        #expect(story.result("first") == .branch(.enrolled))
    }

    @Test func `permission at begin makes the contact's proof confirm the voice, for later contacts too`() {
        let story = story()
        #expect(later(story, "second", isAllowed: true) == .branch(.verified))
        #expect(story.delete("first") == .branch(.failedVerified))
        #expect(later(story, "third") == .branch(.verified))
    }

    @Test func `permission at begin holds for its contact, and for no other`() {
        let story = story()
        story.now += 1000
        _ = story.begin("second", isAllowed: true)
        _ = story.begin("second")
        #expect(later(story, "third") == .branch(.enrolled))
        #expect(story.prove("second", call: "second") == .end(.verified))
        #expect(story.result("second") == .branch(.verified))
    }

    @Test func `gated, a contact that was allowed to enrol may begin again without saying so`() {
        let story = Story(States.rules(.contact, .gated))
        #expect(story.begin(isAllowed: true) == .branch(.enrollFromScratch))
        #expect(story.begin() == .branch(.enrollFromScratch))
        #expect(story.begin("other") == .branch(.notEnrolled))
        #expect(story.prove() == .end(.verified))
    }

    @Test func `in caller-id mode permission is the begin's own, and not the next contact's of the number`() {
        let story = Story(States.rules(.callerID, .gated))
        #expect(story.begin("first", isAllowed: true) == .branch(.enrollFromScratch))
        #expect(story.begin("second") == .branch(.notEnrolled))
        #expect(story.begin("second") == .branch(.notEnrolled))
        #expect(story.begin("third", isAllowed: true) == .branch(.enroll))
        #expect(story.prove("third") == .end(.enrolled))
        #expect(story.begin("fourth") == .branch(.verify))
        #expect(story.identity?.sessions["s"]?.isAllowed == false)
    }

    @Test func `in caller-id mode the seed's verified stays`() {
        let story = story(.callerID)
        _ = story.begin("second")
        #expect(story.prove("second", call: "second") == .end(.verified))
        #expect(story.begin("third") == .branch(.verified))
        #expect(story.identity?.unvouchedAt != nil)
    }

    @Test func `what an allowed call finds more of than it has recorded, nobody has vouched for`() {
        for (total, isVouched) in [(1, true), (2, false)] {
            let story = Story(States.rules(.contact))
            _ = story.begin(isAllowed: true)
            story.apply(Story.called())
            story.say(.consent(given: true))
            story.say(.counted(total: total))
            #expect((story.identity?.unvouchedAt == nil) == isVouched)
        }
    }

    @Test func `a recording without permission that got no answer may be there all the same`() {
        let story = Story(States.rules(.contact))
        _ = story.begin()
        story.apply(Story.called())
        story.say(.consent(given: true))
        #expect(Story.prompt(story.say(.counted(total: 0)))?.reason == .unclear)
        #expect(story.identity?.unvouchedAt == story.now)
        #expect(story.identity.map { VoiceIdentity($0.attributes).unvouchedAt } == story.now)
    }

    @Test func `items from before anybody could vouch are vouched for by nobody`() {
        var item = States.enrolled.attributes
        #expect(VoiceIdentity(item).unvouchedAt == nil)
        item["unvouchedAt"] = nil
        #expect(VoiceIdentity(item).unvouchedAt == 0)
        let story = Story(States.rules(.contact), VoiceIdentity(item))
        #expect(later(story, "first") == .branch(.enrolled))
        #expect(story.confirm("first") == .branch(.verified))
        #expect(later(story, "second") == .branch(.verified))
        // An identity without recordings then has nobody to vouch for.
        item = VoiceIdentity().attributes
        item["recordings"] = .map([States.phrase: .number(0)])
        #expect(VoiceIdentity(item).unvouchedAt == nil)
    }
}
