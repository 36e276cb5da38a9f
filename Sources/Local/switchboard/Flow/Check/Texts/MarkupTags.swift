/// The tags of HTML and SSML, apart from `<your name>`.
struct MarkupTags {
    /// The names of elements that a text closes, in lower case.
    private var closed: Set<String> = []

    /// Elements of HTML that need no end tag: "Void elements" and "Optional tags" in the HTML standard.
    private static let open: Set = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
        "dt", "dd", "tr", "td", "th", "option",
    ]

    /// Notes the end tags of a text.
    init(closedIn text: [UInt8]) {
        for index in text.indices.dropLast() where text[index] == UInt8(ascii: "<") {
            guard text[index + 1] == UInt8(ascii: "/") else { continue }
            closed.insert(Self.name(text[(index + 2)...]))
        }
    }

    /// Returns true for the text between the brackets of a tag, or of an address: `<https://…>`, `<jo@example.net>`.
    func isTag(_ text: ArraySlice<UInt8>) -> Bool {
        let name = Self.name(text)
        if closed.contains(name) || name.contains(":") || name.contains("@") { return true }
        var attributes = text.dropFirst(name.utf8.count)
        let isClosed = attributes.last == UInt8(ascii: "/")
        if isClosed { attributes.removeLast() }
        let isPlain = attributes.allSatisfy { $0 == 0x20 } || attributes.contains(UInt8(ascii: "="))
        return isPlain && (isClosed || Self.open.contains(name))
    }

    private static func name(_ text: ArraySlice<UInt8>) -> String {
        let longest = 64
        let name = text.prefix(longest).prefix { $0 > 0x20 && !"<>/".utf8.contains($0) }
        return String(decoding: name, as: UTF8.self).lowercased()
    }
}
