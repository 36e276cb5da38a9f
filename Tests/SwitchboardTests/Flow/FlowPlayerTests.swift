import Foundation
import JSON
import LocalServices
import Synchronization
import Testing

@testable import switchboard

@Suite struct FlowPlayerTests {
    /// Plays a flow of these actions and returns the lines shown; `answers` are a function's, one after the other.
    private func play(
        _ actions: [JSONValue], typed: [String?] = [], answers: [InvocationOutcome] = [],
        transfer: FlowPlayer.Transfer = .ended
    ) async throws -> (lines: [String], events: [JSONValue], contact: FlowContact) {
        let state = Mutex((lines: [String](), typed: typed[...], answers: answers[...], events: [JSONValue]()))
        let world = FlowPlayer.World(
            say: { line in state.withLock { $0.lines.append(line.text) } },
            ask: { _ in state.withLock { $0.typed.popFirst() ?? nil } },
            invoke: { _, event, _ in
                state.withLock { state in
                    if let event = try? JSONValue(parsing: event) { state.events.append(event) }
                    return state.answers.popFirst() ?? .runtimeError(type: "Test.NoAnswer", message: "")
                }
            },
            transfer: { _, _, _ in transfer }, profile: { _, _ in nil },
            flow: { _ in throw Refusal("There is no other flow.") })
        let document: JSONValue = ["Version": "2019-10-30", "StartAction": "1", "Actions": .array(actions)]
        var player = FlowPlayer(
            flow: try ContactFlow(document.bytes, named: "test"),
            contact: FlowContact(customer: "+12065550142", system: "+12065550100", id: "c-1"), world: world)
        try await player.play()
        return state.withLock { [contact = player.contact] in ($0.lines, $0.events, contact) }
    }

    private func action(
        _ id: String, _ type: String, _ parameters: JSONValue = [:], next: String? = nil,
        conditions: [(String, String)] = [], errors: [(String, String)] = []
    ) -> JSONValue {
        [
            "Identifier": .string(id), "Type": .string(type), "Parameters": parameters,
            "Transitions": .members([
                "NextAction": next.map(JSONValue.string),
                "Conditions": .array(
                    conditions.map { value, next in
                        [
                            "NextAction": .string(next),
                            "Condition": ["Operator": "Equals", "Operands": [.string(value)]],
                        ]
                    }),
                "Errors": .array(errors.map { ["ErrorType": .string($0), "NextAction": .string($1)] }),
            ]),
        ]
    }

    private func ask(_ attributes: JSONValue = [:]) -> JSONValue {
        action(
            "1", "InvokeLambdaFunction",
            [
                "LambdaFunctionARN": "arn:aws:lambda:eu-central-1:1:function:F", "InvocationTimeLimitSeconds": "8",
                "LambdaInvocationAttributes": attributes,
            ], next: "2", errors: [("NoMatchingError", "3")])
    }

    private var good: JSONValue { action("2", "MessageParticipant", ["Text": "It is $.External.status."], next: "4") }
    private var bad: JSONValue { action("3", "MessageParticipant", ["Text": "Sorry."], next: "4") }
    private var end: JSONValue { action("4", "DisconnectParticipant") }

    private func answer(_ json: String) -> InvocationOutcome { .answer(Array(json.utf8)) }

