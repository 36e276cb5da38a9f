import JSON
import LocalServices
import Testing

@testable import switchboard

/// The device when something goes wrong: streams that fail, invalid responses, skills that never stop.
struct PlayerTroubleTests {
    @Test func `a failure names its kind, and the state of the player`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("missing"), SampleSkill.directives(SampleSkill.play("b")), SampleSkill.nothing,
            SampleSkill.enqueues("gone", after: "b"), SampleSkill.nothing, SampleSkill.nothing, SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        #expect(
            await conversation.hear("open my helper").suffix(3) == [
                "Device: AudioPlayer.PlaybackFailed MEDIA_ERROR_INVALID_REQUEST", "Plays: b at 0 s",
                "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        let first = skill.events[1]["request"]
        #expect(first?["token"] == "missing" && first?["error"]?["type"] == "MEDIA_ERROR_INVALID_REQUEST")
        #expect(first?["error"]?["message"] == "403" && first?.object?["offsetInMilliseconds"] == nil)
        #expect(
            first?["currentPlaybackState"]
                == ["playerActivity": "STOPPED", "offsetInMilliseconds": 0, "token": "missing"])
        #expect(
            await conversation.hear("/wait 9s") == [
                "Device: AudioPlayer.PlaybackNearlyFinished at 8 s", "Enqueues: gone",
            ], "it is fetched at its turn")
        #expect(
            await conversation.hear("/wait 9s") == [
                "Device: AudioPlayer.PlaybackFinished at 10 s",
                "Device: AudioPlayer.PlaybackFailed MEDIA_ERROR_INVALID_REQUEST",
            ])
        let second = skill.events[5]["request"]
        #expect(second?["token"] == "gone")
        #expect(
            second?["currentPlaybackState"]
                == ["playerActivity": "STOPPED", "offsetInMilliseconds": 0, "token": "gone"])
    }

    @Test(arguments: [(3600, true), (9, false)])
    func `an enqueued stream whose URL has expired at its turn is answered 403`(
        _ seconds: Int, _ plays: Bool
    ) async throws {
        let url = SampleSkill.url("b") + "&X-Amz-Expires=\(seconds)"
        let enqueues = SampleSkill.enqueues("b", after: "a").replacing(SampleSkill.url("b"), with: url)
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.nothing, enqueues, SampleSkill.nothing, SampleSkill.nothing,
        ])
        var clips = SampleSkill.clips
        clips[url] = clips[SampleSkill.url("b")]
        var conversation = try skill.conversation(clips: clips, nearlyFinished: .start)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 5s")
        #expect(
            await conversation.hear("/wait 5s").prefix(2) == [
                "Device: AudioPlayer.PlaybackFinished at 10 s",
                plays ? "Plays: b at 0 s" : "Device: AudioPlayer.PlaybackFailed MEDIA_ERROR_INVALID_REQUEST",
            ])
        if !plays { #expect(skill.events[4]["request"]?["error"]?["message"]?.string?.contains("403") == true) }
    }

    @Test func `fetches fail as often as is typed`() async throws {
        let again = SampleSkill.directives(SampleSkill.play("a"))
        let skill = SampleSkill([SampleSkill.plays("a"), again, again, SampleSkill.nothing])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("/fail 2")
        let lines = await conversation.hear("open my helper")
        #expect(lines.filter { $0.hasSuffix("PlaybackFailed MEDIA_ERROR_SERVICE_UNAVAILABLE") }.count == 2)
        #expect(lines.last == "Device: AudioPlayer.PlaybackStarted at 0 s")
    }

    @Test func `an answer that is not allowed is said, not obeyed, and the skill is told`() async throws {
        let skill = SampleSkill([
            SampleSkill.plays("a"), SampleSkill.directives(SampleSkill.play("b")), SampleSkill.nothing,
            SampleSkill.directives(SampleSkill.play("c"), more: #","shouldEndSession":false"#), SampleSkill.nothing,
        ])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        #expect(
            await conversation.hear("open my helper").suffix(2) == [
                "(An answer to AudioPlayer.PlaybackStarted must have no AudioPlayer.Play.)",
                "Device: System.ExceptionEncountered INVALID_RESPONSE",
            ])
        #expect(conversation.player.token == "a")
        let exception = skill.events[2]["request"]
        #expect(exception?["cause"]?["requestId"] == skill.events[1]["request"]?["requestId"])
        #expect(exception?["error"]?["type"] == "INVALID_RESPONSE")
        #expect(await conversation.hear("/button play").contains { $0.contains("must have no shouldEndSession") })
        #expect(conversation.player.token == "a")
    }

    @Test func `a long wait hears as many streams as there is time for`() async throws {
        let round = [SampleSkill.enqueues("a", after: "a"), SampleSkill.nothing, SampleSkill.nothing]
        let skill = SampleSkill([SampleSkill.plays("a"), SampleSkill.nothing] + (0..<60).flatMap { _ in round })
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        let lines = await conversation.hear("/wait 10m")
        #expect(lines.count { $0 == "Plays: a at 0 s" } == 60 && !lines.contains { $0.contains("sends no more") })
    }

    @Test func `a skill that never stops answering failures is left alone`() async throws {
        let again = SampleSkill.directives(SampleSkill.play("missing"))
        let skill = SampleSkill([SampleSkill.plays("missing")] + Array(repeating: again, count: 100))
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        #expect(await conversation.hear("open my helper").last?.hasPrefix("(The device sends no more") == true)
        #expect(skill.events.count == Conversation.requestsAtOnce + 1)
    }

    @Test func `without data the offset stands still, and the skill can see why`() async throws {
        let skill = SampleSkill([SampleSkill.plays("a"), SampleSkill.nothing, SampleSkill.nothing])
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        #expect(await conversation.hear("/stall") == ["(Nothing is playing.)"])
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 1s")
        _ = await conversation.hear("/stall")
        _ = await conversation.hear("/wait 1m")
        _ = await conversation.hear("/button pause")
        #expect(skill.told.last == "PlaybackController.PauseCommandIssued | BUFFER_UNDERRUN a 1000")
        _ = await conversation.hear("/stall")
        _ = await conversation.hear("/wait 1s")
        #expect(conversation.player.offset == 2000)
    }

    @Test func `a command that is none brings the list of those there are`() async throws {
        var conversation = try SampleSkill([]).conversation()
        let lines = await conversation.hear("/jump")
        #expect(lines.first == "(There is no command /jump. The commands are:)")
        let list = await conversation.hear("/help")
        #expect(Array(lines.dropFirst()) == list)
        for command in ["wait", "button", "fail", "stall", "phrases", "help", "quit"] {
            #expect(list.contains { $0.hasPrefix("  /\(command) ") }, "\(command)")
        }
    }

    @Test(arguments: [
        ("/wait", "(/wait needs a time of at most 24 hours, such as 10s, 500ms or 2m.)"),
        ("/wait 1d", "(/wait needs a time of at most 24 hours, such as 10s, 500ms or 2m, not \"1d\".)"),
        ("/button", "(/button needs one of next, previous, play, pause.)"),
        ("/button foo", "(/button needs one of next, previous, play, pause, not \"foo\".)"),
        ("/fail 0", "(/fail takes a number from 1 to 100, or nothing for 1, not \"0\".)"),
        ("/stall now", "(/stall takes no value, not \"now\".)"),
    ])
    func `a command without its value, or with a wrong one, says so`(typed: String, told: String) async throws {
        var conversation = try SampleSkill([]).conversation()
        #expect(await conversation.hear(typed) == [told])
    }
}
