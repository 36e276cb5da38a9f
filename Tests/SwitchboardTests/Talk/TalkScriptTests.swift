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

    @Test func `a file named for a locale has it`() throws {
        #expect(try TalkScript("> hi", named: "a/de-DE.talk").locale == "de-DE")
        #expect(try TalkScript("> hi", named: "a/deutsch.talk").locale == nil)
    }

    @Test func `a difference begins behind the lines that fit`() {
        let text = TalkScript.difference(line: 3, ["a {x}", "b {x}", "c"], ["a 1", "b 2"], [:])
        #expect(text == "Line 3 differs (- expected, + got):\n  a 1\n- b {x}\n- c\n+ b 2")
    }

    @Test func `streams that go by the same way are counted`() {
        func joke(_ name: String) -> [String] {
            ["Plays: \(name) at 0 s", "Device: AudioPlayer.PlaybackStarted at 0 s", "Enqueues: x\(name)"]
        }
        let few = ["Device: AudioPlayer.PlaybackFinished at 9 s"] + (1...3).flatMap { joke("\($0)") }
        #expect(FoldedLines.folded(few) == few)
        let last = ["Plays: 61 at 0 s", "(Nothing is playing.)"]
        let many = (1...60).flatMap { joke("\($0)") } + last
        let counted = "(… 58 more streams, each in the same way …)"
        #expect(FoldedLines.folded(many) == joke("1") + [counted] + joke("60") + last)
        #expect(FoldedLines.folded(["Alexa: Hello."]) == ["Alexa: Hello."])
    }

    @Test func `a line for one kind of device is expected of no other`() throws {
        let lines = ["Plays: a", "[start] Enqueues: b", "[end] Enqueues: c", "[else] x", "[finished] y", "[end]"]
        let turn = TalkScript.Turn(typed: "x", expected: lines, line: 1)
        #expect(turn.expected(.start) == ["Plays: a", "Enqueues: b", "[else] x", "[end]"])
        #expect(turn.expected(.end) == ["Plays: a", "Enqueues: c", "[else] x", "[end]"])
        #expect(turn.expected(.finished) == ["Plays: a", "[else] x", "y", "[end]"])
    }

    private func matches(_ expected: [String], _ came: [String]) -> Bool {
        var names: [String: String] = [:]
        return TalkScript.matches(expected, came, names: &names)
    }

    @Test func `a star is any text, everything else itself`() {
        #expect(matches(["Alexa: * is * now."], ["Alexa: tea is ready now."]))
        #expect(matches(["*"], [""]))
        #expect(!matches(["Alexa: a*"], ["Alexa: b"]))
        #expect(!matches(["ab*b"], ["ab"]), "the star's two sides share no text")
        #expect(!matches(["a"], ["a", "b"]))
        #expect(!matches(["a."], ["ab"]))
        #expect(matches([], []))
        #expect(matches(["a {b c} {"], ["a {b c} {"]), "no name")
    }

    @Test func `a name is any text at first, and the same text from then on`() {
        var names: [String: String] = [:]
        #expect(
            TalkScript.matches(
                ["Plays: {first} at *", "{second}!"], ["Plays: a at b.wav at 0 s", "x!"], names: &names))
        #expect(names["second"] == "x")
        #expect(names["first"] == "a" && TalkScript.matches(["{first}"], ["a"], names: &names))
        #expect(TalkScript.matches(["{second}{second}"], ["xx"], names: &names))
        #expect(!TalkScript.matches(["{second}"], ["y"], names: &names))
        #expect(names["second"] == "x", "what does not match names nothing")
        var fresh: [String: String] = [:]
        #expect(TalkScript.matches(["{a} is {a}"], ["tea is tea"], names: &fresh))
        #expect(fresh == ["a": "tea"])
    }
}
