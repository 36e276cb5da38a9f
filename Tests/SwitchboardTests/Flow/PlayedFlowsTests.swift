import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

@testable import switchboard

/// Flows of `played`, each with a script of what is typed and shown.
@Suite struct PlayedFlowsTests {
    private static let folder = TestProcess.root.appending(path: "Tests/SwitchboardTests/Flow/played")
    private static let scripts = Files.names(in: folder).filter { $0.hasSuffix(".call") }

    private static func flow(_ name: String) throws -> ContactFlow {
        let id = name.split(separator: "/").last.map(String.init) ?? name
        let url = folder.appending(path: id.hasSuffix(".json") ? id : "\(id).json")
        guard FileManager.default.fileExists(atPath: url.path) else { throw Refusal("There is no flow \(name).") }
        let flow = try CallCommand.read(url)
        return try ContactFlow(
            FlowVariables.filled(flow.json, ["VoiceAuthCheck.Arn": "VoiceAuthCheck"]).bytes, named: name)
    }

    @Test func `each flow has a script, or belongs to another`() {
        #expect(Self.scripts.count >= 11)
    }

    @Test(arguments: scripts)
    func `a flow is played as its script says`(name: String) async throws {
        let text = String(decoding: try Files.read(Self.folder.appending(path: name), "script"), as: UTF8.self)
        let terminal = CallTerminal(try TalkScript(text, named: name))
        let choices = try FlowChoices()
        let world = FlowPlayer.World(
            say: { terminal.say($0) },
            ask: { _ in try await terminal.next().flatMap { $0 == "hang up" ? nil : $0 } },
            invoke: { _, _, _ in .answer(Array(#"{"Branch":"verify"}"#.utf8)) },
            transfer: { _, _, _ in .failed }, profile: { _, _ in nil }, flow: { try Self.flow($0) },
            choice: { choices.choice(for: $0) }, percentage: { 77 })
        do {
            while let typed = try await terminal.next() {
                guard typed == "call" else {
                    #expect(choices.choose(String(typed.dropFirst("choose ".count))) == nil)
                    continue
                }
                var player = FlowPlayer(
                    flow: try Self.flow(name.replacing(".call", with: "")),
                    contact: FlowContact(customer: "+12065550142", system: "+12065550100"), world: world)
                try await player.play()
            }
        } catch let mismatch as CallMismatch {
            Issue.record("\(mismatch.description)")
        }
    }

    /// Every type of block that Amazon documents, alone in a flow: with what its page asks for, and with nothing.
    @Test(arguments: FlowBlock.all.keys.sorted())
    func `every type of block is played or said not to be, and ends`(type: String) async throws {
        let drafts = [BlockDraft.valid[type], nil].map { draft -> [JSONValue] in
            let end: JSONValue = ["Identifier": "end", "Type": "DisconnectParticipant"]
            return [draft?.action ?? ["Identifier": "it", "Type": .string(type)], end]
        }
        for actions in drafts {
            for contact in [
                FlowContact(customer: nil, system: "+12065550100"),
                FlowContact(customer: "+12065550142", system: "+12065550100").guide(),
            ] {
                let flow: JSONValue = ["StartAction": "it", "Actions": .array(actions)]
                let lines = Lines()
                let world = FlowPlayer.World(
                    say: { lines.add($0.text) }, ask: { _ in "1" },
                    invoke: { _, _, _ in .answer(Array("{}".utf8)) }, transfer: { _, _, _ in .ended },
                    profile: { _, _ in [:] }, flow: { throw Refusal("There is no flow \($0).") })
                var player = FlowPlayer(flow: try ContactFlow(flow.bytes, named: type), contact: contact, world: world)
                try await player.play()
                #expect(!lines.all.isEmpty, "\(type) is played without a word")
                #expect(!lines.all.contains { $0.contains("it loops") }, "\(type) \(lines.all)")
            }
        }
    }
}
