import Foundation
import JSON
import LocalServices
import Synchronization

@testable import switchboard

extension ParserTarget {
    /// Contact flows: read or refused, checked, filled in and played to an end; a flow without faults leads nowhere that is
    /// not there.
    static let flows = ParserTarget(
        name: "flows",
        tokens: [
            "\"Actions\":[", "\"Identifier\":\"", "\"Type\":\"", "\"Transitions\":{", "\"NextAction\":\"",
            "\"Conditions\":[", "\"Errors\":[",
            "\"Operands\":[", "\"Parameters\":{", "\"Metadata\":{", "$.External.", "$.Attributes.",
            "$['Attributes']['a b:c']", "$.",
            "${VoiceAuthCheck.Arn}", "${", "arn:aws:lambda:eu-central-1:1:function:F", "Compare", "Loop", "ShowView",
            "InvokeLambdaFunction",
            "GetParticipantInput", "TransferToFlow", "UpdateContactAttributes", "MessageParticipantIteratively",
            "NoMatchingError",
        ],
        seeds: {
            try ["integrations/connect", "Tests/SwitchboardTests/Flow"].flatMap {
                try ProjectFiles.contents(of: $0, ".json")
            }
        },
        check: checkFlow, nanosecondsPerByte: 1_000_000, shortRun: 60)

    private static let answers: [String: Set<String>] = [
        "VoiceAuthCheck": ["Branch", "handoverCode"], "SendSMS": ["status", "messageId", "parts"],
        "ConnectRecording": ["status", "recordId", "account"],
    ]

    private static func checkFlow(_ input: [UInt8]) throws {
        guard let flow = try read(Refusal.self, body: { try ContactFlow(input, named: "flow") }) else { return }
        let check = FlowCheck(flow: flow, answers: answers)
        let faults = check.faults
        for sentence in faults + check.notes { try Finding.unless(!sentence.isEmpty, "a fault says nothing") }
        let names = FlowVariables.names(of: flow.json)
        let values = Dictionary(names.map { ($0, "arn:aws:connect:eu-central-1:123456789012:instance/1/\($0.count)") })
        { $1 }
        if let filled = try read(Refusal.self, body: { try FlowVariables.filled(flow.json, values) }) {
            _ = try read(Refusal.self) { try ContactFlow(filled.bytes, named: "filled") }
        }
        if let refusal = played(flow), faults.isEmpty {
            try Finding.unless(
                !refusal.contains("not there"), "a flow without faults fails when it is played: \(refusal)")
        }
    }

    /// Plays a flow with a caller who presses 1 and functions that answer nothing of use; returns the refusal, if any.
    private static func played(_ flow: ContactFlow) -> String? {
        let lines = Mutex(0)
        let world = FlowPlayer.World(
            say: { _ in },
            ask: { _ in
                lines.withLock {
                    $0 += 1; return $0 < 20 ? "1" : nil
                }
            },
            invoke: { _, _, _ in .answer(Array(#"{"Branch":"verify","status":"sent"}"#.utf8)) },
            transfer: { _, _, _ in .ended }, profile: { _, _ in nil },
            flow: { _ in throw Refusal("There is no other flow.") })
        let result = Mutex<String?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task {
            var player = FlowPlayer(
                flow: flow, contact: FlowContact(customer: "+12065550142", system: "+12065550100", id: "c-1"),
                world: world)
            do { try await player.play() } catch { result.withLock { $0 = "\(type(of: error)): \(error)" } }
            done.signal()
        }
        done.wait()
        return result.withLock { $0 }
    }
}
