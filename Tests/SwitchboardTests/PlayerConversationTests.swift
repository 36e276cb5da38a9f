import LambdaRuntime
import LocalServices
import Testing

@testable import switchboard

/// The device in conversation with a skill: which requests it sends, when, and what it makes of the answers.
struct PlayerConversationTests {
    private static let clips = Dictionary(
        uniqueKeysWithValues: ["a", "b", "c"].map {
            (SampleSkill.url($0), AudioClip(Tone(hertz: 440, seconds: 10).wave))
        })
    private static let ends = #","shouldEndSession":true"#
    private static let nothing = SampleSkill.directives()
    private static let stop = #"{"type":"AudioPlayer.Stop"}"#
    private static let speech = SampleSkill.speech("All right.")

    private static func plays(_ name: String, offset: Int = 0) -> String {
        SampleSkill.directives(SampleSkill.play(name, offset: offset), more: ends)
    }

    private static func enqueues(_ name: String, after token: String) -> String {
        SampleSkill.directives(SampleSkill.play(name, "ENQUEUE", after: token))
    }

    /// Each request: its type or intent, its token and offset, and what its context says of the player.
    private func told(_ skill: SampleSkill) -> [String] {
        skill.events.map { event in
            let request = event["request"]
            let player = event["context"]?["AudioPlayer"]
            let parts = [
                request?["intent"]?["name"] ?? request?["type"], request?["token"], request?["offsetInMilliseconds"],
            ]
            let context = [player?["playerActivity"], player?["token"], player?["offsetInMilliseconds"]]
            return [parts, context].map { $0.compactMap { $0?.scalarText }.joined(separator: " ") }
                .joined(separator: " | ").replacing("AudioPlayer.", with: "")
        }
    }

    @Test func `a stream starts after the speech, and is told of without a session`() async throws {
        let play = SampleSkill.play("a")
        let skill = SampleSkill([SampleSkill.speech("Here.", more: #","directives":[\#(play)]"#), Self.nothing])
        var conversation = try skill.conversation(clips: Self.clips)
        #expect(
            await conversation.hear("open my helper") == [
                "Alexa: Here.", "(The session has ended.)", "Plays: a at 0 s",
                "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        #expect(told(skill) == ["LaunchRequest | IDLE 0", "PlaybackStarted a 0 | PLAYING a 0"])
        #expect(skill.events[0]["session"] != nil && skill.events[1].object?["session"] == nil)
        let request = skill.events[1]["request"]
        #expect(request?["locale"] == "en-US" && request?["requestId"]?.string?.isEmpty == false)
        #expect(skill.events[1]["context"]?["System"]?["application"]?["applicationId"] == "amzn1.ask.skill.sample")
    }

    @Test func `the next stream is enqueued near the end, and follows it`() async throws {
        let skill = SampleSkill([
            Self.plays("a"), Self.nothing, Self.enqueues("b", after: "a"), Self.nothing, Self.nothing, Self.nothing,
            Self.nothing,
        ])
        var conversation = try skill.conversation(clips: Self.clips)
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
            told(skill).dropFirst(2) == [
                "PlaybackNearlyFinished a 8000 | PLAYING a 8000", "PlaybackFinished a 10000 | FINISHED a 10000",
                "PlaybackStarted b 0 | PLAYING b 0", "PlaybackNearlyFinished b 8000 | PLAYING b 8000",
                "PlaybackFinished b 10000 | FINISHED b 10000",
            ])
    }

    @Test func `a stream that is to follow another than the one that plays is dropped`() async throws {
        let skill = SampleSkill([Self.plays("a"), Self.nothing, Self.enqueues("b", after: "x"), Self.nothing])
        var conversation = try skill.conversation(clips: Self.clips)
        _ = await conversation.hear("open my helper")
        #expect(await conversation.hear("/wait 9s").last?.hasPrefix("(Not enqueued: b") == true)
        #expect(await conversation.hear("/wait 9s") == ["Device: AudioPlayer.PlaybackFinished at 10 s"])
    }

    @Test func `speech interrupts the stream, which goes on when the skill has nothing else to play`() async throws {
        let skill = SampleSkill([
            Self.plays("a"), Self.nothing, Self.nothing, SampleSkill.speech("Which?", ends: false), Self.speech,
            Self.nothing,
        ])
        var conversation = try skill.conversation(clips: Self.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 2500ms")
        #expect(
            await conversation.hear("Alexa, help") == ["Device: AudioPlayer.PlaybackStopped at 2.5 s", "Alexa: Which?"])
        #expect(await conversation.hear("/wait 5s") == [], "it waits for the session's end")
        #expect(
            await conversation.hear("where is my order") == [
                "Alexa: All right.", "(The session has ended.)", "Device: AudioPlayer.PlaybackStarted at 2.5 s",
            ])
        #expect(
            told(skill).dropFirst(2) == [
                "PlaybackStopped a 2500 | PAUSED a 2500", "AMAZON.HelpIntent | PLAYING a 2500",
                "StatusIntent | PAUSED a 2500", "PlaybackStarted a 2500 | PLAYING a 2500",
            ])
        #expect(skill.events[3]["session"]?["new"] == true)
    }

    @Test func `a stop after speech is told once, and what stopped can be played on`() async throws {
        let skill = SampleSkill([
            Self.plays("a"), Self.nothing, Self.nothing, SampleSkill.directives(Self.stop, more: Self.ends),
            Self.plays("a", offset: 3000), Self.nothing,
        ])
        var conversation = try skill.conversation(clips: Self.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 3s")
        #expect(
            await conversation.hear("stop") == [
                "Device: AudioPlayer.PlaybackStopped at 3 s", "(The session has ended.)", "Stops playing.",
            ])
        #expect(await conversation.hear("/wait 1m") == [])
        _ = await conversation.hear("where is my order")
        #expect(
            told(skill).suffix(2) == ["StatusIntent | STOPPED a 3000", "PlaybackStarted a 3000 | PLAYING a 3000"])
    }

