/// One tag of a template: its content, and its end.
struct TemplateTag {
    enum Content: Equatable {
        case comment
        case value(name: String, raw: Bool)
        case open(name: String, inverted: Bool)
        case close(name: String)
    }

    /// The fault of a tag, as the second half of a sentence.
    struct Fault: Error {
        let description: String
    }

    let content: Content
    /// The offset of the first byte after the tag.
    let end: Int

    /// True when the tag removes its line when it is alone on it; values never do.
    var mayStandAlone: Bool {
        if case .value = content { false } else { true }
    }

    /// Parses the text between the delimiters.
    static func content(of text: String, triple: Bool) throws(Fault) -> Content {
        if triple { return .value(name: try name(text), raw: true) }
        let rest = String(text.unicodeScalars.dropFirst())
        switch text.unicodeScalars.first {
        case "!": return .comment
        case "#": return .open(name: try name(rest), inverted: false)
        case "^": return .open(name: try name(rest), inverted: true)
        case "/": return .close(name: try name(rest))
        case ">": throw Fault(description: "partials ({{>…}}) are not supported")
        case "=": throw Fault(description: "delimiters cannot be changed ({{=…=}}) here")
        case "&": throw Fault(description: "{{&…}} is not supported: write {{{…}}} for a raw value")
        case "<", "$": throw Fault(description: "blocks and parents are not supported")
        default: return .value(name: try name(text), raw: false)
        }
    }

    /// Returns a field's name: any text without blanks, dots and braces, trimmed.
    private static func name(_ text: String) throws(Fault) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { throw Fault(description: "a tag has no name") }
        let name = scalars[first...last]
        if name.elementsEqual(".".unicodeScalars) { throw Fault(description: "{{.}} is not supported") }
        if name.contains(".") {
            throw Fault(description: "dotted names are not supported: \(String(name)) must be a plain name")
        }
        guard !name.contains(where: { $0.properties.isWhitespace || $0 == "{" || $0 == "}" }),
            !"#^/!>=&<$".unicodeScalars.contains(name[first])
        else { throw Fault(description: "\(String(name)) is not a name") }
        return String(name)
    }
}
