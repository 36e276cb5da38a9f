import JSON
import Alexa
import Testing

@testable import AlexaCRM

/// Help, and words that were not understood, while a lead is taken down: the question is answered and asked again.
@Suite struct DialogHelpTests {
    @Test(arguments: ["en-US", "en-GB", "de-DE", "es-ES"])
    func `help answers the open question and asks it again, with all that is known`(_ locale: String) async throws {
        let fixture = try await CRMFixture()
        let first = try await fixture.say("CreateLeadIntent", locale: locale)
        let help = try await fixture.say(
            "AMAZON.HelpIntent", locale: locale, attributes: first["sessionAttributes"] ?? [:])
        #expect(help.ssml == CRMSentence.helpName.ssml(locale))
        #expect(help.response["shouldEndSession"] == false)
        #expect(directive(help)?["type"] == "Dialog.ElicitSlot" && directive(help)?["slotToElicit"] == "lastName")

        let second = try await fixture.say(
            "CreateLeadIntent", ["firstName": "Ada", "lastName": "Lovelace"], locale: locale,
            attributes: help["sessionAttributes"] ?? [:])
        #expect(second.ssml == CRMSentence.whichCompany.ssml(locale))
        let again = try await fixture.say(
            "AMAZON.HelpIntent", locale: locale, attributes: second["sessionAttributes"] ?? [:])
        #expect(again.ssml == CRMSentence.helpCompany.ssml(locale))
        let intent = directive(again)?["updatedIntent"]
        #expect(directive(again)?["slotToElicit"] == "company" && intent?["name"] == "CreateLeadIntent")
        #expect(intent?["slots"]?["firstName"]?["value"] == "Ada")
        #expect(intent?["slots"]?["lastName"]?["value"] == "Lovelace")

        let third = try await fixture.say(
            "CreateLeadIntent", CRMFixture.ada, locale: locale, attributes: again["sessionAttributes"] ?? [:])
        let last = try await fixture.say(
            "AMAZON.HelpIntent", locale: locale, attributes: third["sessionAttributes"] ?? [:])
        #expect(last.ssml?.hasSuffix("?</speak>") == true && last.ssml?.contains("Lovelace") == true)
        #expect(directive(last)?["type"] == "Dialog.ConfirmIntent")
        #expect(directive(last)?["updatedIntent"]?["slots"]?["lastName"]?["value"] == "Lovelace")
        // A yes, as an intent of its own, still creates the lead.
        _ = try await fixture.say(
            "AMAZON.YesIntent", locale: locale, attributes: last["sessionAttributes"] ?? [:])
        #expect(fixture.created.count == 1)
    }

    @Test func `words that are not understood ask the same question again, and so does a stray yes`() async throws {
        let fixture = try await CRMFixture()
        let attributes = try await fixture.say("CreateLeadIntent")["sessionAttributes"] ?? [:]
        for intent in ["AMAZON.FallbackIntent", "AMAZON.YesIntent"] {
            let answer = try await fixture.say(intent, attributes: attributes)
            #expect(answer.ssml == CRMSentence.nameAgain.ssml())
            #expect(directive(answer)?["slotToElicit"] == "lastName")
        }
        let confirming = try await fixture.say("CreateLeadIntent", CRMFixture.ada)["sessionAttributes"] ?? [:]
        let unclear = try await fixture.say("AMAZON.FallbackIntent", attributes: confirming)
        #expect(unclear.ssml?.contains("Lovelace") == true && directive(unclear)?["type"] == "Dialog.ConfirmIntent")
        #expect(fixture.created.isEmpty)
    }

    @Test(arguments: ["AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NoIntent", "TopLeadIntent"])
    func `leaving the dialog leaves nothing behind for a later help`(_ intent: String) async throws {
        let fixture = try await CRMFixture()
        let attributes = try await fixture.say("CreateLeadIntent")["sessionAttributes"] ?? [:]
        let left = try await fixture.say(intent, attributes: attributes)
        let help = try await fixture.say("AMAZON.HelpIntent", attributes: left["sessionAttributes"] ?? [:])
        #expect(help.ssml == CRMSentence.help.ssml())
        #expect(directive(help) == nil)
    }

    private func directive(_ answer: JSONValue) -> JSONValue? { answer.response["directives"]?.array?.first }
}
