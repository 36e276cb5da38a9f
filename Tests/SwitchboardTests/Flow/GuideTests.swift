import Foundation
import JSON
import LocalServices
import Settings
import Synchronization
import TestSupport
import Testing

@testable import switchboard

/// The agent's guide of integrations/connect and the flows that start it, played like in Amazon Connect.
@Suite struct GuideTests {
    private static let project = Project(root: TestProcess.root)
    private static let caller = "+12065550142"

    private static func flow(_ name: String) throws -> ContactFlow {
        let flow = try CallCommand.read(project.flow(named: name))
        let names = Set(flow.json.texts.flatMap(FlowVariables.names))
        let values = names.map { ($0, $0 == "GuideFlowId" ? "guide" : $0) }
        return try ContactFlow(FlowVariables.filled(flow.json, Dictionary(values) { $1 }).bytes, named: name)
    }

    /// The result of a play: the lines, and the events of functions.
    private struct Play {
        var lines: [String] = []
        var typed: ArraySlice<String>
        var events: [JSONValue] = []
        var searches: [String] = []
    }

    private func play(
        _ contact: FlowContact, _ flow: ContactFlow, typed: [String], others: [String: ContactFlow] = [:],
        answer: String = #"{"status":"sent","messageId":"m","parts":"1"}"#
    ) async throws -> (play: Play, contact: FlowContact) {
        let state = Mutex(Play(typed: typed[...]))
        let world = FlowPlayer.World(
            say: { line in state.withLock { $0.lines.append(line.text) } },
            ask: { _ in state.withLock { $0.typed.popFirst() } },
            invoke: { _, event, _ in
                if let event = try? JSONValue(parsing: event) { state.withLock { $0.events.append(event) } }
                return .answer(Array(answer.utf8))
            },
            transfer: { _, _, _ in .ended },
            profile: { name, value in
                state.withLock { $0.searches.append("\(name)=\(value)") }
                return ["FirstName": "Maria", "LastName": "Silva", "EmailAddress": "maria.silva@example.net"]
            },
            flow: { name in
                guard let flow = others[name] else { throw Refusal("There is no flow \(name).") }
                return flow
            })
        var player = FlowPlayer(flow: flow, contact: contact, world: world)
        try await player.play()
        return state.withLock { [contact = player.contact] in ($0, contact) }
    }

    private var call: FlowContact { FlowContact(customer: Self.caller, system: "+12065550100", id: "call-1") }

    private var guide: FlowContact {
        var call = call
        call.attributes = ["customerPhoneNumber": .string(Self.caller), "callContactId": "call-1"]
        return call.guide(id: "guide-1")
    }

    private static let sending = ["1", "Tuesday", "10:30", "He is away.", "1", "2"]

    // MARK: - The flows

