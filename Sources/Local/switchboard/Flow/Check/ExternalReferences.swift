import JSON

/// The references to `$.External` of a flow, checked against the response of the function that ran before, on every
/// path.
struct ExternalReferences {
    let flow: ContactFlow
    let answers: [String: Set<String>]

    /// The function whose response `$.External` holds.
    private enum Source: Hashable {
        /// No function of this flow has run: another flow may have filled it.
        case earlierFlow
        /// The last function failed, or ran without the flow waiting for its response.
        case none
        /// A function of this project.
        case function(String)
        /// A function that the project does not know.
        case other
    }

    /// One sentence per reference that a function's response does not have, or that follows none.
    var faults: [String] {
        reads { name, source in
            switch source {
            case .none: "reads $.External.\(name) where no function has answered."
            case .function(let function) where answers[function]?.contains(name) != true:
                "reads $.External.\(name), which \(function) does not answer."
            case .earlierFlow, .function, .other: nil
            }
        }
    }

    /// One sentence per reference before any function of the flow: what it holds cannot be told from this flow.
    var notes: [String] {
        reads { name, source in
            source == .earlierFlow
                ? "reads $.External.\(name) before any function of this flow: a flow before it must have filled it."
                : nil
        }
    }

    private func reads(_ sentence: (_ name: String, _ source: Source) -> String?) -> [String] {
        let sources = sources
        var sentences: Set<String> = []
        for action in flow.actions {
            for name in Self.names(in: action) {
                for source in sources[action.identifier] ?? [] {
                    if let sentence = sentence(name, source) {
                        sentences.insert("\"\(action.identifier)\" \(sentence)")
                    }
                }
            }
        }
        return sentences.sorted()
    }

    /// The possible sources of `$.External` at each action: propagated along the branches until nothing changes.
    private var sources: [String: Set<Source>] {
        var sources: [String: Set<Source>] = [:]
        var open: [(identifier: String, source: Source)] = [(flow.start, .earlierFlow)]
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
        let answered: Source = action.isAsynchronous ? .none : function(arn, functions).map(Source.function) ?? .other
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
        Set(action.references.filter { $0.root == "External" }.compactMap(\.name))
    }
}

extension ContactFlow.Action {
    /// True for a function that the flow does not wait for: it leaves `$.External` empty.
    var isAsynchronous: Bool { parameters["InvocationType"]?.string?.uppercased() == "ASYNCHRONOUS" }
}
