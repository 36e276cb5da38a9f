import Foundation
import JSON
import LocalServices
import Settings
import Synchronization
import TestSupport
import Testing

@testable import switchboard

/// The data dip of integrations/connect, played with every answer of ConnectCRM and on every branch.
@Suite struct DataDipTests {
    private static let project = Project(root: TestProcess.root)
    private static let agent = "5a7e1c02-6b1d-4c0e-9d57-2f1f3f6a8e10"
    private static let end = ["(Amazon Connect hangs up.)"]

    private static func flow() throws -> ContactFlow {
        let flow = try CallCommand.read(project.flow(named: "data-dip"))
        let values = [
            "ConnectCRM.Arn": "ConnectCRM", "QueueArn": "queue", "SegmentQueueArn": "segment",
            "SegmentName": "Enterprise",
        ]
        return try ContactFlow(FlowVariables.filled(flow.json, values).bytes, named: "data-dip")
    }

    /// A play: what was said, what the function was asked, what the contact keeps.
    private struct Play {
        var lines: [String] = []
        var typed: ArraySlice<String> = []
        var answers: ArraySlice<String?> = []
        var parameters: [JSONValue] = []
    }

    /// Plays a call. An answer that is nil is a function that fails.
    private func play(
        _ answers: [[String: String]?], typed: [String] = [], from: String? = "+12065550142", choices: [String] = []
    ) async throws -> (play: Play, attributes: [String: JSONValue]) {
        let texts = answers.map { $0.map { JSONValue.object($0.mapValues(JSONValue.string)).text } }
        let state = Mutex(Play(typed: typed[...], answers: texts[...]))
        let chosen = try FlowChoices(choices)
        let world = FlowPlayer.World(
            say: { line in state.withLock { $0.lines.append(line.text) } },
            ask: { _ in state.withLock { $0.typed.popFirst() } },
            invoke: { _, event, _ in
                let parameters = (try? JSONValue(parsing: event))?["Details"]?["Parameters"]
                return state.withLock { state in
                    state.parameters.append(parameters ?? .null)
                    let answer = state.answers.first ?? nil
                    // A failure is tried three times.
                    if answer != nil { state.answers.removeFirst() }
                    return answer.map { .answer(Array($0.utf8)) }
                        ?? .functionError(Array(#"{"errorType":"Function.ServiceUnavailable"}"#.utf8))
                }
            },
            transfer: { _, _, _ in .failed }, profile: { _, _ in nil }, flow: { throw Refusal("There is no \($0).") },
            choice: { chosen.choice(for: $0) })
        var player = FlowPlayer(
            flow: try Self.flow(), contact: FlowContact(customer: from, system: "+12065550100"), world: world)
        try await player.play()
        return (state.withLock { $0 }, player.contact.attributes)
    }

    private static func found(_ more: [String: String] = [:]) -> [String: String] {
        [
            "status": "found", "object": "Contact", "recordId": "0035f00000MARIAAAA", "firstName": "Maria",
            "name": "Maria Silva", "openCases": "1", "caseNumber": "00001201", "caseStatus": "Working",
            "Contact_Connect_Agent_Id__c": "", "Account_Segment__c": "",
        ].merging(more) { $1 }
    }

    private static let queued = "(NumberOfContactsInQueue is 0, as assumed.)"
    private static let waits = "(Waits in the queue \"queue\" for an agent.)"

    @Test func `a contact is greeted by name and waits for its owner, and the record is kept for others`() async throws
    {
        let (play, kept) = try await play([Self.found(["Contact_Connect_Agent_Id__c": Self.agent])])
        #expect(
            play.lines == [
                "Connect: Hello Maria.", "Connect: Your case 00001201 is open. Its state is: Working.",
                "(NumberOfAgentsAvailable is 1, as assumed.)", "(Waits in the queue of the agent \(Self.agent).)",
            ])
        #expect(play.parameters == [["operation": "lookup"]])
        #expect(kept["crmRecordId"] == "0035f00000MARIAAAA" && kept["ownerAgentId"]?.string == Self.agent)
    }

    @Test(arguments: [
        ("0", [], []), ("1", ["Connect: Your case 00001201 is open. Its state is: Working."], []),
        (
            "12",
            ["Connect: You have 12 open cases. The state of the newest one, 00001201, is: Working."], ["Hello Maria."]
        ),
    ])
    func `the state of the newest open case is told`(count: String, told: [String], _ other: [String]) async throws {
        let (play, _) = try await play([Self.found(["openCases": count])])
        #expect(play.lines == ["Connect: Hello Maria."] + told + [Self.queued, Self.waits])
    }

    @Test(arguments: [
        ["Does the owner take calls=0"], ["Does the owner take calls=NoMatchingError"],
        ["Choose the owner=NoMatchingError"], ["Wait for the owner=QueueAtCapacity"],
        ["Wait for the owner=NoMatchingError"],
    ])
    func `without its owner a call waits in its segment's queue, or in the common one`(choices: [String]) async throws {
        let agents = ["Contact_Connect_Agent_Id__c": Self.agent, "Account_Segment__c": "Enterprise"]
        let segment = try await play([Self.found(agents)], choices: choices).play
        #expect(segment.lines.suffix(2) == [Self.queued, "(Waits in the queue \"segment\" for an agent.)"])
        let other = agents.merging(["Account_Segment__c": "Home"]) { $1 }
        #expect(
            try await play([Self.found(other)], choices: choices).play.lines.suffix(2) == [Self.queued, Self.waits])
        let gone = choices + ["Choose the segment's queue=NoMatchingError"]
        #expect(try await play([Self.found(agents)], choices: gone).play.lines.suffix(2) == [Self.queued, Self.waits])
    }

