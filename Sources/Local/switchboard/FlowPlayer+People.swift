import Foundation
import LambdaRuntime

/// Questions to people: the caller's keys, the agent's views, the profile of whom they speak with.
extension FlowPlayer {
    mutating func input(_ action: ContactFlow.Action) async throws -> String? {
        prompt(action)
        guard let typed = try await world.ask() else { return nil }
        guard !typed.isEmpty else { return action.next(on: "InputTimeLimitExceeded") }
        let isStored = action.parameters["StoreInput"]?.string == "True"
        if isStored {
            contact.storedInput = typed
            return action.next
        }
        return branch(action, on: typed)
    }

    /// Shows a view of the agent's; the agent types a card's action, `back`, or the form's fields one by one.
    mutating func show(_ action: ContactFlow.Action) async throws -> String? {
        let data = action.parameters["ViewData"] ?? [:]
        world.say("Agent sees: \(contact.text(data["Heading"]))")
        if let sub = data["SubHeading"] { world.say("  \(contact.text(sub))") }
        for card in data["Cards"]?.array ?? [] {
            let actions = (card["Detail"]?["Actions"]?.array ?? []).compactMap(\.string)
            world.say("  \(contact.text(card["Summary"]?["Heading"])): \(actions.joined(separator: ", "))")
        }
        let fields = Self.fields(data["Sections"] ?? .null)
        guard let typed = try await world.ask() else { return nil }
        guard !typed.isEmpty else { return action.next(on: "TimeLimitExceeded") }
        if typed.lowercased() == "back" { return chosen("Back", [:], action) }
        guard !fields.isEmpty else {
            let isCard = data["Cards"] != nil
            return chosen(isCard ? "ActionSelected" : "Next", ["actionName": .string(typed)], action)
        }
        var form: [String: JSONValue] = [:]
        for (index, field) in fields.enumerated() {
            if index == 0 {
                form[field] = .string(typed)
            } else {
                guard let typed = try await world.ask() else { return nil }
                form[field] = .string(typed)
            }
        }
        return chosen("Next", ["FormData": .object(form)], action)
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

    /// The names of a form's inputs, in their order.
    private static func fields(_ sections: JSONValue) -> [String] {
        if let elements = sections.array { return elements.flatMap(fields) }
        guard sections.object != nil else { return [] }
        if sections["Type"]?.string == "FormInput", let name = sections["Name"]?.string { return [name] }
        return fields(sections["Items"] ?? .null)
    }
}
