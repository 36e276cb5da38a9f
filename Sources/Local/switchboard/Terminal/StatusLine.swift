/// The last line of a terminal, which says how far the work is and goes when something is printed; nothing elsewhere.
final class StatusLine {
    private let style: TerminalStyle

    init(_ style: TerminalStyle) {
        self.style = style
    }

    /// Shows a text in the place of the one before.
    func show(_ text: String) {
        if style.isTerminal { Terminal.prompt("\r\u{1B}[K\(text.shortened(to: style.columns - 1))") }
    }

    /// Prints a whole line in the place of the text.
    func print(_ line: String) {
        Terminal.prompt((style.isTerminal ? "\r\u{1B}[K" : "") + line + "\n")
    }
}