    @Test(arguments: [
        (["status": "none", "matches": "0"], ["Connect: Hello, and welcome."]),
        (["status": "unavailable"], ["Connect: Hello."]), (["status": "new"], ["Connect: Hello."]),
        (
            ["status": "found", "object": "Account", "name": "Contoso", "openCases": "0"],
            [
                "Connect: Hello. You are calling from Contoso."
            ]
        ), (["status": "found", "object": "Lead", "firstName": "Linus", "openCases": "0"], ["Connect: Hello Linus."]),
    ])
    func `everybody gets to an agent`(answer: [String: String], told: [String]) async throws {
        #expect(try await play([answer]).play.lines == told + [Self.queued, Self.waits])
    }

    @Test func `a function that fails, or is too slow, keeps nobody`() async throws {
        let failed = try await play([nil]).play
        #expect(failed.lines.suffix(3) == ["Connect: Hello.", Self.queued, Self.waits])
        let chosen = try await play([], choices: ["Who is calling=NoMatchingError"]).play
        #expect(chosen.lines.suffix(3) == ["Connect: Hello.", Self.queued, Self.waits])
    }

    @Test func `several are asked for a case, which says who calls`() async throws {
        let ambiguous = ["status": "ambiguous", "matches": "2", "accountName": "Doe"]
        let mine = try await play([ambiguous, Self.found()], typed: ["1201#"])
        #expect(mine.play.lines.dropFirst().first == "Connect: Hello Maria.")
        #expect(mine.play.parameters.last == ["operation": "lookup", "caseNumber": "1201"])
        #expect(mine.attributes["crmStatus"] == "found")
        let other = try await play([ambiguous, ["status": "none"]], typed: ["1201#"]).play
        #expect(other.lines.dropFirst().first == "Connect: We have no such case of a caller with your number.")
        for typed in [["", "x"], []] as [[String]] where !typed.isEmpty {
            let silent = try await play([ambiguous], typed: typed).play
            #expect(silent.lines.suffix(2) == [Self.queued, Self.waits] && silent.parameters.count == 1)
        }
        let failed = try await play([ambiguous, nil], typed: ["1201#"]).play
        #expect(failed.lines.suffix(2) == [Self.queued, Self.waits])
    }

    @Test(arguments: ["created", "duplicate"])
    func `a long queue offers to call back, once`(status: String) async throws {
        let long = ["How many are waiting=5"]
        let (play, _) = try await play(
            [["status": "none"], ["status": status, "taskId": "00T"]], typed: ["1"], choices: long)
        #expect(
            play.lines.suffix(2) == ["Connect: Thank you. We will call you back within the hour. Goodbye."] + Self.end)
        let task = play.parameters.last
        #expect(task?["operation"] == "createTask" && task?["subject"] == "Call back" && task?["dueMinutes"] == "60")
        #expect(task?["description"]?.string?.hasSuffix("+12065550142") == true)
    }

    @Test func `it promises nothing that is not noted, and calls back nobody who shows no number`() async throws {
        let long = ["How many are waiting=5"]
        for answer in [nil, ["status": "odd"]] as [[String: String]?] {
            let failed = try await play([["status": "none"], answer], typed: ["1"], choices: long).play
            #expect(
                failed.lines.suffix(2) == [
                    "Connect: We cannot note a call-back right now. Please hold the line.", Self.waits,
                ])
        }
        for typed in ["2", "9", ""] {
            let waits = try await play([["status": "none"]], typed: [typed], choices: long).play
            #expect(waits.lines.last == Self.waits && waits.parameters.count == 1)
        }
        let withheld = try await play([["status": "none"]], from: nil, choices: long).play
        #expect(withheld.lines.last == Self.waits && !withheld.lines.contains { $0.contains("press 1") })
        let unknown = try await play([["status": "none"]], choices: ["How many are waiting=NoMatchingError"]).play
        #expect(unknown.lines.last == Self.waits)
        for choice in ["Choose the queue=NoMatchingError", "Wait for an agent=QueueAtCapacity"] {
            let full = try await play([["status": "none"]], choices: [choice]).play
            #expect(
                full.lines.suffix(2) == ["Connect: We can't take your call right now. Please call again later."]
                    + Self.end)
        }
    }
}
