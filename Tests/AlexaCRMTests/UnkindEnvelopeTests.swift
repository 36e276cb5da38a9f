import Alexa
import Foundation
import JSON
import TestSupport
import Testing

@testable import AlexaCRM

/// Malformed envelopes and slots.
@Suite struct UnkindEnvelopeTests {
    private static let context: JSONValue = ["System": ["application": ["applicationId": .string(CRMFixture.skillID)]]]
    private static let session: JSONValue = ["application": ["applicationId": .string(CRMFixture.skillID)]]

    @Test(
        arguments: [
            (["context": context], "without a session"), (["context": context, "session": .null], "null session"),
            (["context": context, "session": []], "session a list"), (["session": session], "no context"),
            (["session": session, "context": .null], "null context"),
            (["session": session, "context": []], "context a list"),
            (["session": session, "context": ["System": []]], "System a list"),
            (["session": session, "context": ["System": ["application": .null, "user": []]]], "nulls and lists"),
            (["context": context, "session": ["attributes": [], "new": "yes", "user": 3]], "attributes a list"),
            (["context": context, "version": 1, "extra": ["requestId": []]], "unknown keys"),
        ] as [([String: JSONValue], String)])
    func `an envelope of any shape is answered`(_ members: [String: JSONValue], _ shape: String) async throws {
        let fixture = try await CRMFixture()
        for request: JSONValue in [
            ["type": "LaunchRequest"],
            ["type": "LaunchRequest", "timestamp": 1_780_000_000, "locale": .null, "requestId": []],
            ["type": "IntentRequest", "intent": ["name": "AMAZON.HelpIntent", "slots": []], "dialogState": 3],
            ["type": "IntentRequest", "intent": []], ["type": "IntentRequest", "intent": ["name": ["x"]]],
            ["type": "IntentRequest", "intent": ["name": "CreateLeadIntent", "slots": ["lastName": "Lovelace"]]],
        ] {
            let answer = try await fixture.invoke(JSONValue.object(members.merging(["request": request]) { $1 }).bytes)
            #expect(answer["version"] == "1.0" && answer.ssml?.hasPrefix("<speak>") == true, "\(shape)")
        }
        for type in ["SessionEndedRequest", "System.ExceptionEncountered", "AudioPlayer.PlaybackFailed", "Later", ""] {
            for request: JSONValue in [
                ["type": .string(type)], ["type": .string(type), "error": [], "offsetInMilliseconds": "-1"],
            ] {
                let event = JSONValue.object(members.merging(["request": request]) { $1 })
                #expect(try await fixture.invoke(event.bytes).text == #"{"response":{},"version":"1.0"}"#)
            }
        }
        #expect(fixture.wrapper.requests.isEmpty)
    }

    @Test func `the token of account linking is found in the session where the context has none`() async throws {
        let fixture = try await CRMFixture(account: false)
        var event = try #require(fixture.envelope("TopLeadIntent", token: "local-token-agent").object)
        event["context"] = Self.context
        #expect(try await fixture.invoke(JSONValue.object(event).bytes).ssml?.contains("Testing C") == true)
    }

    private static func resolved(_ codes: String..., name: String = "Lovelace") -> JSONValue {
        [
            "resolutionsPerAuthority": .array(
                codes.map { code in
                    .members([
                        "authority": "amzn1.er-authority.x", "status": ["code": .string(code)],
                        "values": code == "ER_SUCCESS_MATCH" ? [["value": ["name": .string(name), "id": "1"]]] : nil,
                    ])
                })
        ]
    }

    @Test(
        arguments: [
            ["value": "Lovelace"], ["value": "  Lovelace "], ["value": "Lovelace", "resolutions": .null],
            ["value": "Lovelace", "resolutions": resolved("ER_SUCCESS_NO_MATCH")],
            ["value": "Lovelace", "resolutions": resolved("ER_ERROR_TIMEOUT", "ER_SUCCESS_MATCH")],
            ["value": "Lovelace", "resolutions": resolved("ER_ERROR_EXCEPTION", "NEW_CODE")],
            ["slotValue": ["type": "Simple", "value": "Lovelace"]],
            ["value": .null, "slotValue": ["type": "List", "values": [["type": "Simple", "value": "Lovelace"]]]],
            ["value": "Lovelace", "confirmationStatus": "NEW", "source": 3],
        ] as [JSONValue]) func `a name is understood however its slot is filled`(_ slot: JSONValue) async throws
    {
        let fixture = try await CRMFixture()
        let answer = try await fixture.invoke(
            fixture.envelope("CreateLeadIntent", ["lastName": slot, "company": ["value": "Acme"]]).bytes)
        #expect(answer.ssml == CRMSentence.confirm.ssml("en-US", ["name": "Lovelace", "company": "Acme"]))
        #expect(answer["sessionAttributes"]?["pendingLead"]?["lastName"] == "Lovelace")
    }