    @Test func `a button interrupts nothing, and another stream replaces all that was to play`() async throws {
        let skill = SampleSkill([
            Self.plays("a"), Self.nothing, Self.enqueues("b", after: "a"),
            SampleSkill.directives(SampleSkill.play("c")), Self.nothing, Self.nothing, Self.nothing, Self.nothing,
        ])
        var conversation = try skill.conversation(clips: Self.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 9s")
        #expect(
            await conversation.hear("/button next") == [
                "Device: PlaybackController.NextCommandIssued", "Device: AudioPlayer.PlaybackStopped at 9 s",
                "Plays: c at 0 s", "Device: AudioPlayer.PlaybackStarted at 0 s",
            ])
        #expect(skill.events[3].object?["session"] == nil)
        #expect(told(skill)[3] == "PlaybackController.NextCommandIssued | PLAYING a 9000")
        _ = await conversation.hear("/wait 1m")
        #expect(told(skill).last == "PlaybackFinished c 10000 | FINISHED c 10000", "b is gone")
    }

    @Test func `clearing takes the stream, or only what follows it`() async throws {
        let clear = { (what: String) in #"{"type":"AudioPlayer.ClearQueue","clearBehavior":"\#(what)"}"# }
        let skill = SampleSkill([
            Self.plays("a"), Self.nothing, Self.enqueues("b", after: "a"),
            SampleSkill.directives(clear("CLEAR_ENQUEUED")), SampleSkill.directives(clear("CLEAR_ALL")), Self.nothing,
        ])
        var conversation = try skill.conversation(clips: Self.clips)
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 8s")
        #expect(await conversation.hear("/button next").last == "Clears what is enqueued.")
        #expect(conversation.player.queue.isEmpty && conversation.player.isPlaying)
        #expect(
            await conversation.hear("/button pause").suffix(2) == [
                "Clears the queue.", "Device: AudioPlayer.PlaybackStopped at 8 s",
            ])
        #expect(conversation.player.activity == .stopped)
    }