    @Test func `the guide reads attributes and no endpoint, which its contact has not`() throws {
        let texts = try Self.flow("guide").json.texts
        #expect(!texts.contains { $0.contains("$.CustomerEndpoint") || $0.contains("$.SystemEndpoint") })
        for block in try Self.flow("guide").actions where block.type == "InvokeLambdaFunction" {
            #expect(
                block.parameters["LambdaInvocationAttributes"]?["callContactId"] == "$.Attributes.callContactId",
                "\(block.identifier)")
        }
    }

    @Test func `the guide's views are Amazon's own by their ARNs, each with its three errors`() throws {
        let views = try CallCommand.read(Self.project.flow(named: "guide")).actions.filter { $0.type == "ShowView" }
        #expect(views.count == 5)
        for view in views {
            let id = view.parameters["ViewResource"]?["Id"]?.string ?? ""
            #expect(id.hasPrefix("arn:${AWS::Partition}:connect:${AWS::Region}:aws:view/") && id.hasSuffix(":1"))
            #expect(view.parameters["ViewResource"]?.object?.count == 1)
            #expect(view.errors.map(\.type) == ["NoMatchingCondition", "NoMatchingError", "TimeLimitExceeded"])
        }
    }

    @Test(arguments: ["guide", "guide-handler", "entry"])
    func `a flow ends with DisconnectParticipant`(name: String) throws {
        let ends = try Self.flow(name).actions.filter { $0.targets.isEmpty }
        #expect(ends.map(\.type) == ["DisconnectParticipant"])
    }

    @Test(arguments: ["guide-handler", "entry"])
    func `a call's number and id are in attributes, and the guide hooked, before it queues or goes elsewhere`(
        name: String
    ) async throws {
        let queue = try ContactFlow(
            Array(
                #"{"StartAction":"1","Actions":[{"Identifier":"1","Type":"TransferContactToQueue"}]}"#.utf8),
            named: "queue")
        let played = try await play(
            call, Self.flow(name), typed: Self.sending,
            others: ["VoiceAuthFlowArn": queue, "guide": Self.flow("guide")])
        #expect(played.contact.id == "call-1")
        #expect(played.contact.attributes["customerPhoneNumber"] == .string(Self.caller))
        #expect(played.contact.attributes["callContactId"] == "call-1")
        #expect(
            played.play.lines.starts(with: [
                "(Waits in the queue for an agent.)", "(An agent accepts, and the guide opens.)",
                "Agent sees: What would the customer like?",
            ]))
        #expect(played.play.lines.last == "(The guide ends.)")
        #expect(played.play.searches == ["_phone=\(Self.caller)"])
        // The call invokes ConnectRecording, the guide invokes the others.
        let asked = played.play.events.suffix(2)
        #expect(asked.count == 2)
        for event in asked {
            let contact = event["Details"]?["ContactData"]
            #expect(contact?["ContactId"] != "call-1")
            #expect(contact?["RelatedContactId"] == "call-1")
            #expect(event["Details"]?["Parameters"]?["callContactId"] == "call-1")
        }
        #expect(asked.first?["Details"]?["Parameters"]?["destination"] == .string(Self.caller))
    }

    // MARK: - The contact

    @Test func `functions see the guide's own contact`() async throws {
        let played = try await play(guide, Self.flow("guide"), typed: Self.sending)
        let contact = try #require(played.play.events.first?["Details"]?["ContactData"])
        #expect(contact["ContactId"] == "guide-1")
        #expect(contact["InitialContactId"] == "guide-1")
        #expect(contact["RelatedContactId"] == "call-1")
        #expect(contact["Channel"] == "CHAT")
        #expect(contact["InitiationMethod"] == "API")
        #expect(contact["SegmentAttributes"] == ["connect:Subtype": ["ValueString": "connect:Guide"]])
        #expect(contact["Attributes"]?["customerPhoneNumber"] == .string(Self.caller))
        #expect(contact["Attributes"]?["callContactId"] == "call-1")
        for name in ["CustomerEndpoint", "SystemEndpoint", "Queue", "PreviousContactId"] {
            #expect(contact.object?[name] == .null, "\(name)")
        }
        // The members are those of the stored events.
        let file = Self.project.root.appending(path: "events/SendSMS/01-guide-form.json")
        let event = try JSONValue(parsing: Files.read(file, "event"))
        #expect(contact.object?.keys.sorted() == event["Details"]?["ContactData"]?.object?.keys.sorted())
    }

    @Test func `each offer of a call is another contact of the same call`() {
        #expect(call.guide().id != call.guide().id)
        #expect(call.guide().call == "call-1")
        #expect(guide.value("$.CustomerEndpoint.Address") == nil)
        #expect(guide.value("$.SystemEndpoint.Address") == nil)
        #expect(guide.value("$.RelatedContactId") == "call-1")
    }

    @Test func `a hooked guide that is not here is named, and the call has queued all the same`() async throws {
        let played = try await play(call, Self.flow("guide-handler"), typed: [])
        #expect(
            played.play.lines == [
                "(Waits in the queue for an agent.)", "(An agent accepts. No guide opens: There is no flow guide.)",
            ])
    }

    @Test func `a guide that hooks itself opens once`() async throws {
        let flow = try ContactFlow(
            Array(
                #"""
                {"StartAction":"1","Actions":[
                {"Identifier":"1","Type":"UpdateContactEventHooks","Parameters":{"EventHooks":{"DefaultAgentUI":"me"}},
                "Transitions":{"NextAction":"2"}},{"Identifier":"2","Type":"TransferContactToQueue"}]}
                """#.utf8), named: "flow")
        let waits = "(Waits in the queue for an agent.)"
        #expect(
            try await play(call, flow, typed: [], others: ["me": flow]).play.lines
                == [waits, "(An agent accepts, and the guide opens.)", waits])
    }

    @Test func `a flow that hooks no guide queues and is over`() async throws {
        let flow = try ContactFlow(
            Array(
                #"""
                {"StartAction":"1","Actions":[
                {"Identifier":"1","Type":"UpdateContactEventHooks","Parameters":{"EventHooks":{"CustomerQueue":"q"}},
                "Transitions":{"NextAction":"2"}},{"Identifier":"2","Type":"TransferContactToQueue"}]}
                """#.utf8), named: "flow")
        #expect(try await play(call, flow, typed: []).play.lines == ["(Waits in the queue for an agent.)"])
    }

    // MARK: - The terminal

    @Test func `choices have numbers, and fields their labels`() async throws {
        let lines = try await play(guide, Self.flow("guide"), typed: Self.sending).play.lines
        #expect(
            lines == [
                "Agent sees: What would the customer like?", "  Orders: Questions about an order",
                "  Cancellations: Tell the customer that an appointment is cancelled",
                "    1 Send the cancellation notice", "  2 Something else", "Agent sees: Cancellation notice",
                "  What the customer is told", "  (Fill in each field, or type Back.)", "Day:", "Time:", "Details:",
                "Agent sees: Both messages were sent", "  The customer will get an e-mail and a text message.",
                "  1 Back to the cards",
            ] + lines.prefix(5) + ["(The guide ends.)"])
    }

    @Test func `words choose like numbers, and others are asked again`() async throws {
        let lines = try await play(
            guide, Self.flow("guide"),
            typed: ["3", "0", "-1", "foo", "send the CANCELLATION notice", "back", "something else"]
        ).play.lines
        #expect(lines.filter { $0 == "(Type a number from 1 to 2, or the words beside it.)" }.count == 4)
        #expect(lines.filter { $0 == "Day:" }.count == 1)
        #expect(lines.filter { $0.hasPrefix("Agent sees: What") }.count == 2)
        #expect(lines.last == "(The guide ends.)")
    }

    @Test func `a field that is required is asked for again, and nothing at all lets the time pass`() async throws {
        let lines = try await play(guide, Self.flow("guide"), typed: ["1", "Tuesday", "", "10:30", "x", "1", ""]).play
            .lines
        #expect(lines.contains("(Time is required.)"))
        #expect(lines.last == "(The guide ends.)")
        let silent = try await play(guide, Self.flow("guide"), typed: ["1", ""]).play
        #expect(silent.lines.last == "(The guide ends.)")
        #expect(silent.events.isEmpty)
    }

    private func view(_ data: JSONValue, conditions: [String] = []) throws -> AgentView {
        let flow: JSONValue = [
            "Actions": [
                [
                    "Identifier": "v", "Type": "ShowView", "Parameters": ["ViewData": data],
                    "Transitions": [
                        "Conditions": .array(
                            conditions.map {
                                ["Condition": ["Operator": "Equals", "Operands": [.string($0)]], "NextAction": "v"]
                            })
                    ],
                ]
            ]
        ]
        let action = try #require(try ContactFlow(flow.bytes, named: "view")["v"])
        return AgentView(action, guide)
    }

    @Test func `buttons of other views are choices too, with the data that the view gives`() throws {
        let detail = try view([
            "Heading": "Call $.Attributes.customerPhoneNumber", "Description": "d",
            "Actions": ["Do it", ["Label": "Not"]],
            "Back": ["Label": "Go back"], "Cancel": "",
        ])
        #expect(
            detail.lines == [
                "Agent sees: Call \(Self.caller)", "  d", "  1 Do it", "  2 Not", "  3 Go back", "  4 Cancel",
            ])
        #expect(detail.choice("2") == AgentView.Choice("Not", "ActionSelected", ["actionName": "Not"]))
        #expect(detail.choice("go back")?.result == "Back")
        #expect(detail.choice("5") == nil && detail.choice("") == nil)
        let list = try view(["Items": [["Heading": "Flight", "Id": "flight-7"]]])
        #expect(list.choice("flight") == AgentView.Choice("Flight", "ActionSelected", ["actionName": "flight-7"]))
        // Of a custom view only the branches are known.
        let own = try view([:], conditions: ["Approve", "Refuse"])
        #expect(own.choice("2") == AgentView.Choice("Refuse", "Refuse", [:]))
    }

    @Test func `a form's fields have their presets, and the name where there is no label`() throws {
        let form = try view([
            "Sections": [
                [
                    "Items": [
                        ["Name": "who", "Label": "Who", "Required": true, "DefaultValue": "$.Attributes.callContactId"]
                    ]
                ],
                ["Type": "DatePicker", "Name": "day"], "words",
            ]
        ])
        #expect(
            form.fields == [
                AgentView.Field(
                    name: "who", label: "Who", isRequired: true, preset: "call-1",
                    definition: ["Name": "who", "Label": "Who", "Required": true, "DefaultValue": "call-1"]),
                AgentView.Field(
                    name: "day", label: "day", isRequired: false, preset: "",
                    definition: ["Type": "DatePicker", "Name": "day"]),
            ])
        #expect(form.lines.last == "  (Fill in each field.)")
    }
}
