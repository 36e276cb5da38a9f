import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import switchboard

/// The contact flows that template.yaml deploys.
struct FlowResourcesTests {
    private let project = Project(root: TestProcess.root)

    @Test func `a flow is deployed with its account's values in it, once all are given`() throws {
        let everything = TemplateGroup.everything.merging([
            "SegmentName": "Home", "SegmentQueueArn": "\(TemplateGroup.everything["QueueArn"] ?? "")2",
        ]) { $1 }
        let stacks = try SAMTransform.stacks([
            everything,
            everything.merging(["VoiceAuthBinding": "caller-id", "ConnectPhoneNumber": "+12065550100"]) { $1 },
        ])
        let expected = [
            [
                "DataDipFlow": "data-dip", "EntryFlow": "entry", "GuideFlow": "guide",
                "GuideHandlerFlow": "guide-handler",
                "VoiceAuthContactFlow": "voice-auth-contact", "VoicemailFlow": "voicemail",
            ],
            [
                "DataDipFlow": "data-dip", "EntryFlow": "entry", "GuideFlow": "guide",
                "GuideHandlerFlow": "guide-handler",
                "VoiceAuthCallerIdFlow": "voice-auth-caller-id", "VoicemailFlow": "voicemail",
            ],
        ]
        for (stack, expected) in zip(stacks, expected) {
            let flows = stack.properties(of: "AWS::Connect::ContactFlow")
            #expect(stack.broken.isEmpty && stack.unresolved.isEmpty)
            #expect(Set(flows.keys) == Set(expected.keys))
            for (id, flow) in flows {
                let name = expected[id] ?? ""
                #expect(flow["InstanceArn"]?.string == everything["ConnectInstanceArn"])
                #expect(flow["Name"]?.string == "switchboard-\(name)")
                let content = try #require(flow["Content"]?.string)
                #expect(try JSONValue(parsing: Array(content.utf8)) == filled(name, everything), "\(name)")
            }
        }
    }

    @Test func `without an instance, a queue, a sender or a number there is no flow that needs it`() throws {
        let everything = TemplateGroup.everything
        let flows = try SAMTransform.stacks(
            TemplateGroup.allCases.map(\.parameters)
                + ["ConnectInstanceArn", "QueueArn", "SystemEmailAddress", "TwilioPhoneNumber", "Recordings"].map {
                    name in
                    everything.filter { $0.key != name }
                }
        ).map { Set($0.properties(of: "AWS::Connect::ContactFlow").keys) }
        let none = Array(repeating: Set<String>(), count: TemplateGroup.allCases.count + 1)
        #expect(
            flows == none + [
                ["GuideFlow", "VoicemailFlow"], ["DataDipFlow", "VoiceAuthContactFlow", "VoicemailFlow"],
                ["DataDipFlow", "GuideFlow", "GuideHandlerFlow", "VoicemailFlow"],
                ["DataDipFlow", "GuideFlow", "GuideHandlerFlow", "VoiceAuthContactFlow", "VoicemailFlow"],
            ])
    }

    @Test func `a flow that the template does not know, or a name in it, is refused`() throws {
        let template = try #require(try project.template())
        func flow(_ name: String) throws -> ContactFlow {
            try ContactFlow(Array(#"{"Actions":[{"Parameters":{"Text":"${\#(name)}"}}]}"#.utf8), named: "flow")
        }
        #expect { try FlowResources(template: template, flows: ["new-one": flow("QueueArn")]).section() } throws: {
            "\($0)".contains("has no condition DeployNewOneFlow")
        }
        #expect { try FlowResources(template: template, flows: ["guide": flow("Other")]).section() } throws: {
            "\($0)".contains("guide has ${Other}, which is neither")
        }
        #expect(try FlowResources(template: template, flows: [:]).section() == "")
    }

    @Test func `a segment without a queue of its own waits with everybody`() throws {
        let everything = TemplateGroup.everything
        let stack = try #require(SAMTransform.stacks([everything]).first)
        let flow = stack.properties(of: "AWS::Connect::ContactFlow")["DataDipFlow"]
        let content = try JSONValue(parsing: Array((flow?["Content"]?.string ?? "").utf8))
        let queues = content["Actions"]?.array?.compactMap { $0["Parameters"]?["QueueId"]?.string } ?? []
        #expect(queues.count == 2 && Set(queues) == Set([everything["QueueArn"] ?? ""]))
    }

    /// Returns the flow's file with the parameters and the stack's location filled in; functions and flows stay open.
    private func filled(_ name: String, _ parameters: [String: String]) throws -> JSONValue {
        let place = ["AWS::Partition": "aws", "AWS::Region": "eu-central-1"]
        let parameters = parameters.merging(place) { $1 }
        let flow = try CallCommand.read(project.flow(named: name)).json
        let open = Set(flow.texts.flatMap(FlowVariables.names)).map { ($0, parameters[$0] ?? "${\($0)}") }
        return try FlowVariables.filled(flow, Dictionary(open) { $1 })
    }
}
