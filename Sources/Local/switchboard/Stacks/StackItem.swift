import Foundation

/// A name with everything under it, as text, so that comments and layout stay as they were written.
struct StackItem {
    /// A line of a file.
    struct Line {
        let number: Int
        let text: String
    }

    let name: String
    /// The text after the colon.
    let value: String
    /// The lines below the name, indented as they are in relation to it.
    let body: [Line]
    /// The comments above the name.
    let comments: [String]
    /// The file and the line, for refusals.
    let place: String

    /// The lines below the name without their common indentation.
    var content: [Line] {
        let depth = body.filter { !$0.text.isEmpty }.map { $0.text.prefix { $0 == " " }.count }.min() ?? 0
        return body.map { Line(number: $0.number, text: String($0.text.dropFirst(depth))) }
    }

    /// The item with its comments.
    var text: [String] {
        comments + [value.isEmpty ? "\(name):" : "\(name): \(value)"] + body.map(\.text)
    }

    /// Returns the items below this one.
    func items() throws -> [StackItem] {
        guard value.isEmpty else { throw Refusal("\(place): \(name) must have its names on lines of their own.") }
        return try Self.items(of: content, in: String(place.prefix { $0 != "," }))
    }

    /// Returns the elements of a list on one line, `[A, B]`, or on lines of their own, `- A`.
    func list() throws -> [String] {
        if value.hasPrefix("["), value.hasSuffix("]") {
            return value.dropFirst().dropLast().split(separator: ",").map { $0.trimmed }
        }
        return try content.map { line in
            guard value.isEmpty, line.text.hasPrefix("- ") else {
                throw Refusal("\(place): \(name) must be a list, such as [A, B].")
            }
            return line.text.dropFirst(2).trimmed
        }
    }

    /// Returns the text after the colon, in its quotation marks if it has any and without a comment after it.
    ///
    /// Refuses no text, and one over several lines.
    func scalar() throws -> String {
        guard !value.isEmpty, body.isEmpty, value.first != "|", value.first != ">" else {
            throw Refusal("\(place): \(name) must have its value on the same line.")
        }
        guard !value.hasPrefix("\""), !value.hasPrefix("'"), let comment = value.firstRange(of: " #") else {
            return value
        }
        return value[..<comment.lowerBound].trimmed
    }

    /// Returns the items of lines that have no common indentation.
    static func items(of lines: [Line], in file: String) throws -> [StackItem] {
        var items: [StackItem] = []
        var comments: [String] = []
        for line in lines {
            if line.text.contains("\t") { throw Refusal("\(file), line \(line.number): indent with spaces, not tabs.") }
            if line.text.hasPrefix("#") {
                comments.append(line.text)
            } else if line.text.isEmpty || line.text.hasPrefix(" ") {
                guard let last = items.popLast() else {
                    if line.text.isEmpty { continue }
                    throw Refusal("\(file), line \(line.number): this stands below no name.")
                }
                items.append(last.adding(line))
            } else if let match = line.text.wholeMatch(of: /("[^"]+"|[^\s:]+):(?:\s+(.*))?/) {
                let name = String(match.output.1.replacing("\"", with: ""))
                if let other = items.first(where: { $0.name == name }) {
                    throw Refusal("\(file), line \(line.number): \(name) is there twice, see \(other.place).")
                }
                items.append(
                    StackItem(
                        name: name, value: String(match.output.2 ?? ""), body: [], comments: comments,
                        place: "\(file), line \(line.number)"))
                comments = []
            } else {
                throw Refusal("\(file), line \(line.number): this must be a name with a colon after it.")
            }
        }
        return items.map(\.trimmed)
    }

    private func adding(_ line: Line) -> StackItem {
        StackItem(name: name, value: value, body: body + [line], comments: comments, place: place)
    }

    /// The item without blank lines at its end.
    private var trimmed: StackItem {
        let kept = body.lastIndex { !$0.text.isEmpty }.map { body[...$0] } ?? []
        return StackItem(name: name, value: value, body: Array(kept), comments: comments, place: place)
    }
}

extension StringProtocol {
    /// The text without blanks around it.
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
