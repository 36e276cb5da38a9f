import JSON
import TestSupport
import Testing

@testable import switchboard

/// The supported TwiML, against Twilio's own library for Python.
@Suite struct TwiMLRulesTests {
    private static func check(_ document: String) throws {
        let root = try #require(ParsedTwiML.response(Array("<Response>\(document)</Response>".utf8)), "\(document)")
        try TwiMLRules.check(root)
    }

    @Test func `a document that is not well-formed is refused, and Foundation's parser never sees it`() {
        #expect(
            ParsedTwiML.response(Array("<?xm?><Response><Pal v<Gathe a=\"1\" b=\"2\"?><c/></Response>".utf8)) == nil)
        #expect(ParsedTwiML.response([0x3C, 0xC9, 0x61, 0x20, 0x62, 0x3E]) == nil)
        #expect(ParsedTwiML.response(Array("<Response><".utf8) + [0xC9] + Array("/></Response>".utf8)) == nil)
    }

    @Test func `every element and attribute that is known is one of Twilio's`() throws {
        var documents: [String] = []
        for (name, attributes) in TwiMLRules.attributes where name != "Response" {
            let text = TwiMLRules.texts.contains(name) ? "+12065550100" : ""
            for attribute in [""] + attributes.sorted() {
                let value = ["length", "loop", "maxLength", "numDigits", "timeLimit", "timeout"].contains(attribute)
                let valid = ["finishOnKey": "#", "trim": "do-not-trim"][attribute] ?? (value ? "5" : "x")
                let element = "<\(name)\(attribute.isEmpty ? "" : " \(attribute)=\"\(valid)\"")>\(text)</\(name)>"
                documents.append(name == "Number" ? "<Dial>\(element)</Dial>" : element)
            }
        }
        for parent in ["Gather", "Dial"] {
            for child in TwiMLRules.children[parent] ?? [] {
                let text = TwiMLRules.texts.contains(child) ? "1" : ""
                documents.append("<\(parent)><\(child)>\(text)</\(child)></\(parent)>")
            }
        }
        for document in documents { #expect(throws: Never.self) { try Self.check(document) } }
        let answers = try TwilioOracle.answers(
            documents.map {
                [
                    "kind": "twiml",
                    "text": .string("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>\($0)</Response>"),
                ]
            })
        for (document, answer) in zip(documents, answers) {
            // The library writes a dialled number in another way, and accepts no text with nested elements.
            #expect(answer.isEmpty || answer.hasPrefix("the library writes"), "\(document): \(answer)")
        }
        #expect(documents.count > 60)
    }

    @Test(arguments: [
        "<Say length=\"1\">x</Say>", "<Hangup after=\"1\"/>", "<Gather><Record/></Gather>", "<Listen/>",
        "<Record>x</Record>", "<Record maxLength=\"1\"/>", "<Record timeout=\"0\"/>", "<Gather numDigits=\"0\"/>",
        "<Pause length=\"-1\"/>", "<Gather timeout=\"soon\"/>", "<Hangup><Say>x</Say></Hangup>",
    ])
    func `what Twilio does not know is refused`(document: String) {
        #expect(throws: Refusal.self) { try Self.check(document) }
    }
}
