import JSON
import LocalServices
import Testing

@testable import switchboard

/// The device in conversation with a skill: its requests, their times, and its handling of the responses.
struct PlayerConversationTests {
    private static let stop = #"{"type":"AudioPlayer.Stop"}"#
    private static let speech = SampleSkill.speech("All right.")

    @Test func `a stream starts after the speech, and is told of without a session`() async throws {
        let play = SampleSkill.play("a")
        let skill = SampleSkill([SampleSkill.speech("Here.", more: #","directives":[\#(play)]"#), SampleSkill.nothing])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        #expect(
            await conversation.hear("open my helper") == [
                "Alexa: Here.", "(The session has ended.)", "Plays: a at 0 s",
                "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        #expect(skill.told == ["LaunchRequest | IDLE 0", "PlaybackStarted a 0 | PLAYING a 0"])
        #expect(skill.events[0]["session"] != nil && skill.events[1].object?["session"] == nil)
        let request = skill.events[1]["request"]
        #expect(request?["locale"] == "en-US" && request?["requestId"]?.string?.isEmpty == false)
        #expect(skill.events[1]["context"]?["System"]?["application"]?["applicationId"] == "amzn1.ask.skill.sample")
    }

    @Test func `the next stream is enqueued near the end, and follows it`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.enqueues("b", after: "a"), SampleSkill.nothing,
            SampleSkill.nothing, SampleSkill.nothing,
            SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        #expect(await conversation.hear("/wait 7s") == [])
        #expect(
            await conversation.hear("/wait 5s") == [
                "Device: AudioPlayer.PlaybackNearlyFinished at 8 s", "Enqueues: b",
                "Device: AudioPlayer.PlaybackFinished at 10 s", "Plays: b at 0 s",
                "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        _ = await conversation.hear("/wait 1m")
        #expect(
            skill.told.dropFirst(2) == [
                "PlaybackNearlyFinished a 8000 | PLAYING a 8000", "PlaybackFinished a 10000 | FINISHED a 10000",
                "PlaybackStarted b 0 | PLAYING b 0", "PlaybackNearlyFinished b 8000 | PLAYING b 8000",
                "PlaybackFinished b 10000 | FINISHED b 10000",
            ])
    }

    @Test func `some devices ask for the next stream right after the start, some once it has finished`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.enqueues("b", after: "a"), SampleSkill.nothing,
            SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips, nearlyFinished: .start)
        _ = await conversation.hear("open my helper")
        #expect(
            await conversation.hear("/wait 1s") == [
                "Device: AudioPlayer.PlaybackNearlyFinished at 0.2 s", "Enqueues: b",
            ])
        #expect(
            await conversation.hear("/wait 9s") == [
                "Device: AudioPlayer.PlaybackFinished at 10 s", "Plays: b at 0 s",
                "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        let late = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.nothing, SampleSkill.enqueues("b", after: "a"),
            SampleSkill.nothing,
        ])
        conversation = try late.conversation(clips: SampleSkill.clips, nearlyFinished: .finished)
        _ = await conversation.hear("open my helper")
        #expect(
            await conversation.hear("/wait 12s") == [
                "Device: AudioPlayer.PlaybackFinished at 10 s", "Device: AudioPlayer.PlaybackNearlyFinished at 10 s",
                "Enqueues: b", "Plays: b at 0 s", "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        #expect(conversation.player.offset == 2000)
        #expect(late.told[3] == "PlaybackNearlyFinished a 10000 | FINISHED a 10000")
    }

