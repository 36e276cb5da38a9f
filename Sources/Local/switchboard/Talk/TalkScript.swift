import Foundation

/// A conversation in a file: the typed lines, and the lines expected after each.
///
/// Lines that begin with `>` are typed; the others up to the next are expected, word for word, with `*` for any text
/// and `{name}` for any text, the same wherever `{name}` occurs. A line that begins with `[start]`, `[end]` or
/// `[finished]` is expected only of a device that requests the next stream then. Empty lines and lines that begin with
/// `#` are left out.
struct TalkScript: Equatable {
    struct Turn: Equatable {
        let typed: String
        var expected: [String]
        let line: Int

        /// Returns the lines expected of a device that requests the next stream at `time`.
        func expected(_ time: NearlyFinished) -> [String] {
            expected.compactMap { line in
                for other in NearlyFinished.allCases where line.hasPrefix("[\(other.rawValue)] ") {
                    return other == time ? String(line.dropFirst(other.rawValue.count + 3)) : nil
                }
                return line
            }
        }
    }

    let name: String
    /// The number of turns, in words.
    var count: String { turns.count == 1 ? "1 turn" : "\(turns.count) turns" }
    let turns: [Turn]

    /// The locale that the file is named for, such as `de-DE`; nil when it is named otherwise.
    var locale: String? {
        let file = name.split(separator: "/").last?.prefix { $0 != "." } ?? ""
        return file.wholeMatch(of: /[a-z]{2}-[A-Z]{2}/) == nil ? nil : String(file)
    }

    init(_ text: String, named name: String) throws {
        var turns: [Turn] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, raw) in lines.enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix(">") {
                let typed = line.dropFirst().trimmingCharacters(in: .whitespaces)
                turns.append(Turn(typed: typed, expected: [], line: index + 1))
            } else {
                guard let last = turns.indices.last else {
                    throw Refusal("\(name) must begin with what is typed: a line that begins with >.")
                }
                turns[last].expected.append(line)
            }
        }
        guard !turns.isEmpty else { throw Refusal("\(name) holds no line that begins with >.") }
        self.name = name
        self.turns = turns
    }

    /// Returns the report of a turn that differs: from the first line that does, those expected and those that came.
    static func difference(line: Int, _ expected: [String], _ came: [String], _ names: [String: String]) -> String {
        var names = names
        var first = 0
        while first < min(expected.count, came.count), matches([expected[first]], [came[first]], names: &names) {
            first += 1
        }
        let same = expected.prefix(first).indices.map { "  \(came[$0])" }
        let missing = expected.dropFirst(first).map { "- \($0)" }
        let got = came.dropFirst(first).map { "+ \($0)" }
        let rows = same + missing + got
        return (["Line \(line) differs (- expected, + got):"] + rows).joined(separator: "\n")
    }

    /// Returns true when the lines that came are those expected; `names` has the text of each `{name}` so far.
    static func matches(_ expected: [String], _ came: [String], names: inout [String: String]) -> Bool {
        guard expected.count == came.count else { return false }
        for (pattern, text) in zip(expected, came) {
            guard let found = match(pieces(of: pattern)[...], text[...], names) else { return false }
            names = found
        }
        return true
    }

    private enum Piece {
        case text(Substring)
        case anything
        case named(String)
    }

    private static func pieces(of pattern: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = pattern[...]
        while let first = rest.first {
            if first == "*" {
                pieces.append(.anything)
                rest = rest.dropFirst()
            } else if let name = rest.prefixMatch(of: #/\{(\w+)\}/#) {
                pieces.append(.named(String(name.1)))
                rest = rest[name.range.upperBound...]
            } else {
                let end = rest.dropFirst().firstIndex { $0 == "*" || $0 == "{" } ?? rest.endIndex
                pieces.append(.text(rest[..<end]))
                rest = rest[end...]
            }
        }
        return pieces
    }

    /// Returns the names with their values when the text matches; a star or a new name matches as little as possible.
    private static func match(
        _ pieces: ArraySlice<Piece>, _ text: Substring, _ names: [String: String]
    ) -> [String: String]? {
        guard let piece = pieces.first else { return text.isEmpty ? names : nil }
        var literal: Substring?
        switch piece {
        case .text(let own): literal = own
        case .named(let name): literal = names[name].map { $0[...] }
        case .anything: break
        }
        if let literal {
            return text.hasPrefix(literal)
                ? match(pieces.dropFirst(), text.dropFirst(literal.count), names) : nil
        }
        for count in 0...text.count {
            var names = names
            if case .named(let name) = piece { names[name] = String(text.prefix(count)) }
            if let found = match(pieces.dropFirst(), text.dropFirst(count), names) { return found }
        }
        return nil
    }
}
