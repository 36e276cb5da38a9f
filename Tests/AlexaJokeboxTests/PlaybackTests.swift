import Foundation
import JSON
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite(.takingTurns) struct PlaybackTests {
    private typealias Device = JokeboxFixture.Device
    private static let keys = (1...5).map { "\($0).mp3" }

    @Test func `what started, finished, stopped or is unknown gets silence, and nothing is called`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        for event in ["PlaybackStarted", "PlaybackFinished", "PlaybackStopped", "PlaybackPaused"] {
            #expect(try await fixture.report(event, "anything").isEmptyAnswer)
        }
        for type in ["SessionEndedRequest", "System.ExceptionEncountered", "SessionResumedRequest", "New.Type"] {
            let message = "why https://b.s3.amazonaws.com/k?X-Amz-Signature=SECRET of amzn1.ask.account.SECRETUSER"
            let event = JokeboxFixture.event(
                ["type": .string(type), "error": ["type": "INVALID_RESPONSE", "message": .string(message)]], nil)
            #expect(try await fixture.invoke(event).isEmptyAnswer)
        }
        #expect(fixture.s3.queries.isEmpty && fixture.aws.calls.isEmpty)
        #expect(fixture.log.filter { $0.contains("why https://b.s3.amazonaws.com/k?…") }.count == 2)
        #expect(!fixture.log.joined().contains("SECRET"))
    }

    @Test(arguments: [false, true])
    func `only while looping another item is enqueued after the one that nearly finished`(_ table: Bool) async throws {
        let fixture = try JokeboxFixture(Self.keys, table: table)
        var answer = try await fixture.launch()
        #expect(try await fixture.report("PlaybackNearlyFinished", answer.token).isEmptyAnswer)
        let looping = try await fixture.say("AMAZON.LoopOnIntent", Device(answer.token))
        #expect(looping.ssml == JokeboxSentence.loopOn.ssml())
        #expect(looping.directive?["playBehavior"] == (table ? "ENQUEUE" : "REPLACE_ALL"))
        answer = looping
        for _ in 1...10 {
            let next = try await fixture.report("PlaybackNearlyFinished", answer.token)
            #expect(next.directive?["playBehavior"] == "ENQUEUE" && next.offset == 0)
            #expect(next.stream?["expectedPreviousToken"]?.string == answer.token && next.token != answer.token)
            #expect(next.key != nil && next.key != answer.key)
            #expect(next.response.object?.keys.sorted() == ["directives"])
            answer = next
        }
        let off = try await fixture.say("AMAZON.LoopOffIntent", Device(answer.token))
        // No item that was enqueued before may follow.
        let clearing: JSONValue = ["type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ENQUEUED"]
        #expect(table ? off.directive == clearing : off.directive?["playBehavior"] == "REPLACE_ALL")
        let last = table ? answer.token : off.token
        #expect(try await fixture.report("PlaybackNearlyFinished", last).isEmptyAnswer)
    }

    @Test func `a bucket of one loops under a new token each time`() async throws {
        let fixture = try JokeboxFixture(["only.mp3"])
        let first = try await fixture.launch()
        var answer = try await fixture.say("AMAZON.LoopOnIntent", Device(first.token))
        var tokens: Set = [first.token, answer.token]
        for _ in 1...3 {
            answer = try await fixture.report("PlaybackNearlyFinished", answer.token)
            #expect(answer.key == "only.mp3" && tokens.insert(answer.token).inserted)
        }
    }

    @Test func `what nearly finished is not followed when another stream plays`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let first = try await fixture.launch()
        let looping = try await fixture.say("AMAZON.LoopOnIntent", Device(first.token))
        let other = try await fixture.report("PlaybackNearlyFinished", looping.token, Device("another"))
        #expect(other.isEmptyAnswer)
        // Some devices ask when it has finished.
        let late = try await fixture.report(
            "PlaybackNearlyFinished", looping.token, Device(looping.token, offset: 9000, "FINISHED"))
        #expect(late.stream?["expectedPreviousToken"]?.string == looping.token && late.offset == 0)
    }

    @Test func `three items are tried after failures, whatever the device starts between, then it stops`() async throws
    {
        let fixture = try JokeboxFixture(Self.keys)
        var answer = try await fixture.launch()
        for _ in 1...3 {
            let next = try await fixture.report("PlaybackFailed", answer.token)
            #expect(next.directive?["playBehavior"] == "REPLACE_ALL" && next.key != answer.key && next.key != nil)
            _ = try await fixture.report("PlaybackStarted", next.token)
            answer = next
        }
        #expect(try await fixture.report("PlaybackFailed", answer.token).directive == ["type": "AudioPlayer.Stop"])
        #expect(try await fixture.report("PlaybackFailed", answer.token, Device("other")).isEmptyAnswer)
        // Any request of the listener resets the count.
        for intent in ["AMAZON.ResumeIntent", "AMAZON.NextIntent", "AMAZON.LoopOnIntent", "AMAZON.PreviousIntent"] {
            let asked = try await fixture.say(intent, Device(answer.token))
            #expect(try await fixture.report("PlaybackFailed", asked.token).stream != nil, "\(intent)")
        }
        #expect(!fixture.log.joined().contains("SECRET"))
    }

    @Test(
        arguments: ["LoopOn", "LoopOff", "ShuffleOn", "ShuffleOff", "Help", "Fallback"], [false, true])
    func `whatever a listener asks for starts the count of failures anew`(
        _ intent: String, _ table: Bool
    ) async throws {
        let fixture = try JokeboxFixture(Self.keys, table: table)
        let tried = PlayToken(item: .key("2.mp3"), failures: 3).text(RandomSource())
        #expect(try await fixture.report("PlaybackFailed", tried).stream == nil)
        let asked = try await fixture.say("AMAZON.\(intent)Intent", Device(tried, offset: 700))
        #expect(asked.key == "2.mp3" && asked.offset == 700 && asked.response["shouldEndSession"] == true)
        #expect(asked.ssml != nil && asked.directive?["playBehavior"] == "REPLACE_ALL")
        #expect(try await fixture.report("PlaybackFailed", asked.token).key != nil)
    }

    @Test(arguments: [JokeboxSentence.help, .fallback])
    func `help leaves alone what plays, and goes on with what is paused, as it is while a device listens`(
        _ sentence: JokeboxSentence
    ) async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let intent = sentence == .help ? "AMAZON.HelpIntent" : "AMAZON.FallbackIntent"
        let ours = try await fixture.launch().token
        for device in [nil, Device(ours), Device(ours, "IDLE"), Device(ours, "FINISHED"), Device("x", "STOPPED")] {
            let answer = try await fixture.say(intent, device)
            #expect(answer.ssml == sentence.ssml() && answer.response["shouldEndSession"] == false)
            #expect(answer.response["directives"] == nil)
        }
        let spoken: JokeboxSentence = sentence == .help ? .helpWhilePlaying : .fallbackWhilePlaying
        for (activity, failures) in [("STOPPED", 0), ("STOPPED", 3), ("PAUSED", 3), ("PLAYING", 1)] {
            let tried = PlayToken(item: .key("2.mp3"), modes: PlayModes(loop: true), failures: failures)
            let answer = try await fixture.say(intent, Device(tried.text(RandomSource()), offset: 700, activity))
            #expect(answer.ssml == spoken.ssml() && answer.response["shouldEndSession"] == true)
            #expect(answer.key == "2.mp3" && answer.offset == 700)
            let token = PlayToken(parsing: answer.token)
            #expect(token?.failures == 0 && token?.modes == PlayModes(loop: true))
        }
    }

    @Test func `failures are counted through enqueued items`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let first = try await fixture.launch()
        var answer = try await fixture.say("AMAZON.LoopOnIntent", Device(first.token))
        for _ in 1...3 {
            answer = try await fixture.report("PlaybackFailed", answer.token)
            answer = try await fixture.report("PlaybackNearlyFinished", answer.token)
        }
        #expect(try await fixture.report("PlaybackFailed", answer.token).stream == nil)
    }

    @Test func `a failed item is replaced after the stream that plays`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let answer = try await fixture.launch()
        let next = try await fixture.report("PlaybackFailed", "of another skill", Device(answer.token))
        #expect(next.directive?["playBehavior"] == "ENQUEUE")
        #expect(next.stream?["expectedPreviousToken"]?.string == answer.token)
        let stopped = try await fixture.report("PlaybackFailed", answer.token, Device("old", "STOPPED"))
        #expect(stopped.directive?["playBehavior"] == "REPLACE_ALL")
    }

    @Test func `what plays when an item fails may be told by the failure alone`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        let playing = try await fixture.launch().token
        let failed = PlayToken(item: .key("1.mp3"), failures: 3).text(RandomSource())
        for (token, enqueued) in [("of another skill", true), (failed, false)] {
            for activity in ["PLAYING", "STOPPED"] {
                let event = JokeboxFixture.event(
                    [
                        "type": "AudioPlayer.PlaybackFailed", "token": .string(token),
                        "error": ["type": "MEDIA_ERROR_UNKNOWN", "message": "x"],
                        "currentPlaybackState": [
                            "token": .string(playing), "offsetInMilliseconds": 5, "playerActivity": .string(activity),
                        ],
                    ], nil)
                let answer = try await fixture.invoke(event)
                switch (enqueued, activity) {
                case (true, "PLAYING"): #expect(answer.stream?["expectedPreviousToken"]?.string == playing)
                case (true, _): #expect(answer.directive?["playBehavior"] == "REPLACE_ALL")
                case (false, "PLAYING"): #expect(answer.isEmptyAnswer)
                default: #expect(answer.directive == ["type": "AudioPlayer.Stop"])
                }
            }
        }
    }
}
