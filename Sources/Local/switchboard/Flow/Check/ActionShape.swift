import JSON

/// The JSON types that the members of an action have.
///
/// "Actions in the Amazon Connect Flow language"; a member that is missing or null is judged elsewhere.
enum ActionShape {
    private enum Kind: String {
        case text = "a text"
        case object = "an object"
        case list = "a list"

        func fits(_ value: JSONValue) -> Bool {
            switch self {
            case .text: value.string != nil
            case .object: value.object != nil
            case .list: value.array != nil
            }
        }
    }

    private static let members: [(path: String, kind: Kind)] = [
        ("Identifier", .text), ("Type", .text), ("Parameters", .object), ("Transitions", .object),
        ("Transitions.NextAction", .text), ("Transitions.Conditions", .list), ("Transitions.Errors", .list),
    ]
    private static let branches: [(list: String, members: [(path: String, kind: Kind)])] = [
        (
            "Conditions",
            [
                ("NextAction", .text), ("Condition", .object), ("Condition.Operator", .text),
                ("Condition.Operands", .list),
            ]
        ), ("Errors", [("NextAction", .text), ("ErrorType", .text)]),
    ]

    /// Returns the faults of an action as written: one sentence each, without its subject, which is the action.
    static func faults(in action: JSONValue) -> [String] {
        guard action.object != nil else { return ["is no JSON object: write {\"Identifier\": …, \"Type\": …}."] }
        return faults(in: action, members, "")
            + branches.flatMap { list, members in
                (action["Transitions"]?[list]?.array ?? []).flatMap { branch in
                    branch.object == nil
                        ? ["has \(list) with an element that is no JSON object."]
                        : faults(in: branch, members, " of its \(list)")
                }
            }
    }

    private static func faults(
        in object: JSONValue, _ members: [(path: String, kind: Kind)], _ place: String
    ) -> [String] {
        members.compactMap { path, kind in
            guard let value = object.value(at: path), !kind.fits(value) else { return nil }
            return "needs \(path)\(place) as \(kind.rawValue)."
        }
    }
}

extension JSONValue {
    /// Returns the member at a path of names with dots between them; nil when it is missing or null.
    func value(at path: String) -> JSONValue? {
        path.split(separator: ".").reduce(Optional(self)) { $0?[String($1)] }
    }
}
