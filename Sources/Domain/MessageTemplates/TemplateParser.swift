/// The parser of a template's text into steps.
///
/// Works on UTF-8 bytes, where the delimiters cannot be part of another character.
struct TemplateParser {
    private let bytes: [UInt8]
    private let name: String
    private var position = 0
    private var line = 1
    /// The sections that are open, outermost first, each with the place of its step.
    private var open: [(name: String, line: Int, start: Int)] = []
    private var steps = TemplateSteps()

    init(_ text: String, name: String) {
        bytes = Array(text.utf8)
        self.name = name
    }

    mutating func parse() throws(TemplateError) -> TemplateSteps {
        while let start = find(2, of: UInt8(ascii: "{"), from: position) {
            let tag = try readTag(at: start)
            var textEnd = start
            var next = tag.end
            if tag.mayStandAlone, let around = standaloneLine(around: start..<tag.end) {
                textEnd = around.lowerBound
                next = around.upperBound
            }
            append(textFrom: position, to: textEnd)
            try take(tag.content)
            line += newlines(in: position..<next)
            position = next
        }
        append(textFrom: position, to: bytes.count)
        if let section = open.last {
            throw .malformed(name, line: section.line, "the section \(section.name) is not closed")
        }
        return steps
    }

    private mutating func take(_ content: TemplateTag.Content) throws(TemplateError) {
        switch content {
        case .comment: break
        case .value(let field, let raw): steps.append(value: field, raw: raw)
        case .open(let field, let inverted):
            open.append((field, tagLine, steps.open(field, inverted: inverted)))
        case .close(let field):
            guard let section = open.popLast() else {
                throw .malformed(name, line: tagLine, "{{/\(field)}} closes a section that is not open")
            }
            guard section.name == field else {
                throw .malformed(
                    name, line: tagLine,
                    "{{/\(field)}} stands where {{/\(section.name)}}, opened in line \(section.line), must")
            }
            steps.close(section.start)
        }
    }

    /// The line on which the current tag begins.
    private var tagLine = 1

    private mutating func readTag(at start: Int) throws(TemplateError) -> TemplateTag {
        tagLine = line + newlines(in: position..<start)
        let inner = start + 2
        let triple = inner < bytes.count && bytes[inner] == UInt8(ascii: "{")
        let closing = triple ? "}}}" : "}}"
        guard let end = find(triple ? 3 : 2, of: UInt8(ascii: "}"), from: triple ? inner + 1 : inner) else {
            throw .malformed(name, line: tagLine, "a tag is not closed with \(closing)")
        }
        let text = String(decoding: bytes[(triple ? inner + 1 : inner)..<end], as: UTF8.self)
        do throws(TemplateTag.Fault) {
            return TemplateTag(
                content: try TemplateTag.content(of: text, triple: triple), end: end + closing.utf8.count)
        } catch {
            throw .malformed(name, line: tagLine, error.description)
        }
    }

    /// Returns the whole line, newline included, when only blanks are beside the tag on it.
    private func standaloneLine(around tag: Range<Int>) -> Range<Int>? {
        var start = tag.lowerBound
        while start > 0, isBlank(bytes[start - 1]) { start -= 1 }
        // A tag before this one on the line has already been taken, so the tag is not alone on its line.
        guard start >= position, start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
        var end = tag.upperBound
        while end < bytes.count, isBlank(bytes[end]) { end += 1 }
        if end == bytes.count { return start..<end }
        if bytes[end] == UInt8(ascii: "\r"), end + 1 < bytes.count { end += 1 }
        return bytes[end] == UInt8(ascii: "\n") ? start..<(end + 1) : nil
    }

    private mutating func append(textFrom start: Int, to end: Int) {
        guard start < end else { return }
        steps.append(text: String(decoding: bytes[start..<end], as: UTF8.self))
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private func newlines(in range: Range<Int>) -> Int {
        bytes[range].count { $0 == UInt8(ascii: "\n") }
    }

    /// Returns the place of the first `count` such bytes in a row.
    private func find(_ count: Int, of wanted: UInt8, from start: Int) -> Int? {
        var row = 0
        var index = start
        while index < bytes.count {
            row = bytes[index] == wanted ? row + 1 : 0
            index += 1
            if row == count { return index - count }
        }
        return nil
    }
}
