import JSON
import Testing

@testable import Alexa

@Suite struct SkillStringsTests {
    private enum Key: String, CaseIterable { case hello, bye }

    private let strings = SkillStrings<Key>(
        fallback: "en-US",
        [
            "en-US": [.hello: "Hello {name}, <break/>{name}!", .bye: "Bye"],
            "de-DE": [.hello: "Hallo {name}", .bye: "Tschüs"],
        ])

    @Test func `speech is escaped where a value stands, and cards are not`() {
        let values = ["name": "{name} & <Co>"]
        #expect(
            strings.speech(.hello, "en-US", values).markup
                == "Hello {name} &amp; &lt;Co&gt;, <break/>{name} &amp; &lt;Co&gt;!")
        #expect(strings.text(.hello, "de-DE", values) == "Hallo {name} & <Co>")
    }

    @Test(arguments: [
        ("de-DE", "Tschüs"), ("de-AT", "Tschüs"), ("en-IN", "Bye"), ("fr-FR", "Bye"), (nil, "Bye"), ("", "Bye"),
    ])
    func `a locale without sentences has those of its language, else the fallback's`(_ locale: String?, _ text: String)
    {
        #expect(strings.text(.bye, locale) == text)
    }

    @Test func `a table that misses a key or differs in placeholders says so`() {
        #expect(strings.faults == [])
        let broken = SkillStrings<Key>(
            fallback: "en-US", ["en-US": [.hello: "{a}", .bye: ""], "de-DE": [.hello: "{b}"]])
        #expect(broken.faults == ["de-DE has other placeholders in hello", "de-DE lacks bye"])
    }
}
