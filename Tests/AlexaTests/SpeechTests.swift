import JSON
import Testing

@testable import Alexa

@Suite struct SpeechTests {
    @Test func `what is interpolated is escaped, and what is literal is markup`() {
        let name = "<O'Brien> & \"Söhne\"\n\u{0}\u{FFFE}"
        let speech: Speech = "Hello <emphasis>\(name)</emphasis>, \(7) \("a" as Speech)"
        #expect(
            speech.ssml
                == "<speak>Hello <emphasis>&lt;O&apos;Brien&gt; &amp; &quot;Söhne&quot; </emphasis>, 7 a</speak>")
        #expect(Speech(text: "<b>").markup == "&lt;b&gt;")
    }

    @Test func `a card's text is cut to what fits beside its title`() throws {
        let card = Card.simple(title: "1234", content: String(repeating: "é", count: 9000))
        let content = try #require(card.json["content"]?.string)
        #expect(content.unicodeScalars.count == 7996 && content.hasSuffix("é…"))
        #expect(Card.simple(title: "t", content: "<&>").json["content"] == "<&>")
    }
}
