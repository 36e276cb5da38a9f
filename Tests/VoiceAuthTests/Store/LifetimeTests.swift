import Testing

@testable import VoiceAuth

/// The stored data of an identity, and their lifetimes.
@Suite struct LifetimeTests {
    @Test func `a long history moves into an item of its own, a deletion's whole one too`() {
        let story = Story(States.rules(.contact), States.enrolled)
        for _ in 1...20 { _ = story.begin() }
        let decision = story.machine.decide(.begin(States.begin()), on: story.identity, at: story.now)
        #expect(decision.archive.count == 20)
        #expect(decision.identity?.audit.map(\.event) == [.begun])
        let gone = story.machine.decide(
            .delete(session: nil, contact: nil, isAllowed: true), on: story.identity, at: story.now)
        #expect(gone.identity == nil)
        #expect(gone.archive.count == 21)
        #expect(gone.archive.last?.event == .deleted)
    }

    @Test(arguments: [(3_599_999, 3_600_000, false), (86_399_999, 86_400_000, true)])
    func `a session nobody can come back to goes with the next change`(kept: Int, gone: Int, hasCall: Bool) {
        for (age, keys) in [(kept, ["other", "s"]), (gone, ["other"])] {
            let story = Story(States.rules(.contact), States.enrolled)
            _ = story.begin()
            if hasCall { story.apply(Story.called()) }
            story.now += age
            var other = States.begin()
            other.session = "other"
            story.apply(.begin(other))
            #expect(story.identity?.sessions.keys.map(\.text).sorted() == keys)
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
