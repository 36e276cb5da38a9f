import JSON
import Testing

@testable import Alexa

@Suite struct ResponseRulesTests {
    private func faults(_ type: String, _ response: Response) throws -> Int {
        ResponseRules.faults(in: response, to: try Samples.envelope(type).request).count
    }

    private static let stream = AudioStream(url: "https://example.com/a.mp3", token: "t")
    private static let play = Response().directive(.play(stream))
    private static let enqueue = Response().directive(.play(stream, .enqueue(after: "s")))

    @Test(arguments: [
        "PlaybackStarted", "PlaybackFinished", "PlaybackStopped", "PlaybackNearlyFinished", "PlaybackFailed",
    ])
    func `no audio event takes speech, a card, a reprompt, the session's end or another directive`(_ event: String)
        throws
    {
        let type = "AudioPlayer.\(event)"
        #expect(try faults(type, Response()) == 0)
        for response in [
            Response("x").endingSession(nil), Response().card(.linkAccount), Response().reprompt("x"),
            Response().endingSession(true), Response().endingSession(false),
            Response().directive(Directive(type: "Alexa.Presentation.APL.RenderDocument", members: [:])),
        ] {
            #expect(try faults(type, response) > 0)
        }
    }

    @Test func `each audio event takes the directives of its row`() throws {
        let stop = Response().directive(.stop)
        let clear = Response().directive(.clearEnqueued)
        for event in ["PlaybackStarted", "PlaybackFinished"] {
            #expect(try faults("AudioPlayer.\(event)", stop) == 0)
            #expect(try faults("AudioPlayer.\(event)", clear) == 0)
            #expect(try faults("AudioPlayer.\(event)", Self.play) > 0)
            #expect(try faults("AudioPlayer.\(event)", Self.enqueue) > 0)
        }
        for response in [stop, clear, Self.play, Self.enqueue] {
            #expect(try faults("AudioPlayer.PlaybackStopped", response) > 0)
            #expect(try faults("AudioPlayer.PlaybackFailed", response) == 0)
            #expect(try faults("PlaybackController.PlayCommandIssued", response) == 0)
        }
        #expect(try faults("AudioPlayer.PlaybackNearlyFinished", Self.enqueue) == 0)
        #expect(try faults("AudioPlayer.PlaybackNearlyFinished", Self.play) > 0)
        #expect(try faults("PlaybackController.PlayCommandIssued", Response("x")) > 0)
        #expect(try faults("PlaybackController.PlayCommandIssued", Response().card(.linkAccount)) > 0)
    }

    @Test func `only local audio comes by http`() throws {
        let request = try Samples.envelope("LaunchRequest").request
        let stream = AudioStream(url: "http://127.0.0.1:5000/a.mp3", token: "t")
        let response = Response("x").directive(.play(stream))
        #expect(ResponseRules.faults(in: response, to: request).count == 1)
        #expect(ResponseRules.faults(in: response, to: request, takesPlainAudio: true) == [])
    }

    @Test func `a stream has an https url, a token of 1 to 1,024 characters and an offset of 0 or more`() throws {
        var stream = Self.stream
        for (change, count) in [
            ({ (_: inout AudioStream) in }, 0), ({ $0.url = "http://example.com/a.mp3" }, 1), ({ $0.token = "" }, 1),
            ({ $0.token = String(repeating: "t", count: 1024) }, 0),
            ({ $0.token = String(repeating: "t", count: 1025) }, 1), ({ $0.offsetInMilliseconds = -1 }, 1),
        ] {
            stream = Self.stream
            change(&stream)
            #expect(try faults("IntentRequest", Response().directive(.play(stream))) == count)
        }
        let enqueuedWithoutToken = Directive(
            type: "AudioPlayer.Play",
            members: [
                "playBehavior": "ENQUEUE",
                "audioItem": ["stream": ["url": "https://x", "token": "t", "offsetInMilliseconds": 0]],
            ])
        #expect(try faults("IntentRequest", Response().directive(enqueuedWithoutToken)) == 1)
        #expect(try faults("IntentRequest", Self.play.directive(.play(Self.stream))) == 1)
        #expect(try faults("IntentRequest", Self.play.endingSession(false)) == 1)
    }

    @Test func `the dialog's directives keep the session open, ask once, and Delegate is silent`() throws {
        #expect(try faults("IntentRequest", Response("x").directive(.elicitSlot("s"))) == 0)
        #expect(try faults("IntentRequest", Response("x").directive(.elicitSlot("s")).endingSession(true)) == 1)
        #expect(try faults("IntentRequest", Response("x").directive(.elicitSlot("s")).directive(.confirmIntent())) == 1)
        #expect(try faults("IntentRequest", Response("x").directive(.delegate())) == 1)
        #expect(try faults("IntentRequest", Response().directive(.delegate())) == 0)
        #expect(
            try faults("IntentRequest", Response("x").directive(.confirmIntent()).directive(.clearDynamicEntities)) == 0
        )
        #expect(try faults("IntentRequest", Response("x").reprompt("y").endingSession(true)) == 1)
        #expect(try faults("IntentRequest", Response(Speech(text: String(repeating: "x", count: 8000)))) == 1)
    }

    @Test func `the end of a session and an exception take nothing, and canFulfill answers its question only`() throws {
        var canFulfill = Response()
        canFulfill.canFulfill = CanFulfill(.maybe)
        for type in ["SessionEndedRequest", "System.ExceptionEncountered"] {
            #expect(try faults(type, Response("bye")) > 0)
        }
        #expect(try faults("CanFulfillIntentRequest", canFulfill) == 0)
        #expect(try faults("IntentRequest", canFulfill) == 1)
    }
}
