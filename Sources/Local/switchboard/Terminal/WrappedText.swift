import Foundation

extension String {
    /// Returns the text on lines of at most a width, in characters, broken at spaces; the later ones begin two columns
    /// further in. A longer word stands whole on a line of its own, for the terminal to break.
    func wrapped(to width: Int) -> [String] {
        split(separator: "\n", omittingEmptySubsequences: false).flatMap { Self.wrapped($0, to: width) }
    }

    private static func wrapped(_ line: Substring, to width: Int) -> [String] {
        guard line.count > width else { return [String(line)] }
        let indent = line.prefix { $0 == " " }
        let further = indent + "  "
        var lines: [String] = []
        var current = String(indent)
        var isEmpty = true
        for word in line.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty, current.count + 1 + word.count > width {
                lines.append(current)
                (current, isEmpty) = (String(further), true)
            }
            current += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [current]
    }
}

extension Terminal {
    /// Writes what a person reads to standard output: broken at words where that is a terminal, else as it is.
    static func show(_ text: String) {
        show(text, on: STDOUT_FILENO) { print(payload: Array($0.utf8)) }
    }

    /// Writes what a person reads meanwhile to standard error, in the same way.
    static func note(_ text: String) {
        show(text, on: STDERR_FILENO, say)
    }

    private static func show(_ text: String, on descriptor: Int32, _ write: (String) -> Void) {
        guard isatty(descriptor) == 1 else { return write(text) }
        for line in text.wrapped(to: TerminalStyle.columns(of: descriptor) ?? 80) { write(line) }
    }
}
