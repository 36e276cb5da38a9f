import Alexa
import Foundation
import HTTPEvents
import JSON
import Settings
import TestSupport
import Testing

@testable import AlexaCRM

@Suite struct AlexaCRMTests {
    @Test func `the top lead is asked for with the user's own token, which wins over the skill's account`() async throws
    {
        let fixture = try await CRMFixture()
        let answer = try await fixture.say("TopLeadIntent", token: "local-token-agent")
        #expect(answer.ssml == CRMSentence.topLead.ssml("en-US", ["name": "Testing C", "email": "mytest@email.com"]))
        let request = try #require(fixture.wrapper.requests.first)
        #expect(request["Authorization"] == "Bearer local-token-agent")
        #expect(
            request.target
                == "/base/getall?q=SELECT%20Id%2C%20Name%2C%20Email%20FROM%20Lead%20USING%20SCOPE%20mine%20WHERE%20"
                + "IsConverted%20%3D%20false%20ORDER%20BY%20CreatedDate%20ASC%20LIMIT%201")
        #expect(try await fixture.say("TopLeadIntent").response["card"]?["type"] == "Simple")
        #expect(fixture.wrapper.requests.last?["Authorization"]?.hasPrefix("Basic ") == true)
    }

    @Test func `a lead is asked for piece by piece, confirmed, and created`() async throws {
        let fixture = try await CRMFixture()
        var answer = try await fixture.say("CreateLeadIntent")
        #expect(answer.ssml == CRMSentence.whichName.ssml())
        #expect(answer.response["directives"] == [["type": "Dialog.ElicitSlot", "slotToElicit": "lastName"]])
        answer = try await fixture.say("CreateLeadIntent", ["lastName": "Lovelace"])
        #expect(answer.response["directives"] == [["type": "Dialog.ElicitSlot", "slotToElicit": "company"]])
        answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada)
        #expect(answer.response["directives"] == [["type": "Dialog.ConfirmIntent"]])
        #expect(fixture.created == [])
        answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
        #expect(
            answer.ssml == CRMSentence.created.ssml("en-US", ["name": "Ada Lovelace", "company": "Analytical Engines"]))
        #expect(answer.response["shouldEndSession"] == true)
        #expect(fixture.wrapper.requests.last?.target == "/base/createRecord")
        #expect(
            fixture.created
                == [#"{"data":{"Company":"Analytical Engines","FirstName":"Ada","LastName":"Lovelace"}}"#])
    }

    @Test func `asked twice in a session it creates one lead, in another session another one`() async throws {
        let fixture = try await CRMFixture()
        for session in ["a", "a", "b"] {
            let answer = try await fixture.say(
                "CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED", session: session)
            #expect(answer.ssml?.contains("Here is the Lead I created") == true)
        }
        #expect(fixture.created.count == 2)
        // No personal data is stored.
        #expect(!fixture.aws.bodies(of: .putItem).joined().contains("Lovelace"))
    }

    @Test func `a yes creates the lead that was read out, once; without one it is not understood`() async throws {
        let fixture = try await CRMFixture()
        let asked = try await fixture.say("CreateLeadIntent", CRMFixture.ada)
        let attributes = try #require(asked["sessionAttributes"])
        for _ in 1...2 {
            let answer = try await fixture.say("AMAZON.YesIntent", attributes: attributes)
            #expect(answer.ssml?.contains("Ada Lovelace") == true && answer["sessionAttributes"] == nil)
        }
        #expect(fixture.created.count == 1)
        #expect(try await fixture.say("AMAZON.YesIntent").ssml == CRMSentence.fallback.ssml())
        #expect(try await fixture.say("AMAZON.NoIntent", attributes: attributes).ssml == CRMSentence.dropped.ssml())
        #expect(fixture.created.count == 1)
    }

    @Test func `what comes from outside is escaped in speech and sent as it is`() async throws {
        let fixture = try await CRMFixture { connection in
            while let request = try connection.readRequest() {
                let records = #"[{"Name":"<Tom> & 'Jerry'","Email":"a\"b@x"}]"#
                try connection.answer(
                    request.method == "GET"
                        ? ScriptedServer.Response(#"{"data":{"records":\#(records)}}"#)
                        : ScriptedServer.Response(status: 201, "{}"))
            }
        }
        let answer = try await fixture.say("TopLeadIntent")
        #expect(answer.ssml?.contains("&lt;Tom&gt; &amp; &apos;Jerry&apos;, Contact email is a&quot;b@x") == true)
        let slots = ["lastName": #"O'Brien" OR 1=1 --"#, "company": "<&>\\"]
        _ = try await fixture.say("CreateLeadIntent", slots, confirmation: "CONFIRMED")
        let body = try JSONValue(parsing: Array(try #require(fixture.created.first).utf8))
        #expect(body["data"]?["LastName"] == #"O'Brien" OR 1=1 --"# && body["data"]?["Company"] == "<&>\\")
    }

    @Test(arguments: [
        ("en-US", "card", "Alexa app"), ("en-GB", "card", "Alexa app"), ("de-DE", "Karte", "Alexa-App"),
        ("es-ES", "tarjeta", "aplicación Alexa"),
    ])
    func `without any account it sends a card to link one, at launch already, and says so`(
        _ locale: String, _ card: String, _ app: String
    ) async throws {
        let fixture = try await CRMFixture(account: false)
        var answers = [try await fixture.launch(locale: locale)]
        for intent in ["TopLeadIntent", "CreateLeadIntent"] {
            answers.append(try await fixture.say(intent, locale: locale))
        }
        for answer in answers {
            #expect(answer.ssml == CRMSentence.linkAccount.ssml(locale))
            #expect(answer.response["card"] == ["type": "LinkAccount"] && answer.response["reprompt"] == nil)
            #expect(answer.response["shouldEndSession"] == true)
        }
        for sentence in [CRMSentence.linkAccount, .linkAccountAgain] {
            #expect(sentence.ssml(locale).contains(card) && sentence.ssml(locale).contains(app))
        }
        let help = try await fixture.say("AMAZON.HelpIntent", locale: locale)
        #expect(help.ssml == CRMSentence.help.ssml(locale) && help.response["shouldEndSession"] == false)
        #expect(help.response["card"] == nil && fixture.wrapper.requests.isEmpty)
        // Whoever has linked one, or may act as the skill's user, is welcomed.
        #expect(try await fixture.launch(locale: locale, token: "t").ssml == CRMSentence.welcome.ssml(locale))
        let other = try await CRMFixture()
        #expect(try await other.launch(locale: locale).ssml == CRMSentence.welcome.ssml(locale))
    }

    @Test(arguments: ["en-US", "en-GB", "de-DE", "es-ES"], [true, false])
    func `a session stays open only after a question`(_ locale: String, _ isLinked: Bool) async throws {
        let fixture = try await CRMFixture(account: isLinked)
        var answers = [try await fixture.launch(locale: locale)]
        let attributes = try await fixture.say("CreateLeadIntent", CRMFixture.ada)["sessionAttributes"] ?? [:]
        for intent in ["TopLeadIntent", "CreateLeadIntent", "Unheard.Of"]
            + ["Help", "Cancel", "Stop", "NavigateHome", "Fallback", "Yes", "No"].map({ "AMAZON.\($0)Intent" })
        {
            answers.append(try await fixture.say(intent, locale: locale))
            answers.append(try await fixture.say(intent, locale: locale, attributes: attributes))
        }
        for slots in [["lastName": "Lovelace"], ["company": "X"], CRMFixture.ada] {
            answers.append(try await fixture.say("CreateLeadIntent", slots, locale: locale))
        }
        for answer in answers {
            let asks = answer.ssml?.hasSuffix("?</speak>") == true
            #expect(asks == (answer.response["shouldEndSession"] == false), "\(answer.ssml ?? "nothing")")
        }
        #expect(answers.contains { $0.response["shouldEndSession"] == false })
    }

    @Test(arguments: ["en-US", "en-GB", "de-DE", "es-ES"])
    func `each locale answers in its own words`(_ locale: String) async throws {
        let fixture = try await CRMFixture()
        #expect(try await fixture.say("AMAZON.HelpIntent", locale: locale).ssml == CRMSentence.help.ssml(locale))
        #expect(try await fixture.say("Unheard.Of", locale: locale).ssml == CRMSentence.fallback.ssml(locale))
        let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "DENIED", locale: locale)
        #expect(answer.ssml == CRMSentence.dropped.ssml(locale))
    }

    @Test func `an unverified HTTP request is answered 400, and nothing is called`() async throws {
        let fixture = try await CRMFixture(["ASK_VERIFY_REQUESTS": "FALSE!"])
        let body = JSONValue.object(["request": ["type": "LaunchRequest", "timestamp": "2026-11-21T10:00:00Z"]]).text
        for (method, body, status) in [
            ("POST", body, 400), ("POST", "{", 400), ("GET", "", 405), ("HEAD", "", 405), ("PUT", body, 405),
        ] {
            let event: JSONValue = [
                "version": "2.0", "rawPath": "/any", "headers": [:], "body": .string(body),
                "requestContext": ["http": ["method": .string(method), "path": "/any"]],
            ]
            let answer = try await fixture.invoke(event.bytes)
            #expect(answer["statusCode"]?.int == status, "\(method)")
            if status == 405 { #expect(answer["headers"]?["Allow"] == "POST") }
        }
        #expect(fixture.wrapper.requests.isEmpty)
    }

    @Test func `a verified HTTP request that is no envelope, or another skill's, is answered 400`() async throws {
        let fixture = try await CRMFixture()
        for body in [
            "[]", "{}", #"{"request":{"type":"LaunchRequest"}}"#,
            #"{"session":{"application":{"applicationId":"x"}},"request":{"type":"LaunchRequest"}}"#,
        ] {
            let event: JSONValue = [
                "httpMethod": "POST", "path": "/alexa", "requestContext": [:], "isBase64Encoded": true,
                "body": .string(Data(body.utf8).base64EncodedString()),
            ]
            #expect(try await fixture.invoke(event.bytes)["statusCode"] == 400)
        }
    }

    @Test func `faults of the environment are all named`() async throws {
        do {
            _ = try await AlexaCRM(environment: Environment(["CRM_API_URL": "ftp://x"]))
            Issue.record("it started")
        } catch let error as EnvironmentError {
            for name in ["ALEXA_SKILL_ID", "CRM_API_URL", "IDEMPOTENCY_TABLE", "AWS_REGION"] {
                #expect(error.description.contains(name))
            }
        }
    }
}