    @Test func `stop without a session is a pause once the skill has played; with one it is a stop`()
        async throws
    {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.nothing, Self.speech,
            SampleSkill.nothing, SampleSkill.nothing, Self.speech, SampleSkill.nothing, SampleSkill.nothing,
            SampleSkill.speech("Which?", ends: false), Self.speech, SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        for typed in ["stop", "open my helper", "stop", "ask my helper to stop", "ask my helper for help", "stop"] {
            _ = await conversation.hear(typed)
        }
        #expect(
            skill.heard.filter { $0.hasPrefix("AMAZON") } == [
                "AMAZON.PauseIntent", "AMAZON.StopIntent", "AMAZON.HelpIntent", "AMAZON.StopIntent",
            ])
    }

    @Test func `a stream that is to follow another than the one that plays is dropped`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.enqueues("b", after: "x"), SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        #expect(await conversation.hear("/wait 9s").last?.hasPrefix("(Not enqueued: b") == true)
        #expect(await conversation.hear("/wait 9s") == ["Device: AudioPlayer.PlaybackFinished at 10 s"])
    }

    @Test func `speech interrupts the stream, which goes on when the skill has nothing else to play`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.nothing, SampleSkill.speech("Which?", ends: false),
            Self.speech,
            SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 2500ms")
        #expect(
            await conversation.hear("Alexa, ask my helper for help") == [
                "Device: AudioPlayer.PlaybackStopped at 2.5 s", "Alexa: Which?",
            ])
        #expect(await conversation.hear("/wait 5s") == [], "it waits for the session's end")
        #expect(
            await conversation.hear("where is my order") == [
                "Alexa: All right.", "(The session has ended.)", "Device: AudioPlayer.PlaybackStarted at 2.5 s",
            ])
        #expect(
            skill.told.dropFirst(2) == [
                "PlaybackStopped a 2500 | STOPPED a 2500", "AMAZON.HelpIntent | STOPPED a 2500",
                "StatusIntent | STOPPED a 2500", "PlaybackStarted a 2500 | PLAYING a 2500",
            ])
        #expect(skill.events[3]["session"]?["new"] == true)
    }

    @Test func `a stop after speech is told once, and what stopped can be played on`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.nothing,
            SampleSkill.directives(Self.stop, more: SampleSkill.ends),
            SampleSkill.plays("a", offset: 3000), SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 3s")
        #expect(
            await conversation.hear("stop") == [
                "Device: AudioPlayer.PlaybackStopped at 3 s", "(The session has ended.)", "Stops playing.",
            ])
        #expect(await conversation.hear("/wait 1m") == [])
        _ = await conversation.hear("ask my helper where is my order")
        #expect(
            skill.told.suffix(2) == ["StatusIntent | STOPPED a 3000", "PlaybackStarted a 3000 | PLAYING a 3000"])
    }

    @Test func `a button interrupts nothing, and another stream replaces all that was to play`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.enqueues("b", after: "a"),
            SampleSkill.directives(SampleSkill.play("c")), SampleSkill.nothing, SampleSkill.nothing,
            SampleSkill.nothing, SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 9s")
        #expect(
            await conversation.hear("/button next") == [
                "Device: PlaybackController.NextCommandIssued", "Device: AudioPlayer.PlaybackStopped at 9 s",
                "Plays: c at 0 s", "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        #expect(skill.events[3].object?["session"] == nil)
        #expect(skill.told[3] == "PlaybackController.NextCommandIssued | PLAYING a 9000")
        _ = await conversation.hear("/wait 1m")
        #expect(skill.told.last == "PlaybackFinished c 10000 | FINISHED c 10000", "b is gone")
    }

    @Test func `clearing takes the stream, or only what follows it`() async throws {
        let clear = { (what: String) in #"{"type":"AudioPlayer.ClearQueue","clearBehavior":"\#(what)"}"# }
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.enqueues("b", after: "a"),
            SampleSkill.directives(clear("CLEAR_ENQUEUED")), SampleSkill.directives(clear("CLEAR_ALL")),
            SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 8s")
        #expect(await conversation.hear("/button next").last == "Clears the enqueued streams.")
        #expect(conversation.player.queue.isEmpty && conversation.player.isPlaying)
        #expect(
            await conversation.hear("/button pause").suffix(2) == [
                "Clears the queue.", "Device: AudioPlayer.PlaybackStopped at 8 s",
            ])
        #expect(conversation.player.activity == .stopped)
    }
}
