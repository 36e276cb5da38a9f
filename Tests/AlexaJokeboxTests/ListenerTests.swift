import Foundation
import JSON
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite(.takingTurns) struct ListenerTests {
    private typealias Device = JokeboxFixture.Device
    private static let keys = (1...5).map { "\($0).mp3" }

    @Test func `a launch and the intent play a random item at once, announced`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        for locale in ["en-US", "en-GB", "de-DE", "es-ES", "fr-FR"] {
            for answer in [
                try await fixture.launch(locale: locale), try await fixture.say("TellMeAJokeIntent", locale: locale),
            ] {
                #expect(answer.ssml == JokeboxSentence.welcome.ssml(locale))
                #expect(answer.directive?["playBehavior"] == "REPLACE_ALL" && answer.offset == 0)
                #expect(answer.response["shouldEndSession"] == true && Self.keys.contains(answer.key ?? ""))
            }
        }
        // One listing for all of them.
        #expect(fixture.s3.queries.count == 1)
    }

    @Test func `pause and stop say so and stop; they and help touch nothing`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        let ours = PlayToken(item: .key("1.mp3")).text(RandomSource())
        for activity in ["PLAYING", "PAUSED", "STOPPED", "BUFFER_UNDERRUN", "NEW_ONE", nil] {
            let device = Device(ours, activity)
            let pause = try await fixture.say("AMAZON.PauseIntent", device)
            #expect(pause.ssml == "<speak>Pausing.</speak>" && pause.directive == ["type": "AudioPlayer.Stop"])
            #expect(pause.response["shouldEndSession"] == true)
            for intent in ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"] {
                let stop = try await fixture.say(intent, device)
                #expect(stop.ssml == "<speak>Stopping.</speak>" && stop.response["shouldEndSession"] == true)
                #expect(stop.directive == ["type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"])
            }
        }
        #expect(try await fixture.say("AMAZON.HelpIntent", locale: "es-ES").ssml == JokeboxSentence.help.ssml("es-ES"))
        for intent in ["AMAZON.FallbackIntent", "Unheard.Of"] {
            let answer = try await fixture.say(intent, locale: "de-DE")
            #expect(
                answer.ssml == JokeboxSentence.fallback.ssml("de-DE") && answer.response["shouldEndSession"] == false)
        }
        for (name, answer) in [("TellMeAJokeIntent", "YES"), ("AMAZON.NextIntent", "NO"), ("Other", "NO")] {
            let event = JokeboxFixture.event(
                ["type": "CanFulfillIntentRequest", "intent": ["name": .string(name), "slots": [:]]], nil)
            #expect(
                try await fixture.invoke(event).response == ["canFulfillIntent": ["canFulfill": .string(answer)]])
        }
        #expect(fixture.s3.queries.isEmpty && fixture.aws.calls.isEmpty)
    }

    @Test func `with nothing playing pause is not heard, and stop only by who talks with the skill`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        let ours = PlayToken(item: .key("1.mp3")).text(RandomSource())
        let devices = [
            nil, Device(ours, "IDLE"), Device(ours, "FINISHED"), Device(nil, "STOPPED"), Device("x", "PLAYING"),
        ]
        for (device, isNew) in devices.flatMap({ device in [true, false].map { (device, $0) } }) {
            let pause = try await fixture.say("AMAZON.PauseIntent", device, isNew: isNew)
            #expect(
                pause.response == ["directives": [["type": "AudioPlayer.Stop"]], "shouldEndSession": true])
            for intent in ["AMAZON.StopIntent", "AMAZON.CancelIntent"] {
                let stop = try await fixture.say(intent, device, isNew: isNew)
                #expect(stop.ssml == (isNew ? nil : "<speak>Stopping.</speak>"))
                #expect(stop.directive == ["type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"])
                #expect(stop.response["shouldEndSession"] == true)
            }
        }
        #expect(fixture.s3.queries.isEmpty && fixture.aws.calls.isEmpty)
    }

    @Test(arguments: ["en-US", "en-GB", "de-DE", "es-ES"])
    func `a session stays open only after a question`(_ locale: String) async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let ours = PlayToken(item: .key("1.mp3")).text(RandomSource())
        let intents =
            [
                "TellMeAJokeIntent", "Unheard.Of",
            ]
            + [
                "Pause", "Resume", "Stop", "Cancel", "NavigateHome", "Next", "Previous", "Repeat", "StartOver",
                "LoopOn",
                "LoopOff", "ShuffleOn", "ShuffleOff", "Help", "Fallback",
            ].map { "AMAZON.\($0)Intent" }
        var open = 0
        for device in [nil, Device(ours), Device(ours, "STOPPED"), Device(ours, "FINISHED")] {
            for intent in intents {
                let answer = try await fixture.say(intent, device, locale: locale)
                let asks = answer.ssml?.hasSuffix("?</speak>") == true
                #expect(asks == (answer.response["shouldEndSession"] == false), "\(intent)")
                open += asks ? 1 : 0
            }
        }
        #expect(open >= 10)
    }

    @Test func `resume goes on where it was, by a fresh URL, in a new process, without listing`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let played = try await fixture.launch()
        try fixture.restart()
        let asked = fixture.s3.queries.count
        for (offset, wanted): (JSONValue?, Int) in [
            (12_345, 12_345), ("678", 678), (-5, 0), ("soon", 0), (nil, 0), (true, 0), (0, 0),
        ] {
            let answer = try await fixture.say("AMAZON.ResumeIntent", Device(played.token, offset: offset, "STOPPED"))
            #expect(answer.ssml == "<speak>Resuming.</speak>" && answer.key == played.key && answer.offset == wanted)
            #expect(answer.token != played.token && answer.response["shouldEndSession"] == true)
        }
        // An item played to its end cannot be resumed there.
        let finished = Device(played.token, offset: 12_345, "FINISHED")
        #expect(try await fixture.say("AMAZON.ResumeIntent", finished).offset == 0)
        #expect(try await fixture.press("Play", finished).offset == 0)
        for intent in ["AMAZON.RepeatIntent", "AMAZON.StartOverIntent"] {
            let answer = try await fixture.say(intent, Device(played.token, offset: 999))
            #expect(answer.key == played.key && answer.offset == 0 && answer.ssml == nil)
        }
        #expect(fixture.s3.queries.count == asked)
    }

    @Test(arguments: [
        nil, "", "x", "jb1.", "jb1.20abcdef.", "jb1.20abcdef.k5:a.mp3", "jb1.20abcdef.k5:1.mp3x",
        "jb1.20abcdef.k6:1.html", "jb1.20abcdef.k99999:1.mp3", "jb1.90abcdef.k5:1.mp3", "jb2.20abcdef.k5:1.mp3",
        "jb1.20abcdef.:", "jb1.20abcdef.:k5:1.mp3", "jb1.20abcdef.k11:jokes/1.mp3:", "jb1.20abcdef.k:jokes/1.mp3",
        "jb1.20abcdef.k-1:jokes/1.mp3", "jb1.20abcdef.k0:", "jb1.20abcdef.k11:jokes/1.mp3k", "jb1.20abcdef.k3:é.mp3",
        "jb1.20abcdef.h32:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "jb1.20abcdef.x11:jokes/1.mp3",
        String(repeating: "a", count: 1025),
    ])
    func `a token that is not ours, or names what we do not play, counts as none`(_ token: String?) async throws {
        let fixture = try JokeboxFixture(["jokes/1.mp3"], ["AUDIO_PREFIX": "jokes/"])
        for intent in ["AMAZON.ResumeIntent", "AMAZON.RepeatIntent", "AMAZON.StartOverIntent"] {
            let answer = try await fixture.say(intent, Device(token, offset: 77))
            #expect(answer.ssml == JokeboxSentence.nothingToPlay.ssml() && answer.directive == nil)
        }
        for intent in ["AMAZON.NextIntent", "AMAZON.PreviousIntent", "TellMeAJokeIntent"] {
            #expect(try await fixture.say(intent, Device(token)).key == "jokes/1.mp3")
        }
        #expect(try await fixture.press("Play", Device(token, offset: 77)).offset == 0)
    }

    @Test func `next and previous walk what was heard, or the order of the keys`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        var answer = try await fixture.launch()
        var heard = [try #require(answer.key)]
        for _ in 1...4 {
            answer = try await fixture.say("AMAZON.NextIntent", Device(answer.token))
            let key = try #require(answer.key)
            #expect(key != heard.last && answer.ssml == nil && answer.response["shouldEndSession"] == true)
            heard.append(key)
        }
        try fixture.restart()
        for key in heard.dropLast().reversed() {
            answer = try await fixture.say("AMAZON.PreviousIntent", Device(answer.token))
            #expect(answer.key == key)
        }
        // No item was heard before the first: the one before in key order, round the end.
        let place = try #require(Self.keys.firstIndex(of: heard[0]))
        answer = try await fixture.say("AMAZON.PreviousIntent", Device(answer.token))
        #expect(answer.key == Self.keys[(place + 4) % 5])
    }

    @Test func `without shuffle next and previous wrap round, in the order of the keys' bytes`() async throws {
        let keys = ["A.mp3", "Z.mp3", "a b.mp3", "é.mp3", "z.mp3", "😀.mp3"]
        let ordered = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let fixture = try JokeboxFixture(keys)
        var answer = try await fixture.launch()
        answer = try await fixture.say("AMAZON.ShuffleOffIntent", Device(answer.token, offset: 4321))
        #expect(answer.ssml == JokeboxSentence.shuffleOff.ssml() && answer.offset == 4321)
        #expect(answer.directive?["playBehavior"] == "REPLACE_ALL")
        var place = try #require(ordered.firstIndex(of: answer.key ?? ""))
        for step in [1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1] {
            let intent = step == 1 ? "AMAZON.NextIntent" : "AMAZON.PreviousIntent"
            answer = try await fixture.say(intent, Device(answer.token))
            place = (place + step + 6) % 6
            #expect(answer.key == ordered[place])
        }
    }

    @Test func `without a table loop and shuffle change only while something plays or is paused`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let played = try await fixture.launch()
        for (intent, sentence) in [
            ("AMAZON.LoopOnIntent", JokeboxSentence.loopOn), ("AMAZON.LoopOffIntent", .loopOff),
            ("AMAZON.ShuffleOnIntent", .shuffleOn), ("AMAZON.ShuffleOffIntent", .shuffleOff),
        ] {
            let answer = try await fixture.say(intent, Device(played.token, offset: 50))
            #expect(answer.ssml == sentence.ssml() && answer.key == played.key && answer.offset == 50)
            let stopped = try await fixture.say(intent, Device(played.token, offset: 60, "STOPPED"))
            #expect(stopped.ssml == sentence.ssml() && stopped.key == played.key && stopped.offset == 60)
            for activity in ["IDLE", "FINISHED"] {
                let idle = try await fixture.say(intent, Device(played.token, activity))
                #expect(idle.ssml == JokeboxSentence.onlyWhilePlaying.ssml() && idle.directive == nil)
            }
            let foreign = try await fixture.say(intent, Device("of another skill", "STOPPED"))
            #expect(foreign.ssml == JokeboxSentence.onlyWhilePlaying.ssml())
            #expect(try await fixture.say(intent).ssml == JokeboxSentence.onlyWhilePlaying.ssml())
        }
    }

    @Test func `buttons act without a word`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let first = try await fixture.press("Play")
        #expect(first.key != nil && first.response.object?.keys.sorted() == ["directives"])
        let second = try await fixture.press("Next", Device(first.token))
        #expect(second.key != nil && second.key != first.key && second.response["shouldEndSession"] == nil)
        #expect(try await fixture.press("Previous", Device(second.token)).key == first.key)
        #expect(
            try await fixture.press("Pause", Device(second.token)).response == [
                "directives": [["type": "AudioPlayer.Stop"]]
            ])
        let resumed = try await fixture.press("Play", Device(second.token, offset: 5, "PAUSED"))
        #expect(resumed.key == second.key && resumed.offset == 5)
        #expect(try await fixture.press("Unheard").isEmptyAnswer)
    }

    @Test func `listeners hear their own language, and no token leads out of it`() async throws {
        let fixture = try JokeboxFixture(
            ["jokes/en/a.mp3", "jokes/es/b.mp3", "private/c.mp3"], ["AUDIO_PREFIX": "jokes/{language}/"])
        let spanish = try await fixture.launch(locale: "es-ES")
        #expect(spanish.key == "jokes/es/b.mp3")
        #expect(try await fixture.launch(locale: "en-GB").key == "jokes/en/a.mp3")
        #expect(try await fixture.launch(locale: "../private").key == "jokes/en/a.mp3")
        #expect(try await fixture.launch(locale: "de-DE").ssml == JokeboxSentence.empty.ssml("de-DE"))
        let english = try await fixture.say("AMAZON.ResumeIntent", Device(spanish.token), locale: "en-US")
        #expect(english.directive == nil)
        // A request that does not say its language goes on in the item's.
        #expect(try await fixture.say("AMAZON.ResumeIntent", Device(spanish.token), locale: nil).key == spanish.key)
        let forged = PlayToken(item: .key("private/c.mp3")).text(RandomSource())
        #expect(try await fixture.say("AMAZON.ResumeIntent", Device(forged), locale: nil).directive == nil)
        #expect(fixture.s3.queries.compactMap { $0["prefix"] } == ["jokes/es/", "jokes/en/", "jokes/de/"])
    }
}