    @Test func `broken JSON is refused with its line`() throws {
        let error = #expect(throws: Refusal.self) {
            try ContactFlow(Array("{\n  \"Actions\": [}\n".utf8), named: "broken.json")
        }
        #expect(error?.description.hasPrefix("broken.json is not JSON") == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("line 2") == true, "\(error?.description ?? "")")
    }

    @Test func `a function gets the contact and its attributes, and its answer is read as External`() async throws {
        let asked = ask(["number": "$.CustomerEndpoint.Address", "nothing": "$.Attributes.none", "fixed": "x"])
        let played = try await play([asked, good, bad, end], answers: [answer(#"{"status":"sent"}"#)])
        #expect(played.lines == ["Connect: It is sent.", "(Amazon Connect hangs up.)"])
        let details = played.events.first?["Details"]
        #expect(details?["Parameters"] == ["number": "+12065550142", "nothing": "", "fixed": "x"])
        #expect(details?["ContactData"]?["ContactId"] == "c-1")
    }

    @Test func `a function that fails is tried three times, then the error branch is taken without an answer`()
        async throws
    {
        let failure = InvocationOutcome.runtimeError(type: "Function.Down", message: "")
        let played = try await play([ask(), good, bad, end], answers: [failure, failure, failure])
        #expect(played.events.count == 3)
        #expect(played.lines.suffix(2) == ["Connect: Sorry.", "(Amazon Connect hangs up.)"])
        #expect(played.contact.external == nil)
        let mended = try await play([ask(), good, bad, end], answers: [failure, answer(#"{"status":"late"}"#)])
        #expect(mended.lines.contains("Connect: It is late."))
    }

    @Test(arguments: [#"{"status":1}"#, #"{"status":{"a":"b"}}"#, #"["sent"]"#, #""sent""#])
    func `an answer that is no flat object of texts takes the error branch`(json: String) async throws {
        let played = try await play([ask(), good, bad, end], answers: [answer(json)])
        #expect(played.lines.suffix(2).first == "Connect: Sorry.")
    }

    @Test func `keys are stored or branched on, and silence takes the branch of the time limit`() async throws {
        let stored = [
            action("1", "GetParticipantInput", ["Text": "Number?", "StoreInput": "True"], next: "2"),
            action("2", "MessageParticipant", ["Text": "$.StoredCustomerInput"], next: "4"), end,
        ]
        #expect(try await play(stored, typed: ["42"]).lines.contains("Connect: 42"))
        let branched = [
            action(
                "1", "GetParticipantInput", ["Text": "1 or 2?"], conditions: [("1", "2")],
                errors: [("InputTimeLimitExceeded", "3"), ("NoMatchingCondition", "4"), ("NoMatchingError", "4")]),
            action("2", "MessageParticipant", ["Text": "One."], next: "4"), bad, end,
        ]
        #expect(try await play(branched, typed: ["1"]).lines.contains("Connect: One."))
        #expect(try await play(branched, typed: [""]).lines.contains("Connect: Sorry."))
        #expect(try await play(branched, typed: ["7"]).lines == ["Connect: 1 or 2?", "(Amazon Connect hangs up.)"])
        // Hanging up ends it there.
        #expect(try await play(branched, typed: [nil]).lines == ["Connect: 1 or 2?"])
    }

    @Test func `a loop goes round as often as it says, and begins anew afterwards`() async throws {
        let looped = [
            action("1", "Loop", ["LoopCount": "2"], conditions: [("ContinueLooping", "2"), ("DoneLooping", "4")]),
            action("2", "MessageParticipant", ["Text": "Round."], next: "1"), end,
        ]
        #expect(try await play(looped).lines == ["Connect: Round.", "Connect: Round.", "(Amazon Connect hangs up.)"])
    }

    @Test func `a flow without an end is over after a thousand actions, and said to loop`() async throws {
        let endless = [action("1", "MessageParticipant", ["Text": "Again."], next: "1")]
        let lines = try await play(endless).lines
        #expect(lines.count == 1001)
        #expect(lines.last == "(The flow has taken 1000 actions without waiting for anybody: it loops, and ends here.)")
    }

    @Test func `a flow in which somebody types goes on for longer`() async throws {
        let menu = [
            action("1", "GetParticipantInput", ["StoreInput": "False"], conditions: [("1", "2")]),
            action("2", "Loop", ["LoopCount": "100"], conditions: [("ContinueLooping", "2"), ("DoneLooping", "1")]),
        ]
        let played = try await play(menu, typed: Array(repeating: "1", count: 50) + ["2"])
        #expect(played.lines == ["(\"1\" (GetParticipantInput) has no branch for this: the contact ends here.)"])
    }

    @Test func `a function that is not there is invoked once, and named`() async throws {
        let missing = InvocationOutcome.runtimeError(type: "ResourceNotFoundException", message: "There is no F.")
        let played = try await play([ask(), good, bad, end], answers: [missing, answer(#"{"status":"late"}"#)])
        #expect(played.events.count == 1)
        #expect(
            played.lines == [
                "(\"1\" (InvokeLambdaFunction) takes NoMatchingError: There is no F.)", "Connect: Sorry.",
                "(Amazon Connect hangs up.)",
            ])
    }

    @Test func `an asynchronous function gets its event, and leaves nothing to read`() async throws {
        guard case .object(var members) = ask(["number": "$.CustomerEndpoint['Address']"]) else { return }
        members["Parameters"] = .object(
            (members["Parameters"]?.object ?? [:]).merging(["InvocationType": "ASYNCHRONOUS"]) { $1 })
        let answered = try await play([.object(members), good, bad, end], answers: [answer(#"{"status":"sent"}"#)])
        #expect(answered.lines == ["Connect: It is .", "(Amazon Connect hangs up.)"])
        #expect(answered.events.first?["Details"]?["Parameters"] == ["number": "+12065550142"])
        // Its failure is not seen, and nothing is tried again here.
        let failed = try await play([.object(members), good, bad, end])
        #expect(failed.lines == answered.lines && failed.events.count == 1)
    }

    @Test func `references in the keys and the depths of parameters are resolved`() async throws {
        let asked = ask([
            "$.Channel": "x", "form": ["who": ["$.CustomerEndpoint.Address", "none: $.Attributes['no one']"]],
            "id": "$['ContactId']",
        ])
        let played = try await play([asked, good, bad, end], answers: [answer(#"{"status":"sent"}"#)])
        #expect(
            played.events.first?["Details"]?["Parameters"]
                == ["VOICE": "x", "form": ["who": ["+12065550142", "none: "]], "id": "c-1"])
    }

    @Test func `a transfer goes on, fails, or ends with the caller's hanging up`() async throws {
        let transferred = [
            action(
                "1", "TransferParticipantToThirdParty", ["ThirdPartyPhoneNumber": "+12065550111"], next: "2",
                errors: [("CallFailed", "3"), ("NoMatchingError", "3")]),
            action("2", "MessageParticipant", ["Text": "Back."], next: "4"), bad, end,
        ]
        #expect(try await play(transferred, transfer: .ended).lines.contains("Connect: Back."))
        #expect(try await play(transferred, transfer: .failed).lines.contains("Connect: Sorry."))
        #expect(try await play(transferred, transfer: .abandoned).lines == ["(Transfers to +12065550111.)"])
    }
}
