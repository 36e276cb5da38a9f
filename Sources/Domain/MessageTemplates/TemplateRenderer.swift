import JSON
import Settings

/// Fills the steps of a template in.
struct TemplateRenderer {
    /// A section that is being rendered.
    private struct Section {
        /// The step after the one that opens it.
        let start: Int
        /// The objects to render it for; nil for each that adds no scope.
        let scopes: [TemplateScope?]
        var index = 0
    }

    let name: String
    let escaping: MessageTemplate.Escaping
    private let template: TemplateSteps
    private var scopes: TemplateScopes
    /// The sections that are open, outermost first.
    private var sections: [Section] = []
    private var output = ""

    init(
        _ template: TemplateSteps, _ fields: [String: JSONValue], name: String, escaping: MessageTemplate.Escaping
    ) {
        self.name = name
        self.escaping = escaping
        self.template = template
        scopes = TemplateScopes(fields, of: template)
    }

    /// Returns the template filled in.
    mutating func render() throws(TemplateError) -> String {
        let steps = template.steps
        var next = 0
        while next < steps.count {
            switch steps[next] {
            case .text(let text):
                output += text
                next += 1
            case .value(let field, let raw):
                try append(field, raw: raw)
                next += 1
            case .open(let field, let inverted, let close):
                if let repetitions = repetitions(of: field, inverted: inverted) {
                    begin(Section(start: next + 1, scopes: repetitions))
                    next += 1
                } else {
                    next = close + 1
                }
            case .close: next = goOn() ?? next + 1
            }
        }
        return output
    }

    private mutating func append(_ field: Int, raw: Bool) throws(TemplateError) {
        guard let value = scopes.value(of: field)?.value else { throw .missing(template.names[field], in: name) }
        guard let text = value.scalarText else { throw .notPrintable(template.names[field], in: name) }
        if raw || escaping == .none {
            output += text
        } else {
            appendEscaped(text)
        }
    }

    /// Returns the scope of each repetition of a section, nil for one without its own; nil when the section is left out.
    ///
    /// A missing value, null, `false` and an empty list are false, as in Mustache; an empty string and 0 are true.
    private func repetitions(of field: Int, inverted: Bool) -> [TemplateScope?]? {
        let found = scopes.value(of: field)
        switch found?.value {
        case nil, .null, .bool(false), .array([]): return inverted ? [nil] : nil
        case _ where inverted: return nil
        case .array, .object: return found.map { $0.scope.scopes(of: template.names[field], $0.value) }
        case .bool, .number, .string: return [nil]
        }
    }

    private mutating func begin(_ section: Section) {
        if let scope = section.scopes[section.index] { scopes.enter(scope) }
        sections.append(section)
    }

    /// Ends a repetition of the innermost section; returns its start when there is another.
    private mutating func goOn() -> Int? {
        guard var section = sections.popLast() else { return nil }
        if section.scopes[section.index] != nil { scopes.leave() }
        section.index += 1
        guard section.index < section.scopes.count else { return nil }
        begin(section)
        return section.start
    }

    /// Escapes scalar by scalar: a `<` that carries a combining accent is still a `<` to a browser.
    private mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated() {
                guard let entity = Self.entity(of: byte) else { continue }
                output += String(decoding: utf8[start..<index], as: UTF8.self)
                output += entity
                start = index + 1
            }
            output += String(decoding: utf8[start...], as: UTF8.self)
        }
    }

    private static func entity(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
