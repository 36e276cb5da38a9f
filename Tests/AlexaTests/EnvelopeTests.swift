import JSON
import Settings
import Testing

@testable import Alexa

@Suite struct EnvelopeTests {
    @Test(arguments: Samples.types)
    func `every type of request is read, with and without a session`(_ type: String) throws {
        for session in [#"{"key":"value"}"#, nil] {
            let envelope = try Samples.envelope(type, #""new":{"deep":[1,null]}"#, session: session)
            #expect(envelope.request.type == type)
            #expect(envelope.request.json["new"]?["deep"] == [1, .null])
            #expect(envelope.applicationID == Samples.skillID)
            #expect(envelope.accessToken == "token-1")
            #expect(envelope.session?.attributes == session.map { _ in ["key": "value"] })
            #expect(ResponseRules.faults(in: Response(), to: envelope.request) == [])
        }
    }

    @Test func `a session that is null is none, and the context's offset may be a text`() throws {
        let text = Samples.text("LaunchRequest", session: nil)
        let envelope = try RequestEnvelope(parsing: Array((#"{"session":null,"# + text.dropFirst()).utf8))
        #expect(envelope.session == nil)
        #expect(envelope.context.audioPlayer?.offsetInMilliseconds == 1200)
        #expect(envelope.context.system.supportedInterfaces == ["AudioPlayer"])
    }

    @Test(arguments: [("-5", 0), ("\"x\"", 0), ("null", 0), ("1.0", 1), ("1e300", 0), ("\"17\"", 17), ("{}", 0)])
    func `an offset that is nonsense counts as 0`(_ text: String, _ offset: Int) throws {
        let envelope = try Samples.envelope(
            "AudioPlayer.PlaybackStopped", #""token":"t","offsetInMilliseconds":\#(text)"#, session: nil)
        guard case .audioPlayer(let request) = envelope.request.kind else {
            Issue.record("not an audio player's")
            return
        }
        #expect(request.event == "PlaybackStopped")
        #expect(request.offsetInMilliseconds == offset)
    }

    @Test func `a session that ended long ago may lack its context, and a timestamp may be a number`() throws {
        let envelope = try RequestEnvelope(
            parsing: Array(
                (#"{"session":{"application":{"applicationId":"a"}},"request":{"type":"SessionEndedRequest","#
                    + #""timestamp":1700000000000,"reason":"ERROR","error":{"type":"X","message":"m"}}}"#).utf8))
        #expect(envelope.applicationID == "a")
        #expect(envelope.request.timestamp == nil)
        guard case .sessionEnded(let reason, let error) = envelope.request.kind else {
            Issue.record("not the end of a session")
            return
        }
        #expect(reason == "ERROR" && error?.type == "X" && error?.message == "m")
    }

    @Test(arguments: [
        "{}", "[]", "null", "{\"request\":{}}", "{\"request\":{\"type\":1}}", "{\"request\":\"x\"}", "{", "",
    ])
    func `what is no envelope is refused`(_ text: String) {
        #expect {
            try RequestEnvelope(parsing: Array(text.utf8))
        } throws: {
            $0 is JSONError || $0 is InvalidInput
        }
    }

    @Test func `members of any other type count as missing`() throws {
        let envelope = try RequestEnvelope(
            parsing: Array(
                (#"{"session":"x","context":[],"request":{"type":"IntentRequest","requestId":7,"locale":[],"#
                    + #""dialogState":{},"intent":{"name":"A","slots":{"a":null,"b":[],"c":{"value":5}}}}}"#).utf8))
        #expect(envelope.session == nil && envelope.applicationID == nil && envelope.request.id == nil)
        #expect(envelope.request.intent?.slots.keys.sorted() == ["c"])
        #expect(envelope.request.intent?.value(of: "c") == nil)
    }

    @Test func `hardware buttons and skill events are told by their names`() throws {
        guard
            case .playbackController("Next") = try Samples.envelope("PlaybackController.NextCommandIssued").request.kind,
            case .skillEvent("SkillDisabled") = try Samples.envelope("AlexaSkillEvent.SkillDisabled").request.kind,
            case .other = try Samples.envelope("Later.Thing").request.kind
        else {
            Issue.record("read otherwise")
            return
        }
    }
}
