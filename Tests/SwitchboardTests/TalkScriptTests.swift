import Testing

@testable import switchboard

struct TalkScriptTests {
    @Test func `what is typed and what is expected are told apart`() throws {
        let script = try TalkScript("# a comment\n\n> hi\nAlexa: Hello\n  Card: x\n>\n", named: "file")
        #expect(
            script.turns == [
                .init(typed: "hi", expected: ["Alexa: Hello", "Card: x"], line: 3),
                .init(typed: "", expected: [], line: 6),
            ])
        #expect(throws: Refusal.self) { try TalkScript("Alexa: Hello\n> hi", named: "file") }
        #expect(throws: Refusal.self) { try TalkScript("# nothing", named: "file") }
    }

    @Test func `a star is any text, everything else itself`() {
        #expect(TalkScript.matches(["Alexa: * is * now."], ["Alexa: tea is ready now."]))
        #expect(TalkScript.matches(["*"], [""]))
        #expect(!TalkScript.matches(["Alexa: a*"], ["Alexa: b"]))
        #expect(!TalkScript.matches(["ab*b"], ["ab"]), "the star's two sides share no text")
        #expect(!TalkScript.matches(["a"], ["a", "b"]))
        #expect(!TalkScript.matches(["a."], ["ab"]))
        #expect(TalkScript.matches([], []))
    }
}
