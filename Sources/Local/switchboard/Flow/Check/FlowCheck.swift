/// The faults of a contact flow, which Amazon Connect would refuse or which fail in a call, and its notes.
struct FlowCheck {
    let flow: ContactFlow
    /// The members of each function's response, by the function's name.
    let answers: [String: Set<String>]
    /// The type it is deployed as; nil to use its own metadata.
    var type: FlowType?
    /// The attributes set by the other flows that are checked with it.
    var attributesOfOthers = FlowAttributes()

    /// "Amazon Connect service quotas": actions in a flow.
    private static let mostActions = 250

    /// One sentence per fault, in the order of the actions; empty when there is none.
    var faults: [String] {
        var faults = document
        var seen: Set<String> = []
        let reachable = flow.reachable
        for action in flow.actions {
            let name = action.identifier
            if !seen.insert(name).inserted { faults.append("\"\(name)\" is the identifier of two actions.") }
            faults += identifier(name).map { "\"\(name)\" \($0)" }
            faults += block(action).map { "\(action.title) \($0)" }
            if !reachable.contains(name) {
                faults.append("\"\(name)\" cannot be reached from the start: lead to it, or take it out.")
            }
            faults += placeholders(action).map { "\"\(name)\" has a placeholder left: \($0)" }
        }
        return faults + guide + variables + ExternalReferences(flow: flow, answers: answers).faults
    }

    /// One sentence per note, in the order of the actions: Amazon Connect accepts these.
    var notes: [String] {
        FlowNotes(flow: flow, type: flow.type ?? type, attributes: attributesOfOthers).all
            + ExternalReferences(flow: flow, answers: answers).notes
    }

    private var document: [String] {
        var faults: [String] = []
        if flow.version != ContactFlow.version { faults.append("Version must be \(ContactFlow.version).") }
        if flow.actions.isEmpty { faults.append("There are no actions.") }
        if flow.actions.count > Self.mostActions {
            faults.append(
                "There are \(flow.actions.count) actions, and a flow may have \(Self.mostActions): move some to a module."
            )
        }
        if flow[flow.start] == nil { faults.append("StartAction names no action: \"\(flow.start)\".") }
        return faults
    }

    private func identifier(_ name: String) -> [String] {
        if name.isEmpty { return ["has no identifier."] }
        if name.count > 50 { return ["is longer than 50 characters."] }
        let forbidden = name.filter { "%:(\\/)=$,;[]{}".contains($0) }
        return forbidden.isEmpty ? [] : ["has characters that an identifier must not have: \(forbidden)"]
    }

    private func block(_ action: ContactFlow.Action) -> [String] {
        let dangling = Set(action.targets).filter { flow[$0] == nil }.sorted()
            .map { "leads to \"\($0)\", which is not there." }
        guard !action.type.isEmpty else { return dangling + ["has no Type."] }
        guard let block = action.block else {
            let meant = FlowBlock.like(action.type).map { "write it \($0)" } ?? "look it up in the Flow language"
            return dangling + ["is of a type that Amazon Connect does not have: \(meant)."]
        }
        return dangling + next(of: action, block) + block.rules.flatMap { $0.faults(in: action) }
    }

    private func next(of action: ContactFlow.Action, _ block: FlowBlock) -> [String] {
        switch block.course {
        case .ends where !action.targets.isEmpty: ["ends the flow and takes no Transitions: leave them empty."]
        case .goesOn where action.next == nil, .handsOver where action.next == nil:
            ["has no NextAction: add one to its Transitions."]
        case .goesOn, .handsOver, .loops, .ends: []
        }
    }

    /// The faults of a guide, a contact of its own, which has neither the caller's number nor the dialled one.
    private var guide: [String] {
        guard flow.isGuide else { return [] }
        return flow.actions.flatMap { action in
            ["CustomerEndpoint", "SystemEndpoint"].filter { action.reads($0) }.map {
                "\(action.title) reads $.\($0), which is empty in a guide: read an attribute that the call's flow has "
                    + "copied it into."
            }
        }
    }

    private func placeholders(_ action: ContactFlow.Action) -> [String] {
        Set(action.texts.flatMap(Placeholder.all)).sorted().map { text in
            text.wholeMatch(of: /[0-9]{12}/) == nil ? text : "\(text), an example account number"
        }
    }

    /// The faults of variables, which are allowed anywhere: all are filled in when the flow is rendered.
    private var variables: [String] {
        let functions = Set(answers.keys)
        return Set(flow.json.texts.flatMap { Placeholder.variables(in: $0, functions) }).sorted().map {
            "A placeholder is left: \($0)"
        }
    }
}

extension ContactFlow.Action {
    /// Its identifier and type, for messages.
    var title: String { type.isEmpty ? "\"\(identifier)\"" : "\"\(identifier)\" (\(type))" }
}
