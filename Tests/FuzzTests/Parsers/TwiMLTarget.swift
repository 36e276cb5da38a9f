import Foundation
import Twilio

@testable import switchboard

extension ParserTarget {
    /// TwiML: a document is read or refused, and any text that a document says or refers to comes out of a parser of XML as
    /// it went in.
    static let twiml = ParserTarget(
        name: "twiml",
        tokens: [
            "<Response>", "</Response>", "<Say>", "</Say>", "<Gather", " numDigits=\"1\"", " timeout=\"", "<Record",
            " maxLength=\"5\"",
            "<Dial>", "<Number sendDigits=\"w1\">", "<Redirect>", "<Hangup/>", "<Pause length=\"", "<![CDATA[", "]]>",
            "&#0;", "&#x1F600;",
            "&lt;", "<!DOCTYPE x [<!ENTITY e \"x\">]>", "&e;", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
            "xmlns=\"",
        ],
        seeds: {
            let texts = try ProjectFiles.contents(of: "events/TwilioVoice", "expected.json")
            let documents = String(decoding: texts.joined(), as: UTF8.self)
                .replacing("\\\"", with: "\"").matches(of: /<\?xml.*?<\/Response>/).map {
                    Array(String($0.output).utf8)
                }
            return documents
                + ["never forget tomorrow is a new day", "<a href=\"b\">&amp;\r\n\t]]>"].map { Array($0.utf8) }
        },
        check: checkTwiML)

    private static func checkTwiML(_ input: [UInt8]) throws {
        if let document = ParsedTwiML.response(input) {
            _ = try read(Refusal.self) { try TwiMLRules.check(document) }
        }
        let text = String(decoding: input.prefix(4096), as: UTF8.self)
        guard let base = PublicBaseURL(parsing: "https://voice.example.com/prod") else { return }
        let written = VoiceResponse(
            [.say(Say(text)), .say(Say("a" + text))], then: .redirect(base.url(of: "/" + text))
        ).text
        guard let parsed = ParsedTwiML.response(Array(written.utf8)) else {
            throw Finding("a document of ours is not well-formed XML")
        }
        try Finding.unless(
            parsed.children.map(\.name) == ["Say", "Say", "Redirect"],
            "a text changed a document: \(parsed.children.map(\.name))")
        let allowed = text.unicodeScalars.filter { scalar in
            scalar == "\t" || scalar == "\n" || scalar == "\r"
                || (scalar >= " " && scalar != "\u{FFFE}" && scalar != "\u{FFFF}")
        }
        try Finding.unless(
            Array(parsed.children[1].text.unicodeScalars) == ["a"] + allowed,
            "a text comes out of the document as another")
    }
}
