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
        var answered: [String: Source] = [:]
        var open: [(identifier: String, source: Source)] = [(flow.start, .earlierFlow)]
        while let (identifier, source) = open.popLast() {
            guard sources[identifier, default: []].insert(source).inserted, let action = flow[identifier] else {
                continue
            }
            guard action.type == "InvokeLambdaFunction" else {
                for target in action.targets { open.append((target, source)) }
                continue
            }
            if let next = action.next {
                let answer = answered[identifier] ?? Self.answered(by: action, answers.keys)
                answered[identifier] = answer
                open.append((next, answer))
            }
            for error in action.errors { open.append((error.next, .none)) }
        }
        return sources
    }

    /// Returns the source of `$.External` after an action that invokes a function.
    private static func answered(by action: ContactFlow.Action, _ functions: some Collection<String>) -> Source {
        let arn = action.parameters["LambdaFunctionARN"]?.string ?? ""
        return action.isAsynchronous ? .none : function(arn, functions).map(Source.function) ?? .other
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