    @Test func `a failure names its kind, and the state of the player`() async throws {
        let skill = SampleSkill([
            Self.plays("missing"), SampleSkill.directives(SampleSkill.play("b")), Self.nothing,
            Self.enqueues("gone", after: "b"), Self.nothing, Self.nothing,
        ])
        var conversation = try skill.conversation(clips: Self.clips)
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
        _ = await conversation.hear("/wait 9s")
        let second = skill.events[4]["request"]
        #expect(second?["token"] == "gone", "the stream that plays goes on meanwhile")
        #expect(
            second?["currentPlaybackState"]
                == ["playerActivity": "PLAYING", "offsetInMilliseconds": 8000, "token": "b"])
        #expect(conversation.player.offset == 9000)
    }

    @Test func `fetches fail as often as is typed`() async throws {
        let again = SampleSkill.directives(SampleSkill.play("a"))
        let skill = SampleSkill([Self.plays("a"), again, again, Self.nothing])
        var conversation = try skill.conversation(clips: Self.clips)
        _ = await conversation.hear("/fail 2")
        let lines = await conversation.hear("open my helper")
        #expect(lines.filter { $0.hasSuffix("PlaybackFailed MEDIA_ERROR_SERVICE_UNAVAILABLE") }.count == 2)
        #expect(lines.last == "Device: AudioPlayer.PlaybackStarted at 0 s")
    }

    @Test func `an answer that is not allowed is said, not obeyed, and the skill is told`() async throws {
        let skill = SampleSkill([
            Self.plays("a"), SampleSkill.directives(SampleSkill.play("b")), Self.nothing,
            SampleSkill.directives(SampleSkill.play("c"), more: #","shouldEndSession":false"#), Self.nothing,
        ])
        var conversation = try skill.conversation(clips: Self.clips)
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
        let round = [Self.enqueues("a", after: "a"), Self.nothing, Self.nothing]
        let skill = SampleSkill([Self.plays("a"), Self.nothing] + (0..<60).flatMap { _ in round })
        var conversation = try skill.conversation(clips: Self.clips)
        _ = await conversation.hear("open my helper")
        let lines = await conversation.hear("/wait 10m")
        #expect(lines.count { $0 == "Plays: a at 0 s" } == 60 && !lines.contains { $0.contains("sends no more") })
    }

    @Test func `a skill that never stops answering failures is left alone`() async throws {
        let again = SampleSkill.directives(SampleSkill.play("missing"))
        let skill = SampleSkill([Self.plays("missing")] + Array(repeating: again, count: 100))
        var conversation = try skill.conversation(clips: Self.clips)
        #expect(await conversation.hear("open my helper").last?.hasPrefix("(The device sends no more") == true)
        #expect(skill.events.count == Conversation.requestsAtOnce + 1)
    }

    @Test func `without data the offset stands still, and the skill can see why`() async throws {
        let skill = SampleSkill([Self.plays("a"), Self.nothing, Self.nothing])
        var conversation = try skill.conversation(clips: Self.clips)
        #expect(await conversation.hear("/stall") == ["(Nothing is playing.)"])
        _ = await conversation.hear("open my helper")
        _ = await conversation.hear("/wait 1s")
        _ = await conversation.hear("/stall")
        _ = await conversation.hear("/wait 1m")
        _ = await conversation.hear("/button pause")
        #expect(told(skill).last == "PlaybackController.PauseCommandIssued | BUFFER_UNDERRUN a 1000")
        _ = await conversation.hear("/stall")
        _ = await conversation.hear("/wait 1s")
        #expect(conversation.player.offset == 2000)
    }

    @Test func `a command that is none brings the list of those there are`() async throws {
        var conversation = try SampleSkill([]).conversation()
        let lines = await conversation.hear("/jump")
        #expect(lines.first == "(There is no such command. There are:)" && lines.count == 5)
    }
}
