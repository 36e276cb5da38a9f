import Foundation
import JSON
import LocalServices
import Testing

@testable import switchboard

/// Typed text becomes the requests that Alexa would send, and responses become lines.
struct ConversationTests {
    private static let delegate = SampleSkill.directive(#"{"type":"Dialog.Delegate"}"#)

    @Test func `a launch keeps the session, its attributes and its reprompt until the skill ends it`() async throws {
        let reprompt = #","reprompt":{"outputSpeech":{"type":"PlainText","text":"Well?"}}"#
        let skill = SampleSkill([
            SampleSkill.speech("Hello &amp; welcome", ends: false, attributes: #"{"count":1}"#, more: reprompt),
            SampleSkill.speech(
                "Bye", more: #","card":{"type":"Simple","title":"Bye","content":"See\nyou"}"#),
        ])
        var conversation = try skill.conversation()
        #expect(await conversation.hear("Alexa, open my helper.") == ["Alexa: Hello & welcome"])
        #expect(await conversation.hear("") == ["Alexa: Well?"])
        #expect(
            await conversation.hear("help") == ["Alexa: Bye", "Card: Bye | See / you", "(The session has ended.)"])
        #expect(skill.heard == ["LaunchRequest", "AMAZON.HelpIntent"])
        #expect(skill.events.map { $0["session"]?["new"] } == [.bool(true), .bool(false)])
        #expect(skill.events[1]["session"]?["attributes"]?["count"] == .number(1))
        #expect(skill.events[0]["session"]?["sessionId"] == skill.events[1]["session"]?["sessionId"])
        #expect(skill.events[0]["context"]?["System"]?["user"]?["accessToken"] == .string("linked"))
        #expect(await conversation.hear("") == [])
    }

    @Test func `silence brings the reprompt once, then ends the session`() async throws {
        let reprompt = #","reprompt":{"outputSpeech":{"type":"PlainText","text":"Well?"}}"#
        let skill = SampleSkill([
            SampleSkill.speech("Hello", ends: false, more: reprompt),
            SampleSkill.speech("Yes", ends: false, more: reprompt),
            #"{"response":{}}"#, SampleSkill.speech("Hello", ends: false), #"{"response":{}}"#,
        ])
        var conversation = try skill.conversation()
        _ = await conversation.hear("open my helper")
        #expect(await conversation.hear("") == ["Alexa: Well?"])
        #expect(await conversation.hear("help") == ["Alexa: Yes"])
        #expect(await conversation.hear("") == ["Alexa: Well?"], "an answer begins anew")
        #expect(await conversation.hear("") == ["(Nobody answers: the session has ended.)"])
        #expect(skill.events.last?["request"]?["reason"] == "EXCEEDED_MAX_REPROMPTS")
        #expect(await conversation.hear("") == [] && skill.events.count == 3)
        _ = await conversation.hear("open my helper")
        #expect(await conversation.hear("") == ["(Nobody answers: the session has ended.)"], "there is no reprompt")
    }

    @Test func `phrases lists the skill's name in the language, its samples and the built-in phrases`() async throws {
        var conversation = try SampleSkill([]).conversation()
        let lines = await conversation.hear("/phrases")
        #expect(lines.prefix(2) == ["To open the skill:", "  open my helper"])
        #expect(lines.contains("AMAZON.HelpIntent:") && lines.contains("  help me"))
        #expect(Invocation.opening("meine zentrale", locale: "de-DE") == "öffne meine Zentrale")
        #expect(Invocation.opening("mi asistente", locale: "es-ES") == "abre mi asistente")
    }

    @Test func `ask with a request begins a session with that intent, and unknown words in it fall back`() async throws
    {
        let skill = SampleSkill([
            SampleSkill.speech("On its way."), SampleSkill.speech("Coming.", ends: false), SampleSkill.speech("Sorry?"),
        ])
        var conversation = try skill.conversation()
        #expect(await conversation.hear("ask my helper how is Ana's order").first == "Alexa: On its way.")
        #expect(skill.slot("name")?["value"] == .string("Ana"))
        #expect(skill.events[0]["request"]?["dialogState"] == nil)
        #expect(await conversation.hear("ask my helper for my tea").first == "Alexa: Coming.")
        #expect(skill.heard.last == "StatusIntent")
        #expect(await conversation.hear("what a lovely day").first == "Alexa: Sorry?")
        #expect(skill.heard == ["StatusIntent", "StatusIntent", "AMAZON.FallbackIntent"])
    }

    @Test func `a dialog that the skill delegates is asked, confirmed and completed`() async throws {
        let skill = SampleSkill([
            Self.delegate, Self.delegate, Self.delegate, Self.delegate, SampleSkill.speech("Done."),
        ])
        var conversation = try skill.conversation()
        #expect(await conversation.hear("ask my helper to order something") == ["Alexa: Who is it for?"])
        #expect(await conversation.hear("it is for Jo") == ["Alexa: What does Jo drink?"])
        #expect(await conversation.hear("Black coffee") == ["Alexa: Black coffee, really?"])
        #expect(await conversation.hear("yes") == ["Alexa: Order Black coffee for Jo?"])
        #expect(await conversation.hear("yes please") == ["Alexa: Done.", "(The session has ended.)"])
        #expect(
            skill.heard == [
                "OrderIntent STARTED", "OrderIntent IN_PROGRESS", "OrderIntent IN_PROGRESS", "OrderIntent IN_PROGRESS",
                "OrderIntent COMPLETED",
            ])
        #expect(skill.events.last?["request"]?["intent"]?["confirmationStatus"] == .string("CONFIRMED"))
        #expect(skill.slot("drink")?["confirmationStatus"] == .string("CONFIRMED"))
        #expect(skill.slot("size")?["value"] == nil)
        let resolution = skill.slot("drink")?["resolutions"]?["resolutionsPerAuthority"]?.array?.first
        #expect(resolution?["status"]?["code"] == .string("ER_SUCCESS_MATCH"))
    }

    @Test func `a denied slot is asked again, a denied intent is told to the skill`() async throws {
        let skill = SampleSkill([
            Self.delegate, Self.delegate, Self.delegate, Self.delegate, Self.delegate, SampleSkill.speech("All right."),
        ])
        var conversation = try skill.conversation()
        _ = await conversation.hear("ask my helper to order for Jo")
        #expect(await conversation.hear("tea") == ["Alexa: tea, really?"])
        #expect(await conversation.hear("no") == ["Alexa: What does Jo drink?"])
        _ = await conversation.hear("water")
        #expect(await conversation.hear("yes") == ["Alexa: Order water for Jo?"])
        #expect(await conversation.hear("no").first == "Alexa: All right.")
        #expect(skill.events.last?["request"]?["intent"]?["confirmationStatus"] == .string("DENIED"))
        #expect(skill.heard.last == "OrderIntent COMPLETED")
    }

    @Test func `with automatic delegation the skill hears only of the whole`() async throws {
        let skill = SampleSkill([SampleSkill.speech("Done.")])
        var conversation = try skill.conversation("ALWAYS")
        #expect(await conversation.hear("ask my helper to order something") == ["Alexa: Who is it for?"])
        _ = await conversation.hear("Jo")
        _ = await conversation.hear("tea")
        _ = await conversation.hear("yes")
        #expect(skill.events.isEmpty)
        #expect(await conversation.hear("yes").first == "Alexa: Done.")
        #expect(skill.heard == ["OrderIntent COMPLETED"])
    }

    @Test func `elicit and confirm directives are obeyed, with the intent as the skill updated it`() async throws {
        let skill = SampleSkill([
            SampleSkill.directive(
                #"{"type":"Dialog.ElicitSlot","slotToElicit":"size","updatedIntent":{"name":"OrderIntent","confirmationStatus":"NONE","slots":{"name":{"name":"name","value":"Kim","confirmationStatus":"NONE"}}}}"#,
                speech: "How big?"),
            SampleSkill.directive(#"{"type":"Dialog.ConfirmSlot","slotToConfirm":"size"}"#, speech: "Very big?"),
            SampleSkill.directive(#"{"type":"Dialog.ConfirmIntent"}"#, speech: "Shall I?"), SampleSkill.speech("Yes."),
        ])
        var conversation = try skill.conversation()
        #expect(await conversation.hear("ask my helper to order something") == ["Alexa: How big?"])
        #expect(await conversation.hear("Very big") == ["Alexa: Very big?"])
        #expect(skill.slot("size")?["value"] == .string("Very big"))
        #expect(skill.slot("name")?["value"] == .string("Kim"))
        #expect(await conversation.hear("yes") == ["Alexa: Shall I?"])
        #expect(skill.slot("size")?["confirmationStatus"] == .string("CONFIRMED"))
        #expect(await conversation.hear("yes").first == "Alexa: Yes.")
        #expect(skill.events.last?["request"]?["intent"]?["confirmationStatus"] == .string("CONFIRMED"))
    }

    @Test func `stop leaves a dialog, and is no value of a slot`() async throws {
        let skill = SampleSkill([Self.delegate, SampleSkill.speech("Goodbye.")])
        var conversation = try skill.conversation()
        _ = await conversation.hear("ask my helper to order something")
        #expect(await conversation.hear("stop").first == "Alexa: Goodbye.")
        #expect(skill.heard == ["OrderIntent STARTED", "AMAZON.StopIntent"])
    }

    @Test func `a failure ends the session, and what a skill must not do is said`() async throws {
        let skill = SampleSkill([
            #"{"errorType":"Function.X"}"#,
            SampleSkill.directive(#"{"type":"Dialog.ElicitSlot","slotToElicit":"color"}"#, speech: "Colour?"),
            SampleSkill.directive(#"{"type":"Dialog.Delegate"}"#),
        ])
        var conversation = try skill.conversation()
        #expect(await conversation.hear("open my helper").first?.contains("Function.X") == true)
        #expect(await conversation.hear("ask my helper to order something").last?.contains("have: color") == true)
        var second = try skill.conversation()
        #expect(
            await second.hear("ask my helper where is my order").last?.contains("needs an intent with a dialog model")
                == true)
    }

    @Test func `leaving an open session tells the skill`() async throws {
        let skill = SampleSkill([SampleSkill.speech("Hello", ends: false), #"{"version":"1.0","response":{}}"#])
        var conversation = try skill.conversation()
        _ = await conversation.hear("open my helper")
        #expect(await conversation.end() == [])
        #expect(skill.heard == ["LaunchRequest", "SessionEndedRequest"])
        #expect(await conversation.end() == [])
        #expect(skill.events.count == 2)
    }
}
