import JSON
import Testing

@testable import switchboard

@Suite struct ExternalReferencesTests {
    private static let answers: [String: Set<String>] = ["Asker": ["Branch", "first name"]]

    /// Returns the check of a flow that invokes a function, then says a text; on an error it says the other.
    private func check(
        _ text: String, after invocation: JSONValue? = [:], onError: String = "Sorry.", key: String = "k"
    ) throws -> FlowCheck {
        var ask = try BlockDraft("InvokeLambdaFunction")
        for (name, value) in invocation?.object ?? [:] { ask.parameters[name] = value }
        (ask.identifier, ask.next, ask.errors) = ("ask", "say", ["NoMatchingError"])
        var say = try BlockDraft("UpdateContactAttributes")
        say.parameters["Attributes"] = .object([key: .string(text)])
        say.identifier = "say"
        var sorry = try BlockDraft("MessageParticipant", [.with("Text", .string(onError))])
        sorry.identifier = "sorry"
        var asking = ask.action
        if case .object(var members) = asking {
            members["Transitions"] = [
                "NextAction": "say", "Errors": [["ErrorType": "NoMatchingError", "NextAction": "sorry"]],
            ]
            asking = .object(members)
        }
        let end: JSONValue = ["Identifier": "end", "Type": "DisconnectParticipant"]
        let document: JSONValue = [
            "Version": "2019-10-30", "StartAction": invocation == nil ? "say" : "ask",
            "Actions": .array((invocation == nil ? [] : [asking, sorry.action]) + [say.action, end]),
        ]
        return FlowCheck(flow: try ContactFlow(document.bytes, named: "test"), answers: Self.answers)
    }

    @Test(arguments: [
        "$.External.Branch", "$.External['Branch']", "$['External']['Branch']", "$.External.['first name']",
        #"$["External"].Branch"#,
    ])
    func `a name that the function answers is no fault in any form`(reference: String) throws {
        let check = try check("It is \(reference).")
        #expect(check.faults == [] && check.notes == [])
    }

    @Test(arguments: ["$.External.status", "$.External['status']", "$['External']['status']", "$.External.['status']"])
    func `a name that it does not answer is a fault in every form, in keys too`(reference: String) throws {
        let fault = "\"say\" reads $.External.status, which Asker does not answer."
        #expect(try check(reference).faults == [fault])
        #expect(try check("x", key: reference).faults == [fault])
    }

    @Test(arguments: ["$.External.Branch", "$['External']['Branch']"])
    func `before any function of the flow it is a note, since another flow may have filled it`(
        reference: String
    ) throws {
        let check = try check(reference, after: nil)
        #expect(check.faults == [])
        #expect(
            check.notes == [
                "\"say\" reads $.External.Branch before any function of this flow: a flow before it must have filled it."
            ])
    }

    @Test func `after an asynchronous block and after a failure there is nothing to read`() throws {
        let fault = { (name: String) in "\"\(name)\" reads $.External.Branch where no function has answered." }
        #expect(try check("$.External.Branch", after: ["InvocationType": "ASYNCHRONOUS"]).faults == [fault("say")])
        #expect(try check("$.External.Branch", after: ["InvocationType": "SYNCHRONOUS"]).faults == [])
        #expect(try check("x", onError: "$['External']['Branch']").faults == [fault("sorry")])
    }

    @Test func `a flow that another transfers to keeps what was filled`() throws {
        let transfer = try BlockDraft("TransferToFlow", [.with("ContactFlowId", "$.External.Branch")])
        var ask = try BlockDraft("InvokeLambdaFunction")
        (ask.identifier, ask.next) = ("ask", "it")
        let end: JSONValue = ["Identifier": "end", "Type": "DisconnectParticipant"]
        let flow = try ContactFlow(
            JSONValue.object([
                "Version": "2019-10-30", "StartAction": "ask", "Actions": [ask.action, transfer.action, end],
            ]).bytes, named: "test")
        #expect(FlowCheck(flow: flow, answers: Self.answers).faults == [])
    }
}
