import LambdaRuntime

/// What is wrong with a contact flow, beyond what Amazon Connect says at its import.
struct FlowCheck {
    let flow: ContactFlow
    /// The fields that each function of the project answers, by the function's name.
    let answers: [String: Set<String>]

    /// Actions behind which the flow ends: their transitions are empty, unless there is a branch for a failure.
    private static let ends: Set = [
        "DisconnectParticipant", "EndFlowExecution", "EndFlowModuleExecution", "TransferContactToAgent",
        "TransferContactToQueue", "TransferToFlow",
    ]

    /// The branches without which a contact would be lost.
    private static let requiredErrors: [String: Set<String>] = [
        "InvokeLambdaFunction": ["NoMatchingError"], "Compare": ["NoMatchingCondition"],
        "ShowView": ["NoMatchingError", "TimeLimitExceeded"], "GetParticipantInput": ["NoMatchingError"],
        "TransferParticipantToThirdParty": ["NoMatchingError"], "TransferContactToQueue": ["NoMatchingError"],
        "TransferToFlow": ["NoMatchingError"], "GetCustomerProfile": ["NoMatchingError"],
        "CreateCustomerProfile": ["NoMatchingError"],
    ]

    /// One sentence a fault, in the order of the actions; empty when there is none.
    var faults: [String] {
        var faults = document
        var seen: Set<String> = []
        let reachable = reachable
        for action in flow.actions {
            let name = action.identifier
            if !seen.insert(name).inserted { faults.append("\"\(name)\" is the identifier of two actions.") }
            faults += identifier(name).map { "\"\(name)\" \($0)" }
            faults += branches(action).map { "\"\(name)\" \($0)" }
            if action.type == "InvokeLambdaFunction" { faults += lambda(action).map { "\"\(name)\" \($0)" } }
            if !reachable.contains(name) { faults.append("\"\(name)\" cannot be reached from the start.") }
        }
        return faults + ExternalReferences(flow: flow, answers: answers).faults + placeholders
    }

    private var document: [String] {
        var faults: [String] = []
        if flow.version != ContactFlow.version { faults.append("Version must be \(ContactFlow.version).") }
        if flow.actions.isEmpty { faults.append("There are no actions.") }
        if flow[flow.start] == nil { faults.append("StartAction names no action: \"\(flow.start)\".") }
        return faults
    }

    private var reachable: Set<String> {
        var reached: Set<String> = []
        var open = [flow.start]
        while let name = open.popLast() {
            guard reached.insert(name).inserted else { continue }
            open += flow.actions.filter { $0.identifier == name }.flatMap(\.targets)
        }
        return reached
    }

    private func identifier(_ name: String) -> [String] {
        if name.isEmpty { return ["has no identifier."] }
        if name.count > 50 { return ["is longer than 50 characters."] }
        let forbidden = name.filter { "%:(\\/)=$,;[]{}".contains($0) }
        return forbidden.isEmpty ? [] : ["has characters that an identifier must not have: \(forbidden)"]
    }

    private func branches(_ action: ContactFlow.Action) -> [String] {
        guard !action.type.isEmpty else { return ["has no type."] }
        let known = Set(flow.actions.map(\.identifier))
        var faults = action.targets.filter { !known.contains($0) }.map { "leads to \"\($0)\", which is not there." }
        if action.next == nil, !Self.ends.contains(action.type) || !action.targets.isEmpty {
            faults.append("has no NextAction.")
        }
        let missing = (Self.requiredErrors[action.type] ?? []).subtracting(action.errors.map(\.type)).sorted()
        faults += missing.map { "has no branch for \($0): the contact would be lost." }
        return faults
    }

    private func lambda(_ action: ContactFlow.Action) -> [String] {
        var faults: [String] = []
        if action.parameters["LambdaFunctionARN"]?.string?.isEmpty ?? true {
            faults.append("has no LambdaFunctionARN.")
        }
        let limit = action.parameters["InvocationTimeLimitSeconds"]
        if limit?.string.flatMap({ Int($0) }).map({ 1...8 ~= $0 }) != true {
            faults.append("needs InvocationTimeLimitSeconds from \"1\" to \"8\", as text.")
        }
        if !action.conditions.isEmpty { faults.append("takes no conditions: branch with Compare on $.External.") }
        return faults
    }

    private var placeholders: [String] {
        let functions = Set(answers.keys)
        return Set(flow.json.texts.flatMap { Placeholder.all(in: $0, functions) }).sorted().map {
            "A placeholder is left: \($0)"
        }
    }
}
