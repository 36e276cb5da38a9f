import Foundation
import FoundationXML
import JSON
import TestSupport
import Testing

@testable import Twilio

/// TwiML against the classes of Twilio's own library.
@Suite struct VoiceResponseTests {
    private static func url(_ path: String) throws -> WebhookURL {
        try #require(PublicBaseURL(parsing: "https://example.com/prod/")).url(of: path)
    }

    private static func faults(_ texts: [String]) throws -> [String] {
        try TwilioOracle.answers(texts.map { .object(["kind": .string("twiml"), "text": .string($0)]) })
    }

    private static func documents() throws -> [VoiceResponse] {
        let english = try #require(Say.Language("en-US"))
        let number = try #require(Dial.Number("+1 (786) 864-5177"))
        let prompts: [Gather.Prompt] = [.say(Say("Enter your code.", language: english)), .pause(Pause(seconds: 2))]
        return [
            VoiceResponse(then: .hangup), VoiceResponse(then: .none),
            VoiceResponse([.say(Say("Tom & Jerry <say> \"hello\"\n]]>"))], then: .redirect(try url("/voice/a"))),
            VoiceResponse(
                [
                    .gather(Gather(prompts, numDigits: 6, timeout: 8, action: try url("/voice/code?a=1&b=2"))),
                    .say(Say("Nothing came.", language: english)),
                ], then: .redirect(try url("/voice/code/0"))),
            VoiceResponse(
                [
                    .say(Say("never forget tomorrow is a new day")), .pause(Pause(seconds: 1)),
                    .record(Record(maxLength: 10, timeout: 3, action: try url("/voice/recorded"))),
                    .record(Record(maxLength: 90, trim: .silence, playBeep: false, action: try url("/x"))),
                ], then: .redirect(try url("/voice/silence"))),
            VoiceResponse([.say(Say("One moment.")), .dial(Dial(number))], then: .none),
        ]
    }

    @Test func `the library's classes know every element and attribute, and write the same`() throws {
        let documents = try Self.documents()
        for (fault, document) in zip(try Self.faults(documents.map(\.text)), documents) {
            #expect(fault == "", "\(document.text)")
        }
    }

    @Test func `the oracle refuses what TwiML does not have`() throws {
        let faults = try Self.faults([
            "<Response><Shout>x</Shout></Response>", "<Response><Say loud=\"true\">x</Say></Response>",
            "<Response><Say>x<Record/></Say></Response>", "<Response><Redirect/></Response>", "<Say>x</Say>",
            "<Response>", "<Response><Gather><Record/></Gather></Response>",
        ])
        #expect(faults.allSatisfy { !$0.isEmpty })
    }

    @Test func `text comes back as it was, but for what XML cannot hold`() throws {
        let text = "a\u{0}b\u{1}c\u{8}d\te\nf\u{b}g\u{1f}h\u{fffe}i\u{ffff}j\u{7f}k 😀 ü ' \" < > & ]]>"
        let document = VoiceResponse([.say(Say(text))], then: .none).text
        let kept = "abcd\te\nfghij\u{7f}k 😀 ü ' \" < > & ]]>"
        let parser = XMLParser(data: Data(document.utf8))
        let reader = Reader()
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.text == kept)
    }

    @Test func `values out of their range become the nearest that is in it`() throws {
        let action = try Self.url("/x")
        #expect(Record(maxLength: 0, timeout: -1, action: action).maxLength == 1)
        #expect(Record(maxLength: 31, timeout: 99, action: action).maxLength == 30)
        #expect(Gather([], numDigits: 0, timeout: 0, action: action).numDigits == 1)
        #expect(Pause(seconds: 0).seconds == 1)
    }

    @Test func `languages and numbers are what they should be`() {
        for tag in ["en-US", "de-DE", "es-419", "cmn-CN"] { #expect(Say.Language(tag) != nil) }
        for tag in ["", "en", "en_US", "EN-us", "no-STT", "en-US\"", "es-4199"] { #expect(Say.Language(tag) == nil) }
        for text in ["+17868645177", "786-864-5177", "911"] { #expect(Dial.Number(text)?.text == text) }
        for text in ["", "12", "+", "sip:a@b", "+1786864517712345678", "1+7868645177", "<x>123"] {
            #expect(Dial.Number(text) == nil)
        }
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var text = ""

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            text += string
        }
    }
}
