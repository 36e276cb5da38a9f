import JSON
import Settings

/// Fills the nodes of a template in.
struct TemplateRenderer {
    let name: String
    let escaping: MessageTemplate.Escaping
    private(set) var output = ""

    init(name: String, escaping: MessageTemplate.Escaping) {
        self.name = name
        self.escaping = escaping
    }

    /// Renders `nodes`; names are looked up in `stack` from its end.
    mutating func render(_ nodes: [MessageTemplate.Node], in stack: [[String: JSONValue]]) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .text(let text): output += text
            case .value(let field, let raw): try renderValue(field, raw: raw, in: stack)
            case .section(let field, let inverted, let body):
                try renderSection(field, inverted: inverted, body, in: stack)
            }
        }
    }

    private mutating func renderValue(
        _ field: String, raw: Bool, in stack: [[String: JSONValue]]
    ) throws(TemplateError) {
        let value = lookUp(field, in: stack)
        guard value != .null else { throw .missing(field, in: name) }
        guard let text = value.scalarText else { throw .notPrintable(field, in: name) }
        if raw || escaping == .none {
            output += text
        } else {
            appendEscaped(text)
        }
    }

    /// Renders a section. A missing value, null, `false` and an empty list are false, as in Mustache; an empty string
    /// and 0 are true.
    private mutating func renderSection(
        _ field: String, inverted: Bool, _ body: [MessageTemplate.Node], in stack: [[String: JSONValue]]
    ) throws(TemplateError) {
        switch lookUp(field, in: stack) {
        case .null, .bool(false), .array([]):
            if inverted { try render(body, in: stack) }
        case _ where inverted: break
        case .array(let elements):
            for element in elements {
                try render(body, in: element.object.map { stack + [$0] } ?? stack)
            }
        case .object(let members): try render(body, in: stack + [members])
        case .bool, .number, .string: try render(body, in: stack)
        }
    }

    /// Returns the innermost value under the name. A null one counts as missing, so the search continues outward.
    private func lookUp(_ field: String, in stack: [[String: JSONValue]]) -> JSONValue {
        for fields in stack.reversed() {
            if let value = fields[field], value != .null { return value }
        }
        return .null
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
