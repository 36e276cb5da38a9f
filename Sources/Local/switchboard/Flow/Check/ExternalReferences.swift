import Foundation
import JSON

/// The references `$.External.name` of a flow, checked against the response of the function that ran before, on every
/// path.
struct ExternalReferences {
    let flow: ContactFlow
    let answers: [String: Set<String>]

    /// The function whose response `$.External` holds.
    private enum Source: Hashable {
        /// No function has run, or the last one failed.
        case none
        /// A function of this project.
        case function(String)
        /// A function that the project does not know.
        case other
    }

    var faults: [String] {
        let sources = sources
        var faults: [String] = []
        for action in flow.actions {
            for name in Self.names(in: action) {
                for source in sources[action.identifier] ?? [] {
                    switch source {
                    case .none:
                        faults.append(
                            "\"\(action.identifier)\" reads $.External.\(name) where no function has answered.")
                    case .function(let function):
                        if answers[function]?.contains(name) != true {
                            faults.append(
                                "\"\(action.identifier)\" reads $.External.\(name), which \(function) does not answer.")
                        }
                    case .other: break
                    }
                }
            }
        }
        return Set(faults).sorted()
    }

    /// The possible sources of `$.External` at each action: propagated along the branches until nothing changes.
    private var sources: [String: Set<Source>] {
        var sources: [String: Set<Source>] = [:]
        var open: [(identifier: String, source: Source)] = [(flow.start, .none)]
        while let (identifier, source) = open.popLast() {
            guard sources[identifier, default: []].insert(source).inserted, let action = flow[identifier] else {
                continue
            }
            for (target, source) in Self.branches(of: action, answers.keys, source) { open.append((target, source)) }
        }
        return sources
    }

    private static func branches(
        of action: ContactFlow.Action, _ functions: some Collection<String>, _ before: Source
    ) -> [(String, Source)] {
        guard action.type == "InvokeLambdaFunction" else { return action.targets.map { ($0, before) } }
        let arn = action.parameters["LambdaFunctionARN"]?.string ?? ""
        let isAnswered = action.parameters["InvocationType"]?.string != "ASYNCHRONOUS"
        let answered: Source = isAnswered ? function(arn, functions).map(Source.function) ?? .other : .none
        return (action.next.map { [($0, answered)] } ?? []) + action.errors.map { ($0.next, .none) }
    }

    /// Returns the function that an ARN or its variable names; a stack puts its own name around it.
    static func function(_ arn: String, _ functions: some Collection<String>) -> String? {
        let name = FlowVariables.names(in: arn).first ?? arn.split(separator: ":").dropFirst(6).first.map(String.init)
        return name.flatMap { name in
            functions.filter { name.contains($0) }.max { $0.count < $1.count }
        }
    }

    private static func names(in action: ContactFlow.Action) -> Set<String> {
        let texts = action.parameters.texts + action.conditions.flatMap(\.operands)
        // JSONPath allows brackets too.
        return Set(
            texts.flatMap { text in
                text.matches(of: /\$\.External(?:\.|\[['"])([A-Za-z0-9_\-]+)/).map { String($0.output.1) }
            })
    }
}
