/// An element of a TwiML document, escaped by the rules of XML 1.0.
struct TwiMLElement {
    let name: String
    let attributes: [(name: String, value: String)]
    let content: String
    var children: [TwiMLElement] = []

    /// Creates an element; attributes whose value is nil are left out.
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

    /// Escapes a string, without the characters that XML 1.0 forbids, even as references (section 2.2, "Char").
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            // In an attribute, a parser would turn them into spaces.
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
