import Foundation

/// A conversation on file: what is typed, and the lines expected after it.
///
/// Lines that begin with `>` are typed; the others up to the next are what is expected, word for word, with `*` for any
/// text. Empty lines and lines that begin with `#` are left out.
struct TalkScript: Equatable {
    struct Turn: Equatable {
        let typed: String
        var expected: [String]
        let line: Int
    }

    let turns: [Turn]

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
        self.turns = turns
    }

    /// Whether the lines that came are those expected.
    static func matches(_ expected: [String], _ came: [String]) -> Bool {
        expected.count == came.count && zip(expected, came).allSatisfy { matches($0, $1) }
    }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == text }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
