import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import switchboard

@Suite struct FlowOutlineTests {
    private static let folder = TestProcess.root.appending(path: "Tests/SwitchboardTests/Flow")

    @Test func `actions have their parameters as written, and branches their labels`() throws {
        let flow = try CallCommand.read(Self.folder.appending(path: "played/checks.json"))
        let lines = FlowOutline(flow: flow).lines
        #expect(
            lines.starts(with: [
                "starts at \"hours\"", "", "\"hours\" (CheckHoursOfOperation)", "  Equals True -> \"staff\"",
                "  Equals False -> \"shut\"", "  NoMatchingError -> \"shut\"", "  NextAction -> \"shut\"", "",
            ]))
        #expect(lines.contains("  NumberLessThan 51 -> \"half\""))
        #expect(lines.contains("  QueueId: $.Attributes.desk"))
        let references = try CallCommand.read(Self.folder.appending(path: "played/dynamic-key.json"))
        #expect(FlowOutline(flow: references).lines.contains("  Attributes > $.Attributes.key: red"))
    }

    @Test func `a branch that leads nowhere is named, and actions that nothing leads to are last`() throws {
        let flow: JSONValue = [
            "StartAction": "a",
            "Actions": [
                ["Identifier": "alone", "Type": "DisconnectParticipant"],
                [
                    "Identifier": "a", "Type": "MessageParticipantIteratively",
                    "Parameters": ["Messages": [["Text": "One\ntwo"], ["PromptId": .null]]],
                    "Transitions": ["NextAction": "gone"],
                ],
            ],
        ]
        #expect(
            FlowOutline(flow: try ContactFlow(flow.bytes, named: "test")).lines == [
                "starts at \"a\"", "", "\"a\" (MessageParticipantIteratively)", "  Messages > 1 > Text: One two",
                "  Messages > 2 > PromptId: null", "  NextAction -> \"gone\", which is not there", "",
                "\"alone\" (DisconnectParticipant)",
            ])
    }

    @Test func `every flow of the project and of these tests has an outline with each action once`() throws {
        let folders = ["played", "refused", "taken"].map { Self.folder.appending(path: $0) }
        let own = folders.flatMap { folder in Files.names(in: folder).map { folder.appending(path: $0) } }
        for url in own + Project(root: TestProcess.root).flows where url.pathExtension == "json" {
            let flow = try CallCommand.read(url)
            let lines = FlowOutline(flow: flow).lines
            for action in flow.actions { #expect(lines.count { $0 == action.title } == 1, "\(url.lastPathComponent)") }
            #expect(lines.count { $0.contains(" -> ") } >= flow.actions.reduce(0) { $0 + $1.targets.count })
        }
    }

    @Test func `a variable in a key is filled in, and asked for`() throws {
        let json: JSONValue = ["Attributes": ["${Desk}-x": "$.Attributes['${Desk}']"]]
        #expect(FlowVariables.names(of: json) == ["Desk"])
        #expect(
            try FlowVariables.filled(json, ["Desk": "north"]) == ["Attributes": ["north-x": "$.Attributes['north']"]])
        #expect(throws: Refusal.self) { try FlowVariables.filled(["${Desk}": "x"], [:]) }
    }
}
