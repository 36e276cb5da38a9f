import JSON

/// The agent's views.
extension FlowPlayer {
    /// Shows a view of the agent's; the agent types a choice's number or words, or a form's fields one by one.
    mutating func show(_ action: ContactFlow.Action) async throws -> Way {
        guard contact.channel == "CHAT" else { return fails(action, "works in chats and guides alone") }
        let view = AgentView(action, contact)
        for line in view.lines { world.say(ShownLine(.view, line)) }
        if let agent = world.agent { return try await answered(view, action, agent) }
        guard view.fields.isEmpty else { return try await fill(view, action) }
        let choices = view.choices.isEmpty ? "a result" : "\(Self.numbers(view.choices.count)), or the words beside it"
        world.hint("(Type \(choices); an empty line lets the time run out.)")
        while let typed = try await ask() {
            guard !typed.isEmpty else { return .error("TimeLimitExceeded", of: action) }
            guard !view.choices.isEmpty else { return chosen(typed, [:], action) }
            if let choice = view.choice(typed) { return chosen(choice.result, choice.data, action) }
            world.say("(Type \(Self.numbers(view.choices.count)), or the words beside it.)")
        }
        return .over
    }

    /// Returns the way on after a form whose fields are asked for one by one; its other buttons can be typed at each.
    private mutating func fill(_ view: AgentView, _ action: ContactFlow.Action) async throws -> Way {
        var form: [String: JSONValue] = [:]
        for (index, field) in view.fields.enumerated() {
            world.say(ShownLine(.view, "\(field.label)\(field.preset.isEmpty ? "" : " [\(field.preset)]"):"))
            while form[field.name] == nil {
                guard let typed = try await ask() else { return .over }
                let isLabel = view.choices.contains { $0.label.lowercased() == typed.lowercased() }
                if isLabel, let choice = view.choice(typed) { return chosen(choice.result, choice.data, action) }
                let value = typed.isEmpty ? field.preset : typed
                if value.isEmpty, index == 0 {
                    return .error("TimeLimitExceeded", of: action)
                }
                if value.isEmpty, field.isRequired {
                    world.say("(\(field.label) is required.)")
                } else {
                    form[field.name] = .string(value)
                }
            }
        }
        return chosen("Next", ["FormData": .object(form)], action)
    }

    /// Returns the way on after a reply to the whole view.
    private mutating func answered(
        _ view: AgentView, _ action: ContactFlow.Action, _ agent: (AgentView) async throws -> AgentAnswer?
    ) async throws -> Way {
        switch try await answer(to: view, agent) {
        case nil: .over
        case .silence?: .error("TimeLimitExceeded", of: action)
        case .choice(let choice)?: chosen(choice.result, choice.data, action)
        case .form(let values)?:
            chosen("Next", ["FormData": .object(values.mapValues(JSONValue.string))], action)
        }
    }

    private static func numbers(_ count: Int) -> String {
        count == 1 ? "1" : "a number from 1 to \(count)"
    }

    private mutating func chosen(_ result: String, _ data: JSONValue, _ action: ContactFlow.Action) -> Way {
        contact.views = ["Action": .string(result), "ViewResultData": data]
        return .to(branch(action, on: result))
    }
}
