import Foundation
import TestSupport
import Testing

@testable import LocalServices
@testable import switchboard

/// The talk command, and the services that variables with the value `local` start, from a user's view.
@Suite(.serialized)
struct TalkCommandTests {
    private static let model = """
        {"interactionModel": {"languageModel": {"invocationName": "my assistant", "types": [], "intents": [
            {"name": "CreateLeadIntent", "samples": ["create a lead"],
             "slots": [{"name": "name", "type": "AMAZON.FirstName"}]}]},
          "dialog": {"delegationStrategy": "SKILL_RESPONSE", "intents": [
            {"name": "CreateLeadIntent", "confirmationRequired": false, "prompts": {}, "slots": [
              {"name": "name", "elicitationRequired": true, "confirmationRequired": false,
               "prompts": {"elicitation": "P"}}]}]},
          "prompts": [{"id": "P", "variations": [{"type": "PlainText", "value": "What is the name?"}]}]}}
        """

    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject(bootstrap: PythonFunction.source("skill_function"))
        try add("CRMWrapperAPI", PythonFunction.source("wrapper_function"))
        try project.add(
            "events/Scripted/env.json",
            #"{"ALEXA_SKILL_ID":"amzn1.ask.skill.x","CRM_API_URL":"local","CRM_API_USERNAME":"local","CRM_API_PASSWORD":"local"}"#
        )
        try project.add("integrations/alexa/scripted/skill-package/interactionModels/custom/en-US.json", Self.model)
    }

    private func add(_ function: String, _ source: String) throws {
        try project.add("dist/\(function)/bootstrap", source)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: project.root.appending(path: "dist/\(function)/bootstrap").path)
    }

    private func run(_ arguments: String..., input: String = "") throws -> CommandRun {
        let run = try CommandRun(arguments, in: project.root, input: input)
        run.wait()
        return run
    }

    @Test func `a conversation reaches Salesforce through the wrapper, and what arrived is said`() throws {
        try project.add(
            "good.talk",
            """
            # creates a lead
            > open my assistant
            Alexa: Welcome.
            > create a lead
            Alexa: What is the name?
            > Ünal
            Alexa, meanwhile: One moment.
            Alexa: 201 for *, launched True.
            (The session has ended.)
            """)
        let run = try run("talk", "Scripted", "--replay", "good.talk", "--events", "events.jsonl")
        let events = project.text("events.jsonl")?.split(separator: "\n") ?? []
        let spoken = events.filter { $0.contains(#""kind":"meanwhile""#) }
        #expect(spoken.count == 1 && spoken.first?.contains(#""title":"Alexa, meanwhile: One moment.""#) == true)
        #expect(spoken.first?.contains(#""outcome":"ok""#) == true && !spoken.joined().contains("Bearer"))
        #expect(run.status == 0, "\(run.output) \(run.errors)")
        #expect(run.output.contains("Alexa: 201 for Ünal, launched True.\n"))
        #expect(run.errors.contains("3 turns as expected."))
        #expect(run.errors.contains("Created in the local Salesforce: 1 record\n  Lead 00Q"))
        #expect(run.errors.contains("LastName: Ünal"))
    }

    @Test func `a replay ends at the first difference, with what was expected and what came`() throws {
        try project.add("bad.talk", "> open my assistant\nAlexa: Good day.\n> create a lead\n")
        let run = try run("talk", "Scripted", "--replay", "bad.talk")
        #expect(run.status == 1)
        #expect(run.output == "> open my assistant\nAlexa: Welcome.\n")
        let difference = "Line 1 differs (- expected, + got):\n- Alexa: Good day.\n+ Alexa: Welcome.\n"
        #expect(run.errors.contains(difference) && !run.errors.contains("--locale"))
    }

    @Test func `a replay in another locale than its file is named for says so`() throws {
        try project.add("talks/de-DE.talk", "> öffne meine Zentrale\nAlexa: Willkommen.\n")
        let run = try run("talk", "Scripted", "--replay", "talks/de-DE.talk")
        #expect(run.status == 1)
        #expect(run.errors.contains("(talks/de-DE.talk is named for de-DE: replay it with --locale de-DE.)"))
    }

    @Test func `what is typed on standard input is a conversation, too`() throws {
        let run = try run("talk", "Scripted", input: "open my assistant\n")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("> open my assistant\nAlexa: Welcome.\n(The skill answers a SessionEndedRequest"))
    }

    @Test func `a line /quit ends the conversation; other words for it are said to the skill`() throws {
        let run = try run("talk", "Scripted", input: "open my assistant\n/quit\nopen my assistant\n")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("> open my assistant\nAlexa: Welcome.\n> /quit\n"))
        #expect(run.output.components(separatedBy: "Welcome").count == 2)
        #expect(try self.run("talk", "Scripted", input: "exit\nopen my assistant\n").output.contains("Alexa: Welcome."))
    }

    @Test func `a skill, a locale or a file that is not there is named`() throws {
        #expect(try run("talk", "CRMWrapperAPI").errors.contains("The skills are: scripted."))
        #expect(try run("talk", "Scripted", "--locale", "fr-FR").errors.contains("no locale fr-FR of the skill"))
        #expect(try run("talk", "Scripted", "--replay", "none.talk").errors.contains("none.talk cannot be read"))
        try project.add("integrations/alexa/scripted/skill-package/interactionModels/custom/de-DE.json", "{}")
        #expect(try run("talk", "Scripted", "--locale", "de-DE").errors.contains("is not a valid interaction model"))
    }

    @Test func `invoke brings the same services, and a wrapper that is not built is named`() throws {
        let event = #"""
            {"request":{"type":"IntentRequest","requestId":"r","dialogState":"COMPLETED","intent":{"slots":{"name":{"value":"Kim"}}}},"session":{"attributes":{}},"context":{"System":{"application":{"applicationId":"amzn1.ask.skill.x"},"apiEndpoint":"http://127.0.0.1:1","apiAccessToken":"t"}}}
            """#
        let source = try PythonFunction.source("skill_function").replacing("fetch(system[", with: "0 and fetch(system[")
        try add("Scripted", source)
        let run = try run("invoke", "Scripted", "--event", "-", input: event)
        #expect(run.output.contains("201 for Kim"), "\(run.output) \(run.errors)")
        #expect(run.errors.contains("Created in the local Salesforce: 1 record\n"))
        #expect(!run.errors.contains("Nothing arrived at the local AWS"))
        try FileManager.default.removeItem(at: project.root.appending(path: "dist/CRMWrapperAPI"))
        let missing = try self.run("invoke", "Scripted", "--event", "-", input: event)
        #expect(missing.errors.contains("CRM_API_URL is local, but CRMWrapperAPI is not built"))
    }
}
