import Console
import JSON
import Testing
import Timeline

@testable import switchboard

struct ConsolePhoneTests {
    private static let view: JSONValue = [
        "Identifier": "Cards", "Type": "ShowView",
        "Parameters": ["ViewResource": ["Id": "cards"], "ViewData": ["Heading": "Cards"]],
        "Transitions": [
            "NextAction": "Cards", "Errors": [],
            "Conditions": [["NextAction": "Cards", "Condition": ["Operator": "Equals", "Operands": ["Next"]]]],
        ],
    ]

    @Test func `a view takes one answer, before anybody has looked at it, and no keys`() throws {
        let flow: JSONValue = ["Version": "2019-10-30", "StartAction": "Cards", "Actions": [Self.view]]
        let action = try #require(try ContactFlow(flow.bytes, named: "guide").actions.first)
        let phone = ConsolePhone(Timeline(), ConsoleSignals())
        let (_, inputs) = AsyncStream.makeStream(of: ConsolePhone.Input.self)
        phone.change { state in
            state.view = AgentView(action, FlowContact(customer: nil, system: "+12065550100"))
            (state.viewNumber, state.inputs) = (3, inputs)
        }
        #expect(throws: Refusal.self) { try phone.type("1") }
        #expect(throws: Refusal.self) { try phone.answer(["choice": 0, "view": 2]) }
        try phone.answer(["choice": 0, "view": 3])
        #expect(throws: Refusal.self) { try phone.answer(["choice": 0, "view": 3]) }
        #expect(throws: Refusal.self) { try phone.answer(["choice": 0]) }
    }
}
