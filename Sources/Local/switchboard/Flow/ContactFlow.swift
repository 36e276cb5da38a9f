import JSON
import Settings

/// A contact flow in Amazon Connect's flow language, in the form that is imported.
///
/// "Amazon Connect Flow language" in the Amazon Connect API Reference, version 2019-10-30.
struct ContactFlow: Sendable {
    static let version = "2019-10-30"

    /// One step of a flow.
    struct Action: Sendable {
        let identifier: String
        let type: String
        let parameters: JSONValue
        /// The next action's identifier if no branch applies; nil at an end, and for an empty one.
        let next: String?
        let conditions: [Condition]
        let errors: [ErrorBranch]

        /// The identifiers it can lead to.
        var targets: [String] {
            (next.map { [$0] } ?? []) + conditions.map(\.next) + errors.map(\.next)
        }
    }

    /// A branch taken when the action's result matches the operands.
    struct Condition: Sendable {
        let `operator`: String
        let operands: [String]
        let next: String
    }

    /// A branch taken on an error.
    struct ErrorBranch: Sendable {
        let type: String
        let next: String
    }

    /// The name of its file, without `.json`.
    let name: String
    let version: String
    let start: String
    let actions: [Action]
    /// The whole document as read, and its text without a byte order mark.
    let json: JSONValue
    let bytes: [UInt8]
    let hasByteOrderMark: Bool
    /// The indexes of the actions, by identifier: several where it is not unique.
    private let indexes: [String: [Int]]

    /// Reads a flow; a branch without a target has an empty one. `name` is its file's.
    init(_ bytes: [UInt8], named name: String) throws(Refusal) {
        let file = try FlowFile(bytes, named: name)
        self.name = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
        json = file.json
        self.bytes = file.bytes
        hasByteOrderMark = file.hasByteOrderMark
        version = json["Version"]?.string ?? ""
        start = json["StartAction"]?.string ?? ""
        let actions = (json["Actions"]?.array ?? []).map(Action.init)
        self.actions = actions
        indexes = Dictionary(grouping: actions.indices) { actions[$0].identifier }
    }

    /// The actions that its start leads to, by their identifiers.
    var reachable: Set<String> { reached { _ in true } }

    /// Returns the actions that its start leads to, but none after those for which `goesOn` is false.
    func reached(goingOn goesOn: (Action) -> Bool) -> Set<String> {
        var reached: Set<String> = []
        var open = [start]
        while let name = open.popLast() {
            guard reached.insert(name).inserted else { continue }
            open += indexes[name, default: []].map { actions[$0] }.filter(goesOn).flatMap(\.targets)
        }
        return reached
    }

    /// The mark of an agent's guide, which runs in a contact of its own: the flow shows views.
    var isGuide: Bool { actions.contains { $0.type == "ShowView" } }

    /// The first action of that identifier.
    subscript(identifier: String) -> Action? {
        indexes[identifier]?.first.map { actions[$0] }
    }
}

extension ContactFlow.Action {
    init(_ json: JSONValue) {
        let transitions = json["Transitions"]
        self.init(
            identifier: json["Identifier"]?.string ?? "", type: json["Type"]?.string ?? "",
            parameters: json["Parameters"] ?? [:],
            next: transitions?["NextAction"]?.string.flatMap { $0.isEmpty ? nil : $0 },
            conditions: (transitions?["Conditions"]?.array ?? []).map { branch in
                ContactFlow.Condition(
                    operator: branch["Condition"]?["Operator"]?.string ?? "",
                    operands: (branch["Condition"]?["Operands"]?.array ?? []).compactMap(\.scalarText),
                    next: branch["NextAction"]?.string ?? "")
            },
            errors: (transitions?["Errors"]?.array ?? []).map { branch in
                ContactFlow.ErrorBranch(
                    type: branch["ErrorType"]?.string ?? "", next: branch["NextAction"]?.string ?? "")
            })
    }

    /// Returns the branch of an error, else that of every other error.
    func error(_ type: String) -> ContactFlow.ErrorBranch? {
        errors.first { $0.type == type } ?? errors.first { $0.type == "NoMatchingError" }
    }
}

extension JSONValue {
    /// Every string in it, those of objects in the order of their keys.
    var texts: [String] {
        var texts: [String] = []
        addTexts(to: &texts, withKeys: false)
        return texts
    }

    /// Every string in it and every key, in the order of the keys.
    var textsWithKeys: [String] {
        var texts: [String] = []
        addTexts(to: &texts, withKeys: true)
        return texts
    }

    private func addTexts(to texts: inout [String], withKeys: Bool) {
        switch self {
        case .string(let text): texts.append(text)
        case .array(let elements): for element in elements { element.addTexts(to: &texts, withKeys: withKeys) }
        case .object(let members):
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                if withKeys { texts.append(key) }
                value.addTexts(to: &texts, withKeys: withKeys)
            }
        case .null, .bool, .number: break
        }
    }
}
