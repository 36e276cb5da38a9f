import Foundation

/// The abilities of standard output: its width, and whether colours and lines that are replaced can be read there.
struct TerminalStyle: Sendable {
    var columns = 80
    var isTerminal = false
    var hasColours = false

    /// Asks standard output; 80 columns where it is not a terminal.
    static func ofStandardOutput(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> TerminalStyle {
        guard isatty(STDOUT_FILENO) == 1 else { return TerminalStyle() }
        let isPlain = environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        return TerminalStyle(
            columns: columns(of: STDOUT_FILENO) ?? 80, isTerminal: environment["TERM"] != "dumb", hasColours: !isPlain)
    }

    /// The width of a terminal; nil where it is not known.
    static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    /// The line with its first `word` in green.
    func good(_ word: String, in line: String) -> String { coloured(word, "32", in: line) }

    /// The line with its first `word` in bold red.
    func failed(_ word: String, in line: String) -> String { coloured(word, "1;31", in: line) }

    private func coloured(_ word: String, _ code: String, in line: String) -> String {
        guard hasColours, let range = line.firstRange(of: word) else { return line }
        return line.replacingCharacters(in: range, with: "\u{1B}[\(code)m\(word)\u{1B}[0m")
    }
}

extension String {
    /// The text with spaces after it, up to a width.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text, cut with an ellipsis where it is wider.
    func shortened(to width: Int) -> String { count > width ? "\(prefix(max(0, width - 1)))…" : self }

    /// The text with a visible sign in the place of each control character but line ends and tabs: what others have
    /// written steers no terminal.
    var printable: String {
        guard unicodeScalars.contains(where: Self.isControl) else { return self }
        let scalars = unicodeScalars.map { scalar in
            guard Self.isControl(scalar) else { return scalar }
            // "Control Pictures" of Unicode, which has none for the second range.
            let sign = scalar.value < 0x20 ? 0x2400 + scalar.value : scalar.value == 0x7f ? 0x2421 : 0xfffd
            return Unicode.Scalar(sign) ?? scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }

    /// The text without the spaces at its end.
    var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
