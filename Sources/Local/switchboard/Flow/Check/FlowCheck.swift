import JSON

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
        // Without a start nothing can be reached, which is one fault and not many.
        let reachable = flow[flow.start].map { _ in flow.reachable }
        let (written, repeated) = (flow.json["Actions"]?.array ?? [], repeatedMembers)
        for (index, action) in flow.actions.enumerated() {
            let name = action.identifier
            let title = name.isEmpty ? "Action \(index + 1) of the file" : action.title
            if !name.isEmpty, !seen.insert(name).inserted {
                faults.append("\"\(name)\" is the identifier of two actions.")
            }
            faults += identifier(name).map { "\(name.isEmpty ? title : "\"\(name)\"") \($0)" }
            let own = ActionShape.faults(in: written[index]) + (repeated[index] ?? []) + block(action) + speech(action)
            faults += own.map { "\(title) \($0)" }
            if !name.isEmpty, reachable?.contains(name) == false {
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
        return faults + (repeatedMembers[nil] ?? [])
    }

    /// The faults of members that are there twice, by the index of their action; nil for those outside of actions.
    private var repeatedMembers: [Int?: [String]] {
        var faults: [Int?: [String]] = [:]
        var seen: [Int?: Set<String>] = [:]
        for path in RepeatedMembers.all(in: flow.bytes) {
            let action = path.count > 2 && path[0] == "Actions" ? Int(path[1]) : nil
            let place = path.dropFirst(action == nil ? 0 : 2).joined(separator: ".")
            let fault = action == nil ? "\(place) is in the file twice: keep one." : "has \(place) twice: keep one."
            if seen[action, default: []].insert(fault).inserted { faults[action, default: []].append(fault) }
        }
        return faults
    }

    /// "Actions in the Amazon Connect Flow language": names that Connect's own code uses.
    private static let forbiddenIdentifiers: Set = [
        "__proto__", "constructor", "__defineGetter__", "__defineSetter__", "toString", "hasOwnProperty",
        "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "valueOf",
    ]

    private func identifier(_ name: String) -> [String] {
        if name.isEmpty { return ["has no identifier."] }
        if Self.forbiddenIdentifiers.contains(name) {
            return ["is an identifier that Amazon Connect forbids: give it another."]
        }
        if name.count > 50 { return ["is longer than 50 characters."] }
        let forbidden = name.filter { "%:(\\/)=$,;[]{}".contains($0) }
        return forbidden.isEmpty ? [] : ["has characters that an identifier must not have: \(forbidden)"]
    }

    private func block(_ action: ContactFlow.Action) -> [String] {
        let dangling = Set(action.targets).filter { flow[$0] == nil }.sorted().map {
            $0.isEmpty ? "has a branch without a NextAction: add one." : "leads to \"\($0)\", which is not there."
        }
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

    /// The faults of prompts in SSML.
    private func speech(_ action: ContactFlow.Action) -> [String] {
        action.prompts.compactMap { $0["SSML"]?.string }.filter { !$0.isEmpty }.compactMap(SpeechMarkup.fault)
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
        Set(action.texts.flatMap(Placeholder.all)).sorted().map {
            StandInAddress.isAccount($0) ? "\($0), an example account number" : $0
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
