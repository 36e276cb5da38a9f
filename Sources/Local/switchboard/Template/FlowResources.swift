import Foundation
import JSON
import Settings

/// The contact flows as resources of template.yaml, made from integrations/connect so that there is one source.
///
/// A flow depends on the condition `Deploy<Flow>Flow`. CloudFormation fills in its `${<Function>.Arn}`, and those of
/// its `${Name}` that are parameters; `AWS::Connect::ContactFlow` in the CloudFormation reference.
struct FlowResources {
    /// The references of flows to each other, and to what stands in for a parameter that is empty.
    private static let references = [
        // An ARN ends with /contact-flow/ and the id.
        "GuideFlowId": "!Select [3, !Split [\"/\", !Ref GuideFlow]]",
        "SegmentQueueArn": "!If [HasSegmentQueue, !Ref SegmentQueueArn, !Ref QueueArn]",
        "VoiceAuthFlowArn": "!If [BindsByCallerId, !Ref VoiceAuthCallerIdFlow, !Ref VoiceAuthContactFlow]",
    ]

    let template: Template
    /// The flows by their file's name, without `.json`.
    let flows: [String: ContactFlow]

    /// The part of template.yaml with the flows; empty without any.
    func section() throws -> String {
        guard !flows.isEmpty else { return "" }
        let resources = try flows.sorted { $0.key < $1.key }.map { try resource($0.key, $0.value) }
        return ([Self.heading] + resources).joined(separator: "\n\n")
    }

    /// Returns the logical id of a flow's resource: `VoiceAuthContactFlow` for `voice-auth-contact`.
    static func id(of name: String) -> String {
        name.split(separator: "-").map(\.capitalized).joined() + "Flow"
    }

    private static let heading =
        "  # --- Contact flows, from integrations/connect " + String(repeating: "-", count: 72)

    private func resource(_ name: String, _ flow: ContactFlow) throws -> String {
        let id = Self.id(of: name)
        guard template.conditions["Deploy\(id)"] != nil else {
            throw Refusal("\(Stacks.folder)/ has no condition Deploy\(id): say there when \(name) is deployed.")
        }
        let names = FlowVariables.names(of: flow.json)
        if let open = names.first(where: { !isGiven($0) }) {
            throw Refusal(
                "\(name) has ${\(open)}, which is neither a parameter of \(Template.file) nor a function's ARN.")
        }
        // Amazon Connect knows a function once it is associated with the instance.
        let associations = names.map { $0.replacing(".Arn", with: "ConnectAssociation") }
            .filter { template.resources[$0] != nil }
        let own = names.compactMap { name in Self.references[name].map { "\(name): \($0)" } }
        var lines = ["  \(id):", "    Type: AWS::Connect::ContactFlow", "    Condition: Deploy\(id)"]
        if !associations.isEmpty { lines.append("    DependsOn: [\(associations.joined(separator: ", "))]") }
        lines += [
            "    Properties:", "      InstanceArn: !Ref ConnectInstanceArn",
            "      Name: !Sub ${AWS::StackName}-\(name)", "      Type: CONTACT_FLOW",
        ]
        // "Fn::Sub" in the CloudFormation reference: a map of variables only where there are any.
        if own.isEmpty {
            lines += ["      Content: !Sub |-"] + Self.text(flow.json).map { "        " + $0 }
        } else {
            lines += ["      Content: !Sub", "        - |-"] + Self.text(flow.json).map { "          " + $0 }
            lines.append("        - " + own.joined(separator: "\n          "))
        }
        return lines.joined(separator: "\n")
    }

    private func isGiven(_ name: String) -> Bool {
        let function = name.hasSuffix(".Arn") ? template.functions[String(name.dropLast(4))] : nil
        return function != nil || template.parameters[name] != nil || Self.references[name] != nil
            || ["AWS::Partition", "AWS::Region"].contains(name)
    }

    /// Returns the flow in JSON, an action a line.
    private static func text(_ flow: JSONValue) -> [String] {
        let members = (flow.object ?? [:]).filter { $0.key != "Actions" }.sorted { $0.key < $1.key }
        let actions = (flow["Actions"]?.array ?? []).map(\.text)
        let last = actions.indices.last
        return ["{"] + members.map { "\(JSONValue.string($0.key).text):\($0.value.text)," } + ["\"Actions\":["]
            + actions.indices.map { actions[$0] + ($0 == last ? "" : ",") } + ["]}"]
    }
}

extension Template {
    /// Returns the type that a flow of integrations/connect is deployed as; nil for one that is not.
    func flowType(_ name: String) -> FlowType? {
        let resource = resources(of: "AWS::Connect::ContactFlow")[FlowResources.id(of: name)]
        return resource?["Properties"]?["Type"]?.string.flatMap(FlowType.init(named:))
    }
}

extension Project {
    /// Returns the flows of integrations/connect, by their file's name without `.json`.
    func contactFlows() throws -> [String: ContactFlow] {
        let flows = try flows.map { url in
            let name = url.deletingPathExtension().lastPathComponent
            return (name, try ContactFlow(Files.read(url, "contact flow"), named: url.lastPathComponent))
        }
        return Dictionary(flows) { $1 }
    }
}