    @Test(
        arguments: [
            ["value": "?"], ["value": ""], ["value": " \t"], ["value": .null], [:], ["value": 7], [], "Lovelace",
            ["value": "Lovelace", "confirmationStatus": "DENIED"], ["slotValue": ["type": "List", "values": []]],
            ["slotValue": ["type": "List", "values": "x"]],
        ] as [JSONValue], ["STARTED", "IN_PROGRESS", "COMPLETED", "NEW"])
    func `a name that is not there is asked for, whatever the dialog's state`(
        _ slot: JSONValue, _ state: String
    ) async throws {
        let fixture = try await CRMFixture()
        var event = fixture.envelope(
            "CreateLeadIntent", ["lastName": slot, "company": ["value": "Acme"]], confirmation: "CONFIRMED")
        event = event.setting("request", "dialogState", .string(state))
        let answer = try await fixture.invoke(event.bytes)
        #expect(answer.response["directives"] == [["type": "Dialog.ElicitSlot", "slotToElicit": "lastName"]])
        #expect(answer.response["shouldEndSession"] == false && fixture.created == [])
    }

    @Test func `a yes after another lead was begun does not create the one before`() async throws {
        let fixture = try await CRMFixture()
        let asked = try await fixture.say("CreateLeadIntent", CRMFixture.ada)
        let begun = try await fixture.say(
            "CreateLeadIntent", attributes: try #require(asked["sessionAttributes"]))
        #expect(begun["sessionAttributes"]?["pendingLead"] == nil)
        for attributes: JSONValue in [
            [:], ["pendingLead": .null], ["pendingLead": "x"], ["pendingLead": ["lastName": "Lovelace"]],
        ] {
            let answer = try await fixture.say("AMAZON.YesIntent", attributes: attributes)
            #expect(answer.ssml == CRMSentence.fallback.ssml())
        }
        #expect(fixture.created == [])
    }

    @Test func `values too long to be a name are refused, and what the CRM has too much of is cut`() async throws {
        let long = String(repeating: "'", count: 9000)
        let fixture = try await CRMFixture(wrapper: { connection in
            while try connection.readRequest() != nil {
                try connection.answer(.init(#"{"data":{"records":[{"Name":"\#(long)","Email":"\#(long)"}]}}"#))
            }
        })
        let slots = ["lastName": long, "company": long]
        for confirmation in ["NONE", "CONFIRMED"] {
            let answer = try await fixture.say("CreateLeadIntent", slots, confirmation: confirmation)
            #expect(answer.ssml == CRMSentence.notAccepted.ssml())
        }
        #expect(fixture.wrapper.requests.isEmpty)
        let answer = try await fixture.say("TopLeadIntent", attributes: ["old": .string(long + long + long)])
        #expect(answer.ssml?.contains("Name is &apos;&apos;") == true && answer.bytes.count <= 24 << 10)
    }

    @Test func `can-fulfill calls nobody, and is no for what is not the skill's`() async throws {
        let fixture = try await CRMFixture(account: false)
        func answer(_ intent: String, _ slots: [String]) async throws -> JSONValue? {
            let event = fixture.envelope(
                intent, Dictionary(uniqueKeysWithValues: slots.map { ($0, ["value": "x"]) }), session: nil
            ).setting("request", "type", "CanFulfillIntentRequest")
            let response = try await fixture.invoke(event.bytes).response
            #expect(response.object?.count == 1)
            return response["canFulfillIntent"]
        }
        #expect(try await answer("TopLeadIntent", []) == ["canFulfill": "YES"])
        let yes: JSONValue = ["canUnderstand": "YES", "canFulfill": "YES"]
        let no: JSONValue = ["canUnderstand": "NO", "canFulfill": "NO"]
        #expect(
            try await answer("CreateLeadIntent", ["lastName", "company"])
                == ["canFulfill": "YES", "slots": ["lastName": yes, "company": yes]])
        #expect(
            try await answer("CreateLeadIntent", ["lastName", "colour"])
                == ["canFulfill": "NO", "slots": ["lastName": yes, "colour": no]])
        #expect(try await answer("PlaySound", ["sound"]) == ["canFulfill": "NO"])
        #expect(fixture.wrapper.requests.isEmpty && fixture.aws.bodies(of: .putItem).isEmpty)
    }

    @Test(arguments: [
        ("de-AT", CRMSentence.help.ssml("de-DE")), ("es-MX", CRMSentence.help.ssml("es-ES")),
        ("en-IN", CRMSentence.help.ssml()),
        ("fr-FR", CRMSentence.help.ssml()), ("", CRMSentence.help.ssml()), ("de", CRMSentence.help.ssml("de-DE")),
    ]) func `a locale that the skill does not have gets its language's words, else English`(
        _ locale: String, _ said: String
    ) async throws {
        #expect(try await CRMFixture().say("AMAZON.HelpIntent", locale: locale).ssml == said)
    }
}

extension JSONValue {
    /// Returns the same with a member's member replaced.
    fileprivate func setting(_ member: String, _ name: String, _ value: JSONValue) -> JSONValue {
        var (all, inner) = (object ?? [:], self[member]?.object ?? [:])
        inner[name] = value
        all[member] = .object(inner)
        return .object(all)
    }
}
