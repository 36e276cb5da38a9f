/// The words of a query outside its string literals.
///
/// "SOQL SELECT Syntax", "Quoted String Escape Sequences" and "Alias Notation" in Salesforce's SOQL and SOSL Reference.
/// For other text, such as one with comments, it errs towards finding a word.
package struct SOQLWords {
    /// The second words of clauses that do more than read, by their first: they note views, count them, or lock records.
    private static let clauses: [String: Set<String>] = [
        "for": ["view", "reference", "update"], "update": ["tracking", "viewstat"],
    ]

    /// True when one of those clauses is in it.
    package private(set) var doesMoreThanRead = false
    /// The number of times that SELECT is in it: more than one where there are subqueries.
    private(set) var selects = 0

    private typealias Scalars = Substring.UnicodeScalarView

    /// Reads the words of a text.
    package init(_ text: String) {
        // By scalars: a combining mark after a quote must not hide the quote in one Character.
        var rest = Substring(text).unicodeScalars
        /// The word before, as long as only space has followed it.
        var previous: String?
        while let scalar = rest.first {
            if Self.isLetter(scalar) {
                let word = Self.word(&rest)
                doesMoreThanRead = doesMoreThanRead || previous.flatMap { Self.clauses[$0] }?.contains(word) == true
                selects += word == "select" ? 1 : 0
                previous = word
            } else if !Self.skipSpace(&rest) {
                previous = nil
                switch scalar {
                case "'": Self.skipLiteral(&rest)
                case "0"..."9": Self.skipNumber(&rest)
                default: rest.removeFirst()
                }
            }
        }
    }

    /// Takes a word, which may be a path such as `Account.Name`, in lower case.
    private static func word(_ rest: inout Scalars) -> String {
        let end = rest.firstIndex { !(isLetter($0) || "0"..."9" ~= $0 || $0 == ".") } ?? rest.endIndex
        defer { rest = rest[end...] }
        // In both directions: other letters have the capital I, or the small k and s.
        return String(String.UnicodeScalarView(rest[..<end])).uppercased().lowercased()
    }

    private static func skipLiteral(_ rest: inout Scalars) {
        rest.removeFirst()
        while let scalar = rest.popFirst(), scalar != "'" {
            if scalar == "\\" { _ = rest.popFirst() }
        }
    }

    /// Skips a number, a date or a time; a word may follow it without a space.
    private static func skipNumber(_ rest: inout Scalars) {
        while let scalar = rest.first {
            let next = rest.dropFirst().first
            let isExponent =
                (scalar == "e" || scalar == "E") && next.map { "0"..."9" ~= $0 || $0 == "+" || $0 == "-" } == true
            guard isExponent || "0"..."9" ~= scalar || ".:+-TZtz".unicodeScalars.contains(scalar) else { return }
            rest.removeFirst()
        }
    }

    /// Skips a space of any kind, or a comment of another language; returns false when there is none.
    private static func skipSpace(_ rest: inout Scalars) -> Bool {
        guard let first = rest.first else { return false }
        let next = rest.dropFirst().first
        if first == "/", next == "*" {
            rest.removeFirst(2)
            while let scalar = rest.popFirst(), scalar != "*" || rest.first != "/" {}
            _ = rest.popFirst()
        } else if first == next, first == "/" || first == "-" {
            rest = rest.drop { $0 != "\n" && $0 != "\r" }
        } else if first.value > 0x20, first.isASCII, first.value != 0x7F {
            return false
        } else {
            rest.removeFirst()
        }
        return true
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        "a"..."z" ~= scalar || "A"..."Z" ~= scalar || scalar == "_" || !scalar.isASCII && scalar.properties.isAlphabetic
    }
}
