import JSON

/// A contact flow as text: each action with its parameters as they are written, and each branch with its label.
struct FlowOutline {
    let flow: ContactFlow

    /// The lines, the actions in the order in which the start leads to them; those that nothing leads to are last.
    var lines: [String] {
        ["starts at \"\(flow.start)\""] + ordered.flatMap { ["", $0.title] + parameters($0) + branches($0) }
    }

    private var ordered: [ContactFlow.Action] {
        var (found, open, seen): ([ContactFlow.Action], [String], Set<String>) = ([], [flow.start], [])
        var next = 0
        while next < open.count {
            let name = open[next]
            next += 1
            guard seen.insert(name).inserted, let action = flow[name] else { continue }
            found.append(action)
            open += action.targets
        }
        return found + flow.actions.filter { !seen.contains($0.identifier) }
    }

    private func parameters(_ action: ContactFlow.Action) -> [String] {
        Self.lines(of: action.parameters, at: []).map { "  \($0)" }
    }

    /// Returns a line for each value, behind the names that lead to it.
    private static func lines(of value: JSONValue, at path: [String]) -> [String] {
        switch value {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { lines(of: $0.value, at: path + [$0.key]) }
        case .array(let elements):
            elements.enumerated().flatMap { lines(of: $0.element, at: path + [String($0.offset + 1)]) }
        case .string, .number, .bool, .null:
            ["\(path.joined(separator: " > ")): \(FlowPlayer.line(value.scalarText ?? "null"))"]
        }
    }

    private func branches(_ action: ContactFlow.Action) -> [String] {
        let next = action.next.map { [("NextAction", $0)] } ?? []
        let conditions = action.conditions.map { condition in
            ("\(condition.operator) \(condition.operands.joined(separator: ", "))", condition.next)
        }
        return (conditions + action.errors.map { ($0.type, $0.next) } + next).map { label, target in
            "  \(label) -> \"\(target)\"\(flow[target] == nil ? ", which is not there" : "")"
        }
    }
}
