import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import switchboard

struct UtteranceMatcherTests {
    private func match(_ text: String) throws -> UtteranceMatcher.Match? {
        UtteranceMatcher(try SampleSkill.decoded(), locale: "en-US").match(text)
    }

    @Test func `case and punctuation play no part, and slots keep what was typed`() throws {
        #expect(
            try match("Order a Very big, black Coffee!")
                == .init(intent: "OrderIntent", slots: ["size": "Very", "drink": "big black Coffee"]))
        #expect(try match("order a large tea")?.slots == ["size": "large", "drink": "tea"])
        #expect(try match("ORDER for Mary Ann?")?.slots == ["name": "Mary Ann"])
        #expect(try match("How is O'Neill's order")?.slots == ["name": "O'Neill"])
        #expect(try match("order") == nil)
        #expect(try match("") == nil)
    }

    @Test func `an answer fills as many slots as the slot's samples have, else it is the value whole`() throws {
        let model = try SampleSkill.decoded()
        let matcher = UtteranceMatcher(model, locale: "en-US")
        let intent = try #require(model.intent("OrderIntent"))
        #expect(matcher.answer("small green tea", to: "size", of: intent) == ["size": "small", "drink": "green tea"])
        #expect(matcher.answer("small", to: "size", of: intent) == ["size": "small"])
        #expect(matcher.answer("it is for Mary Ann", to: "name", of: intent) == ["name": "Mary Ann"])
        #expect(matcher.answer("Order for Kim", to: "name", of: intent) == ["name": "Kim"])
        #expect(matcher.answer("two  green teas.", to: "drink", of: intent) == ["drink": "two green teas"])
    }

    @Test(arguments: ["en-US", "en-GB", "de-DE", "es-ES"])
    func `a first and a last name answer the question for the lead's name`(locale: String) throws {
        let path = "integrations/alexa/crm/skill-package/interactionModels/custom/\(locale).json"
        let model = try InteractionModel.read(TestProcess.root.appending(path: path))
        let matcher = UtteranceMatcher(model, locale: locale)
        let intent = try #require(model.intent("CreateLeadIntent"))
        let answer = { matcher.answer($0, to: "lastName", of: intent) }
        #expect(answer("Ada Byron") == ["firstName": "Ada", "lastName": "Byron"])
        #expect(answer("Ada King Lovelace") == ["firstName": "Ada", "lastName": "King Lovelace"])
        #expect(answer("Byron") == ["lastName": "Byron"])
        #expect(answer("Lovelace") == ["lastName": "Lovelace"])
    }

    @Test(arguments: ["crm", "jokebox"], ["en-US", "en-GB", "de-DE", "es-ES"])
    func `each example phrase of a skill, typed, is an intent of its own`(skill: String, locale: String) throws {
        let package = TestProcess.root.appending(path: "integrations/alexa/\(skill)/skill-package")
        let model = try InteractionModel.read(package.appending(path: "interactionModels/custom/\(locale).json"))
        let manifest = try JSONValue(parsing: Array(Data(contentsOf: package.appending(path: "skill.json"))))
        let published = manifest["manifest"]?["publishingInformation"]?["locales"]?[locale]
        let phrases = (published?["examplePhrases"]?.array ?? []).compactMap(\.string)
        let matcher = UtteranceMatcher(model, locale: locale)
        #expect(phrases.count == 3)
        for phrase in phrases {
            let invocation = Invocation(phrase, name: model.languageModel.invocationName)
            let match = invocation.flatMap { matcher.match($0.connected) ?? matcher.match($0.rest) }
            #expect(match?.intent.hasPrefix("AMAZON.") == false, "\(locale) \(phrase)")
        }
    }

    @Test(arguments: [
        ("crm", "de-DE", "wer ist mein bester Lead", "TopLeadIntent"),
        ("crm", "de-DE", "erstelle einen Lead für Max Müller bei Siemens", "CreateLeadIntent"),
        ("crm", "es-ES", "¿quién es mi mejor cliente potencial?", "TopLeadIntent"),
        ("jokebox", "de-DE", "noch einen", "TellMeAJokeIntent"), ("jokebox", "es-ES", "otro", "TellMeAJokeIntent"),
        ("jokebox", "en-US", "another one", "TellMeAJokeIntent"), ("jokebox", "es-ES", "sigue", "AMAZON.ResumeIntent"),
        ("jokebox", "es-ES", "basta", "AMAZON.StopIntent"),
    ])
    func `what people say is understood`(skill: String, locale: String, said: String, intent: String) throws {
        let package = TestProcess.root.appending(path: "integrations/alexa/\(skill)/skill-package")
        let model = try InteractionModel.read(package.appending(path: "interactionModels/custom/\(locale).json"))
        #expect(UtteranceMatcher(model, locale: locale).match(said)?.intent == intent)
    }

    @Test func `a possessive or an article before a skill's name changes nothing`() {
        #expect(Invocation("Alexa, abre mi jokebox", name: "jokebox")?.rest == "")
        let asked = "frage meinen Assistenten nach meinem wichtigsten Lead"
        #expect(Invocation(asked, name: "meinen assistenten")?.connected == "nach meinem wichtigsten Lead")
        #expect(Invocation("chistes de mi jokebox", name: "jokebox") == nil)
    }

    @Test func `built-in intents are understood in the locale's language`() throws {
        #expect(try match("never mind") == nil, "the model has no cancel intent")
        #expect(try match("help me")?.intent == "AMAZON.HelpIntent")
        let german = UtteranceMatcher(try SampleSkill.decoded(), locale: "de-DE")
        #expect(german.match("Hilfe")?.intent == "AMAZON.HelpIntent")
        #expect(german.match("help me") == nil)
        #expect(german.isYes("Ja, bitte") && german.isNo("nein") && !german.isYes("nein"))
        #expect(UtteranceMatcher(try SampleSkill.decoded(), locale: "es-ES").isYes("¡Sí!"))
    }

    @Test(arguments: [
        ("open my helper", ""), ("Alexa, ask My Helper to order something", "order something"), ("my helper", ""),
        ("ask my helper where is it", "where is it"), ("frage my helper nach tee", "tee"),
        ("talk to my helper", ""), ("please open my helper", ""), ("open my helper please", ""),
        ("sprich mit my helper", ""), ("habla con my helper", ""), ("abre my helper por favor", ""),
        ("pregúntale a my helper por el té", "el té"), ("pídele a my helper que pida té", "pida té"),
        ("order something from my helper", "order something"),
        ("order something with my helper, please", "order something"), ("ask my helper for tea please", "tea"),
    ])
    func `an invocation is taken off`(text: String, rest: String) {
        #expect(Invocation(text, name: "my helper")?.rest == rest)
    }

    @Test func `the word that connects an invocation is kept beside, for samples that begin with it`() {
        #expect(Invocation("ask my helper for tea", name: "my helper")?.connected == "for tea")
    }

    @Test func `the skill's name elsewhere is no invocation`() {
        #expect(Invocation("order for my helper", name: "my helper") == nil)
        #expect(Invocation("order tea", name: "my helper") == nil)
    }

    @Test func `speech is read without tags and escapes`() {
        #expect(
            SpokenText.plain("<speak>Tom &amp; &lt;Jo&gt; <break time=\"1s\"/>go <emphasis>now</emphasis>.</speak>")
                == "Tom & <Jo> go now.")
        #expect(SpokenText.plain("&amp;lt;") == "&lt;")
    }
}
