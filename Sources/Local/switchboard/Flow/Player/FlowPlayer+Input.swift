import Foundation
import JSON

/// The caller's keys and words.
extension FlowPlayer {
    mutating func input(_ action: ContactFlow.Action) async throws -> Way {
        guard contact.channel == "VOICE" else { return fails(action, "takes keys, which a chat does not have") }
        prompt(action.parameters, of: action)
        guard let stored = StoredInput(action, contact) else {
            let wanted = Self.list(action.conditions.flatMap(\.operands))
            guard let keys = try await keys(hint: wanted.isEmpty ? "a key" : wanted) else { return .over }
            guard let key = keys.first else {
                return .error("InputTimeLimitExceeded", of: action)
            }
            if keys.count > 1 { world.say("(The first key counts: \(key).)") }
            return .to(branch(action, on: String(key)))
        }
        let isEncrypted = action.parameters["InputEncryption"] != nil
        if isEncrypted {
            world.say("(\"\(action.identifier)\": the input is not encrypted here.)")
        }
        guard let keys = try await keys(hint: stored.hint, isSecret: isEncrypted) else { return .over }
        switch stored.result(of: keys) {
        case .stored(let input, let ignored):
            if ignored > 0 { world.say("(The last \(ignored == 1 ? "key comes" : "\(ignored) keys come") too late.)") }
            contact.storedInput = input
            return .to(action.next)
        case .invalid: return fails(action, "takes no such phone number", "InvalidPhoneNumber")
        }
    }

    /// Returns the keys that are typed next, and asks again for what a telephone has no keys for; empty for silence, nil
    /// when the caller has hung up.
    private mutating func keys(hint: String, isSecret: Bool = false) async throws -> String? {
        world.hint("(Type \(hint), an empty line for none, or: hang up.)")
        while let typed = try await ask(isSecret: isSecret) {
            var keys = typed.filter { $0 != " " }
            // A telephone dials + as part of no number.
            if keys.hasPrefix("+") { keys.removeFirst() }
            if keys.allSatisfy({ "0123456789*#".contains($0) }) { return keys }
            world.say("(No words are heard here: Amazon Connect listens for the keys 0 to 9, * and #.)")
        }
        return nil
    }

    /// Asks a bot of Amazon Lex, whose part the person at the terminal takes.
    mutating func bot(_ action: ContactFlow.Action) async throws -> Way {
        prompt(action.parameters, of: action)
        let intents = Self.list(action.conditions.flatMap(\.operands))
        world.say(
            "(The bot is not played: type the intent that it finds\(intents.isEmpty ? "" : ", such as \(intents)").)")
        guard let typed = try await ask() else { return .over }
        contact.lex = nil
        guard !typed.isEmpty else { return .to(action.error("NoMatchingCondition")?.next ?? action.next) }
        let known = action.conditions.flatMap(\.operands).first { $0.lowercased() == typed.lowercased() }
        let intent = known ?? typed
        contact.lex = [
            "IntentName": .string(intent), "IntentConfidence": ["Score": "1.0"], "DialogState": "Fulfilled",
            "Slots": [:], "SessionAttributes": .object(contact.values(members(action, "LexSessionAttributes"))),
        ]
        return .to(branch(action, on: intent))
    }

    /// Returns the members of a parameter that is an object; empty for any other.
    func members(_ action: ContactFlow.Action, _ name: String) -> [String: JSONValue] {
        action.parameters[name]?.object ?? [:]
    }

    private static func list(_ names: [String]) -> String {
        names.formatted(.list(type: .or).locale(Locale(identifier: "en")))
    }
}
