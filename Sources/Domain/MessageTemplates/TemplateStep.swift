/// One step of a parsed template, which is a flat list of them: neither the number of sections nor their nesting costs
/// more than the steps themselves, in time or in stack.
enum TemplateStep: Sendable, Equatable {
    case text(String)
    /// A value, by the index of its name.
    case value(Int, raw: Bool)
    /// The beginning of a section, by the index of its name, and the step that closes it.
    case open(Int, inverted: Bool, close: Int)
    case close
}

/// The steps of a template, and the names that they refer to.
struct TemplateSteps: Sendable, Equatable {
    private(set) var steps: [TemplateStep] = []
    /// Each name once.
    private(set) var names: [String] = []
    private(set) var indexes: [String: Int] = [:]

    mutating func append(text: String) {
        steps.append(.text(text))
    }

    mutating func append(value name: String, raw: Bool) {
        let index = index(of: name)
        steps.append(.value(index, raw: raw))
    }

    /// Begins a section; returns the place of its step, for `close`.
    mutating func open(_ name: String, inverted: Bool) -> Int {
        let index = index(of: name)
        steps.append(.open(index, inverted: inverted, close: 0))
        return steps.count - 1
    }

    /// Ends the section that began at a step.
    mutating func close(_ start: Int) {
        guard case .open(let name, let inverted, _) = steps[start] else { return }
        steps[start] = .open(name, inverted: inverted, close: steps.count)
        steps.append(.close)
    }

    private mutating func index(of name: String) -> Int {
        if let index = indexes[name] { return index }
        names.append(name)
        indexes[name] = names.count - 1
        return names.count - 1
    }
}
