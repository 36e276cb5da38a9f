import Testing

@testable import VoiceAuth

/// Caller-id mode: Twilio calls back, another contact of the number goes on, and the first one's flow comes to its end.
@Suite struct HandoverTests {
    private func begun() -> Story {
        let story = Story(States.rules(.callerID), States.enrolled)
        #expect(story.begin("first") == .branch(.verify))
        return story
    }

    @Test func `a contact after which another of the number has begun is handed over`() {
        let story = begun()
        #expect(story.result("first") == .branch(.failedVerified))
        #expect(story.prove() == .end(.verified))
        #expect(story.begin("second") == .branch(.verified))
        for _ in 0..<2 { #expect(story.result("first") == .branch(.handedOver)) }
        #expect(story.result("second") == .branch(.verified))
        #expect(story.result("third") == .branch(.failedVerified))
    }

    @Test func `it is handed over, whatever the other was answered`() {
        let locked = begun()
        locked.identity?.failures = [locked.now, locked.now, locked.now]
        #expect(locked.result("first") == .branch(.lockedOut))
        #expect(locked.begin("second") == .branch(.lockedOut))
        #expect(locked.result("first") == .branch(.handedOver))
        #expect(locked.result("second") == .branch(.lockedOut))

        let old = begun()
        old.prove()
        old.now += 10_001
        #expect(old.result("first") == .branch(.failedVerified))
        #expect(old.begin("second") == .branch(.failedVerified))
        #expect(old.result("first") == .branch(.handedOver))
    }

    @Test func `a proof too old is handed over first`() {
        let story = begun()
        #expect(story.begin("second") == .branch(.verify))
        story.prove()
        #expect(story.result("first") == .branch(.handedOver))
        story.now += 10_001
        #expect(story.result("first") == .branch(.handedOver))
        #expect(story.result("second") == .branch(.failedVerified))
    }

    @Test func `who begins again has the call again`() {
        let story = begun()
        _ = story.begin("second")
        #expect(story.begin("first") == .branch(.verify))
        #expect(story.result("first") == .branch(.failedVerified))
        #expect(story.result("second") == .branch(.handedOver))
    }

    @Test func `a retry of the last begin hands nothing over`() {
        let story = begun()
        #expect(story.begin("first") == .branch(.verify))
        #expect(story.result("first") == .branch(.failedVerified))
    }

    @Test func `a contact that was verified is told so again, and not handed over`() {
        let story = begun()
        story.prove()
        #expect(story.begin("first") == .branch(.verified))
        #expect(story.begin("second") == .branch(.verify))
        #expect(story.result("first") == .branch(.verified))
    }

    @Test func `of a flood of begins the last twenty are remembered`() {
        let story = begun()
        for number in 0..<40 { _ = story.begin("n\(number)") }
        #expect(story.identity?.sessions["s"]?.superseded.count == 20)
        #expect(story.result("n38") == .branch(.handedOver))
    }

    @Test func `in contact mode nothing is handed over`() {
        let story = Story(States.rules(.contact), States.enrolled)
        _ = story.begin("first")
        _ = story.begin("second")
        #expect(story.result("first") == .branch(.retry))
    }
}
