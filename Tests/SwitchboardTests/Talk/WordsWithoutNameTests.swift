import JSON
import LocalServices
import Settings
import Testing

@testable import switchboard

/// What reaches a skill without its name, and what is printed of a turn.
struct WordsWithoutNameTests {
    private static let kept = ["(Alexa does not pass that on, since no session is open. Say \"open my helper\".)"]

    @Test(arguments: ["hi", "help", "order something", "stop", "next", "turn the light on"])
    func `without a session and without the skill's name nothing reaches it`(typed: String) async throws {
        let skill = SampleSkill([])
        var conversation = try skill.conversation()
        #expect(await conversation.hear(typed) == Self.kept)
        #expect(skill.events.isEmpty)
    }

    @Test func `the wake word needs no comma before a phrase that is known, and may be a name elsewhere`() async throws
    {
        let skill = SampleSkill([SampleSkill.speech("Hello", ends: false), SampleSkill.speech("Help", ends: false)])
        var conversation = try skill.conversation()
        _ = await conversation.hear("alexa open my helper")
        _ = await conversation.hear("alexa help")
        #expect(skill.heard == ["LaunchRequest", "AMAZON.HelpIntent"])
        #expect(await conversation.hear("alexa smith").isEmpty == false)
    }

    @Test func `neither does anything after the session has ended`() async throws {
        let skill = SampleSkill([SampleSkill.speech("Bye")])
        var conversation = try skill.conversation()
        _ = await conversation.hear("open my helper")
        #expect(await conversation.hear("order something") == Self.kept)
        #expect(skill.heard == ["LaunchRequest"])
    }

    @Test func `while the skill plays, or played last, the player's own phrases alone reach it`() async throws {
        let skill = SampleSkill([SampleSkill.plays("a")] + Array(repeating: SampleSkill.nothing, count: 20))
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        for typed in ["help", "order something", "stop", "/wait 1m", "stop"] { _ = await conversation.hear(typed) }
        let intents = skill.heard.filter { $0.hasSuffix("Intent") }
        #expect(intents == ["AMAZON.PauseIntent", "AMAZON.PauseIntent"])
    }

    @Test func `other words leave a stream as it was`() async throws {
        let skill = SampleSkill([SampleSkill.plays("a")] + Array(repeating: SampleSkill.nothing, count: 5))
        var conversation = try skill.conversation(clips: SampleSkill.clips)
        _ = await conversation.hear("open my helper")
        let lines = await conversation.hear("what is the time")
        #expect(lines.contains(Self.kept[0]))
        #expect(conversation.player.isPlaying)
    }

    @Test(arguments: [
        ("öffne meinen Assistenten", ""),
        ("sag meinem Assistenten, lege einen Lead an", "lege einen Lead an"),
        ("Alexa, frag meinen Assistenten nach meinem Lead", "meinem Lead"),
    ])
    func `a German name may be inflected`(typed: String, rest: String) {
        let text = typed.replacing("Alexa, ", with: "")
        #expect(Invocation(text, name: "meinen assistenten")?.rest == rest)
        #expect(Invocation(text, name: "mein assistent")?.rest == rest)
        #expect(Invocation("öffne meinen Kalender", name: "meinen assistenten") == nil)
    }

    @Test(arguments: ["en-US", "de-DE", "es-ES"]) func `the first line is in the language that is spoken`(
        locale: String
    ) {
        let banner = TalkHelp.banner("meine zentrale", locale: locale)
        let wanted = [
            "en-US": "Say \"open meine zentrale\"", "de-DE": "Sag „öffne meine Zentrale“",
            "es-ES": "Di «abre meine zentrale»",
        ]
        #expect(banner.hasPrefix(wanted[locale] ?? "?"))
        for command in ["/phrases", "/help", "/quit"] { #expect(banner.contains(command)) }
    }

    @Test func `people's words for yes and no are understood in each language`() {
        for (locale, yes, no) in [
            ("en-GB", "yep", "no thank you"), ("de-DE", "genau", "stimmt nicht"),
            ("es-ES", "claro que sí", "para nada"),
        ] {
            let phrases = BuiltInPhrases(locale: locale)
            #expect(phrases.yes.contains(yes) && phrases.no.contains(no))
            #expect(Set(phrases.yes).isDisjoint(with: phrases.no))
        }
    }

    @Test func `json prints the requests and responses of the last turn, or of each, without tokens`() async throws {
        let skill = SampleSkill([
            SampleSkill.speech("Hello", ends: false), SampleSkill.speech("Yes", ends: false),
            SampleSkill.speech("Bye"),
        ])
        var conversation = try skill.conversation()
        #expect(await conversation.hear("/json") == ["(The last turn sent nothing to the skill.)"])
        _ = await conversation.hear("open my helper")
        let text = await conversation.hear("/json").joined(separator: "\n")
        #expect(text.contains("Request:") && text.contains(#""type" : "LaunchRequest""#) && text.contains("Hello"))
        #expect(text.contains(#""accessToken" : "(secret)""#) && !text.contains("linked"))
        #expect(await conversation.hear("/json on").count == 1)
        #expect(await conversation.hear("help").contains("Request:"))
        _ = await conversation.hear("/json off")
        #expect(await conversation.hear("help") == ["Alexa: Bye", "(The session has ended.)"])
        #expect(await conversation.hear("/json yes") == ["(/json takes on, off or nothing, not \"yes\".)"])
    }

    @Test func `a directive that chains into another intent begins its dialog`() async throws {
        let updated =
            #"{"name":"OrderIntent","confirmationStatus":"NONE","slots":{"name":{"name":"name","value":"Kim"}}}"#
        let skill = SampleSkill([
            SampleSkill.speech("Hello", ends: false),
            SampleSkill.directive(
                #"{"type":"Dialog.ElicitSlot","slotToElicit":"drink","updatedIntent":\#(updated)}"#,
                speech: "Say a drink."),
            SampleSkill.speech("Thanks."),
        ])
        var conversation = try skill.conversation()
        _ = await conversation.hear("open my helper")
        #expect(await conversation.hear("help") == ["Alexa: Say a drink."])
        _ = await conversation.hear("tea")
        #expect(skill.heard.last == "OrderIntent IN_PROGRESS")
        #expect(skill.slot("name")?["value"] == "Kim" && skill.slot("drink")?["value"] == "tea")
    }
}
