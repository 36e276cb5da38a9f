/// A marker in a flow, left by somebody who meant to fill something in.
///
/// Texts that people hear or see are looked at, and ids and ARNs. Ordinary words are not markers: "your replacement card"
/// and "due: TBD" are sentences.
enum Placeholder {
    /// Returns the markers in a string of a flow, unchanged.
    static func all(in text: FlowText) -> [String] {
        // An ARN is one wherever it stands.
        let use = text.text.hasPrefix("arn:") ? .address : text.use
        guard use != .setting else { return [] }
        var scanner = MarkerScanner(text.text)
        if use != .passed {
            scanner.takeBraces()
            scanner.takePercents(inAnyCase: use == .address)
            if use != .ssml { scanner.takeBrackets() }
        }
        switch use {
        case .seen, .ssml:
            if use == .ssml { scanner.blankTags() }
            scanner.takeWhole { whole.contains($0) || isRow($0, of: "X") }
            scanner.takeCapitals { _ in true }
        case .kept, .passed: scanner.takeCapitals(where: isInstruction)
        case .address:
            scanner.takeSquareBrackets()
            scanner.takeCapitals { _ in true }
            return scanner.found + StandInAddress.all(in: scanner.rest)
        case .setting: break
        }
        return scanner.found
    }

    /// Returns variables that no flow may leave open.
    static func variables(in text: String, _ functions: Set<String>) -> [String] {
        let hasOne = zip(text.utf8, text.utf8.dropFirst()).contains {
            $0 == UInt8(ascii: "$") && $1 == UInt8(ascii: "{")
        }
        guard hasOne else { return [] }
        return FlowVariables.names(in: text).filter { !FlowVariables.isKnown($0, functions) }.map { "${\($0)}" }
    }

    /// Words that are markers where a text has no other.
    private static let whole: Set = ["TODO", "TBD", "FIXME", "PLACEHOLDER"]

    /// Returns true for a word of at least three times that letter.
    private static func isRow(_ word: String, of letter: Character) -> Bool {
        word.utf8.count > 2 && word.allSatisfy { $0 == letter }
    }

    /// Returns true for a word of capitals that tells somebody what to do; in data `GOLD_PLUS` may be a value.
    private static func isInstruction(_ word: String) -> Bool {
        let word = String(word.drop { $0 == "_" })
        return word.hasSuffix("_HERE") || ["YOUR_", "INSERT_", "REPLACE_WITH_"].contains(where: word.hasPrefix)
            || ["REPLACE_ME", "CHANGE_ME"].contains(word)
    }
}
