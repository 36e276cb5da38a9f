import JSON

/// A view of an agent's guide in a terminal: its text, its choices, and the inputs of a form.
///
/// "AWS managed views" in the Amazon Connect Administrator Guide: cards, list, detail, form, confirmation. Of a custom
/// view only the branches of its block are known.
struct AgentView {
    /// A button or link of a view.
    struct Choice: Equatable {
        let label: String
        /// The view's result, on which its block branches.
        let result: String
        /// The `ViewResultData` of the choice.
        let data: JSONValue
    }

    /// An input of a form.
    struct Field: Equatable {
        let name: String
        let label: String
        let isRequired: Bool
        /// The initial value of the input; empty for none.
        let preset: String
        /// The input as its view defines it: its component, its options.
        var definition: JSONValue = .null
    }

    /// The id of the view.
    let resource: String
    /// The data of the view, with the references in it resolved.
    let data: JSONValue

    private(set) var lines: [String] = []
    private(set) var choices: [Choice] = []
    private(set) var fields: [Field] = []

    /// - Parameter contact: The contact whose references occur in the view.
    init(_ action: ContactFlow.Action, _ contact: FlowContact) {
        // Each part of it may be a reference, the whole too.
        let data = action.parameters["ViewData"].flatMap(contact.value) ?? [:]
        let heading = Self.text(data["Heading"])
        let view = contact.text(action.parameter("ViewResource.Id"))
        (resource, self.data) = (view, data)
        lines.append("Agent sees: \(heading.isEmpty ? "the view \(view)" : heading)")
        for name in ["SubHeading", "Description"] {
            let text = Self.text(data[name])
            if !text.isEmpty { lines.append("  \(text)") }
        }
        for card in data["Cards"]?.array ?? [] { add(card: card) }
        for item in data["Items"]?.array ?? [] {
            let (heading, text) = (Self.text(item["Heading"]), Self.text(item["Description"]))
            guard !heading.isEmpty else { continue }
            let words = text.isEmpty ? "" : ": \(text)"
            add(Choice(heading, "ActionSelected", ["actionName": item["Id"] ?? .null]), words: words)
        }
        for action in data["Actions"]?.array ?? [] { add(Self.selected(Self.label(action))) }
        fields = Self.fields(data["Sections"] ?? .null)
        guard fields.isEmpty else {
            // Typed text fills an input: buttons have no numbers, and the form's own comes after its last input.
            choices = ["Back", "Cancel"].compactMap { Self.button($0, data) }
            let others = choices.map { ", or type \($0.label)" }.joined()
            lines.append("  (Fill in each field\(others).)")
            return
        }
        for name in ["NoMatchFound", "Next", "Back", "Cancel"] { Self.button(name, data).map { add($0) } }
        guard choices.isEmpty else { return }
        for result in action.conditions.flatMap(\.operands) { add(Choice(result, result, [:])) }
    }

    /// Returns the choice of that number, or with that label.
    func choice(_ typed: String) -> Choice? {
        if let number = Int(typed) { return choices.indices.contains(number - 1) ? choices[number - 1] : nil }
        return choices.first { $0.label.lowercased() == typed.lowercased() }
    }

    private mutating func add(card: JSONValue) {
        let summary = Self.text(card["Summary"]?["Description"])
        lines.append("  \(Self.text(card["Summary"]?["Heading"]))\(summary.isEmpty ? "" : ": \(summary)")")
        for action in card["Detail"]?["Actions"]?.array ?? [] {
            add(Self.selected(Self.label(action)), indented: "    ")
        }
    }

    private mutating func add(_ choice: Choice, indented margin: String = "  ", words: String = "") {
        choices.append(choice)
        lines.append("\(margin)\(choices.count) \(choice.label)\(words)")
    }

    /// Returns a resolved value as a string; empty for none, and for lists and objects.
    private static func text(_ value: JSONValue?) -> String { value?.scalarText ?? "" }

    private static func button(_ name: String, _ data: JSONValue) -> Choice? {
        guard let button = data[name] else { return nil }
        let label = label(button)
        return Choice(label.isEmpty ? name : label, name, ["Label": .string(label)])
    }

    private static func selected(_ label: String) -> Choice {
        Choice(label, "ActionSelected", ["actionName": .string(label)])
    }

    /// Returns the words on a button: a string, or an object's `Label`.
    private static func label(_ button: JSONValue) -> String {
        Self.text(button["Label"] ?? button)
    }

    /// Returns the inputs of a form in their order: every element with a name, in sections within sections.
    private static func fields(_ sections: JSONValue) -> [Field] {
        if let elements = sections.array { return elements.flatMap { fields($0) } }
        guard let items = sections["Items"] else {
            guard let name = sections["Name"]?.string else { return [] }
            let label = Self.text(sections["Label"])
            return [
                Field(
                    name: name, label: label.isEmpty ? name : label, isRequired: sections["Required"]?.bool == true,
                    preset: Self.text(sections["DefaultValue"]), definition: sections)
            ]
        }
        return fields(items)
    }
}

extension AgentView.Choice {
    init(_ label: String, _ result: String, _ data: JSONValue) {
        self.init(label: label, result: result, data: data)
    }
}
