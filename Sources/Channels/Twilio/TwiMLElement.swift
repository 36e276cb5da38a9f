/// An element on its way into a document, escaped as XML 1.0 wants it.
struct TwiMLElement {
    let name: String
    let attributes: [(name: String, value: String)]
    let content: String
    var children: [TwiMLElement] = []

    /// Attributes whose value is nil are left out.
    init(_ name: String, _ attributes: [(name: String, value: String?)] = [], text: String = "") {
        self.name = name
        self.attributes = attributes.compactMap { name, value in value.map { (name, $0) } }
        content = text
    }

    var text: String {
        let attributes = attributes.map { #" \#($0.name)="\#(Self.escaped($0.value))""# }.joined()
        guard !content.isEmpty || !children.isEmpty else { return "<\(name)\(attributes)/>" }
        return "<\(name)\(attributes)>\(Self.escaped(content))\(children.map(\.text).joined())</\(name)>"
    }

    /// Without the characters that XML 1.0 cannot have, not even as references (section 2.2, "Char").
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            // A parser would make spaces of them in an attribute.
            case "\t": escaped.append(contentsOf: "&#9;".unicodeScalars)
            case "\n": escaped.append(contentsOf: "&#10;".unicodeScalars)
            case "\r": escaped.append(contentsOf: "&#13;".unicodeScalars)
            case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": escaped.append(scalar)
            default: break
            }
        }
        return String(escaped)
    }
}
