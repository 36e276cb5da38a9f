import JSON
import Settings
import Testing

@testable import switchboard

/// Alexa's rules for responses, as far as the player is concerned.
struct PlayerResponseTests {
    private static let play = SampleSkill.play("t")
    private static let stop = #"{"type":"AudioPlayer.Stop"}"#
    private static let ends = #","shouldEndSession":true"#

    private func fault(_ response: String, to type: String) throws -> String? {
        let json = try JSONValue(parsing: Array(response.utf8))
        do throws(PlayerFault) {
            _ = try PlayerResponse.directives(of: json, to: type)
            return nil
        } catch {
            return error.description
        }
    }

    private func fault(directives: String..., more: String = "", to type: String) throws -> String? {
        try fault(#"{"directives":[\#(directives.joined(separator: ","))]\#(more)}"#, to: type)
    }

    @Test func `each request of the player has its own allowance`() throws {
        for type in ["PlaybackStarted", "PlaybackFinished"] {
            #expect(try fault(directives: Self.stop, to: "AudioPlayer.\(type)") == nil)
            #expect(
                try fault(directives: Self.play, to: "AudioPlayer.\(type)")?.contains("no AudioPlayer.Play") == true)
        }
        #expect(try fault(directives: Self.stop, to: "AudioPlayer.PlaybackStopped")?.contains("empty") == true)
        for type in ["AudioPlayer.PlaybackNearlyFinished", "AudioPlayer.PlaybackFailed", "PlaybackController.Next"] {
            #expect(try fault(directives: Self.play, to: type) == nil)
            #expect(try fault("{}", to: type) == nil)
        }
        #expect(try fault(directives: Self.stop, to: "System.ExceptionEncountered") != nil)
    }

    @Test(arguments: [
        #""outputSpeech":{"type":"PlainText","text":"x"}"#, #""card":{"type":"LinkAccount"}"#, #""reprompt":{}"#,
        #""shouldEndSession":true"#, #""shouldEndSession":false"#, #""directives":[{"type":"Dialog.Delegate"}]"#,
    ])
    func `nobody hears or sees an answer to the device`(part: String) throws {
        #expect(try fault("{\(part)}", to: "AudioPlayer.PlaybackNearlyFinished") != nil)
        #expect(try fault("{\(part)}", to: "PlaybackController.PlayCommandIssued") != nil)
        #expect(try fault("{\(part)}", to: "IntentRequest") == nil)
    }

    @Test func `one stream is played an answer, and ends the session`() throws {
        #expect(try fault(directives: Self.play, more: Self.ends, to: "LaunchRequest") == nil)
        #expect(try fault(directives: Self.play, to: "LaunchRequest")?.contains("shouldEndSession") == true)
        #expect(try fault(directives: Self.play, Self.play, more: Self.ends, to: "LaunchRequest") != nil)
        #expect(try fault(directives: #"{"type":"AudioPlayer.ClearQueue"}"#, to: "LaunchRequest") != nil)
    }

    @Test(arguments: [
        (#""token":"t""#, #""token":"""#, "token"), (#""token":"t""#, #""token":5"#, "token"),
        (#""token":"t""#, #""token":"\#(String(repeating: "x", count: 1025))""#, "token"),
        ("https://", "http://", "https"), ("https://", "ftp://127.0.0.1/", "https"),
        (#""offsetInMilliseconds":0"#, #""offsetInMilliseconds":-1"#, "offset"),
        (#""offsetInMilliseconds":0"#, #""offsetInMilliseconds":"0""#, "offset"),
        (#""offsetInMilliseconds":0"#, #""x":0"#, "offset"),
        ("REPLACE_ALL", "ENQUEUE", "expectedPreviousToken"), ("REPLACE_ALL", "LATER", "playBehavior"),
        (#""token":"t""#, #""token":"t","expectedPreviousToken":"s""#, "expectedPreviousToken"),
    ])
    func `a stream that breaks a rule is named`(old: String, new: String, named: String) throws {
        let broken = Self.play.replacing(old, with: new)
        #expect(broken != Self.play)
        #expect(try fault(directives: broken, more: Self.ends, to: "LaunchRequest")?.contains(named) == true)
    }

    @Test func `a stream is shown by its key, without bucket and query; http is for this machine`() throws {
        func stream(_ url: String) throws -> PlayedStream {
            try PlayedStream(
                JSONValue(parsing: Array(Self.play.replacing(SampleSkill.url("t"), with: url).utf8)))
        }
        let local = try stream("http://127.0.0.1:5/box/jokes/a%20b%2Bc%25.mp3?X-Amz-Signature=secret")
        #expect(local.key(in: "box") == "jokes/a b+c%.mp3")
        #expect(
            try stream("https://box.s3.eu-central-1.amazonaws.com/jokes/%F0%9F%98%82.mp3?x=/y").key(in: "box")
                == "jokes/😂.mp3")
        #expect(try stream("https://audio.example").key(in: "") == "audio.example")
    }
}
