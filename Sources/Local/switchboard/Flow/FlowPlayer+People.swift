import Foundation
import JSON

/// Questions to people: the caller's keys, the agent's views, the customer's profile.
extension FlowPlayer {
    mutating func input(_ action: ContactFlow.Action) async throws -> String? {
        prompt(action)
        let keys = action.conditions.flatMap(\.operands)
        let wanted = keys.isEmpty ? "keys" : keys.formatted(.list(type: .or).locale(Locale(identifier: "en")))
        world.hint("(Type \(wanted), an empty line for none, or: hang up.)")
        guard let typed = try await world.ask() else { return nil }
        guard !typed.isEmpty else { return action.next(on: "InputTimeLimitExceeded") }
        let isStored = action.parameters["StoreInput"]?.string == "True"
        if isStored {
            contact.storedInput = typed
            return action.next
        }
        return branch(action, on: typed)
    }

    /// Shows a view of the agent's; the agent types a choice's number or words, or a form's fields one by one.
    mutating func show(_ action: ContactFlow.Action) async throws -> String? {
        let view = AgentView(action, contact)
        for line in view.lines { world.say(line) }
        guard view.fields.isEmpty else { return try await fill(view, action) }
        while let typed = try await world.ask() {
            guard !typed.isEmpty else { return action.next(on: "TimeLimitExceeded") }
            guard !view.choices.isEmpty else { return chosen(typed, [:], action) }
            if let choice = view.choice(typed) { return chosen(choice.result, choice.data, action) }
            world.say("(Type \(Self.numbers(view.choices.count)), or the words beside it.)")
        }
        return nil
    }

    /// Returns the action after a form whose fields are asked for one by one; its other buttons can be typed at each.
    private mutating func fill(_ view: AgentView, _ action: ContactFlow.Action) async throws -> String? {
        var form: [String: JSONValue] = [:]
        for (index, field) in view.fields.enumerated() {
            world.say("\(field.label)\(field.preset.isEmpty ? "" : " [\(field.preset)]"):")
            while form[field.name] == nil {
                guard let typed = try await world.ask() else { return nil }
                let isLabel = view.choices.contains { $0.label.lowercased() == typed.lowercased() }
                if isLabel, let choice = view.choice(typed) { return chosen(choice.result, choice.data, action) }
                let value = typed.isEmpty ? field.preset : typed
                if value.isEmpty, index == 0 { return action.next(on: "TimeLimitExceeded") }
                if value.isEmpty, field.isRequired {
                    world.say("(\(field.label) is required.)")
                } else {
                    form[field.name] = .string(value)
                }
            }
        }
        return chosen("Next", ["FormData": .object(form)], action)
    }

    private static func numbers(_ count: Int) -> String {
        count == 1 ? "1" : "a number from 1 to \(count)"
    }

    /// Plays the guide that the flow has set, like an agent's workspace: in a contact of its own.
    func openGuide() async throws {
        guard let guide else { return }
        let flow: ContactFlow
        do {
            flow = try world.flow(guide)
        } catch let refusal as Refusal {
            return world.say("(An agent accepts. No guide opens: \(refusal))")
        }
        world.say("(An agent accepts, and the guide opens.)")
        var player = FlowPlayer(flow: flow, contact: contact.guide(), world: world)
        try await player.play()
    }

    private mutating func chosen(_ result: String, _ data: JSONValue, _ action: ContactFlow.Action) -> String? {
        contact.views = ["Action": .string(result), "ViewResultData": data]
        return branch(action, on: result)
    }

    mutating func findProfile(_ action: ContactFlow.Action) -> String? {
        let request = action.parameters["ProfileRequestData"]
        let found = world.profile(contact.text(request?["IdentifierName"]), contact.text(request?["IdentifierValue"]))
        guard let found else { return action.next(on: "NoneFoundError") }
        contact.profile = found
        return action.next
    }
}
