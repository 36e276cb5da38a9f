/// The lexer of SOQL: words, literals and signs.
enum SalesforceQueryLexer {
    enum Token: Sendable, Equatable {
        case word(String)
        /// The text, unescaped; an escaped `%` or `_` is marked, so that LIKE can tell it from a wildcard.
        case text(String)
        case number(Double)
        case dateTime(String)
        /// A `,`, `(`, `)` or a comparison.
        case sign(String)
    }

    private static let marks: [Character: Character] = ["%": "\u{F0025}", "_": "\u{F005F}"]
    private static let escapes: [Character: Character] = [
        "n": "\n", "N": "\n", "r": "\r", "R": "\r", "t": "\t", "T": "\t", "b": "\u{8}", "B": "\u{8}", "f": "\u{C}",
        "F": "\u{C}", "\"": "\"", "'": "'", "\\": "\\",
    ]

    static func unmarked(_ character: Character) -> Character {
        marks.first { $0.value == character }?.key ?? character
    }

    /// Returns the text without the marks.
    static func unmarked(_ text: String) -> String {
        String(text.map(unmarked))
    }

    static func tokens(of text: String) throws(SalesforceFailure) -> [Token] {
        // By scalars: "\r\n" is one Character, and a combining mark after a quote would hide the quote.
        var rest = Substring(text).unicodeScalars[...]
        var tokens: [Token] = []
        while let first = rest.first {
            if first.properties.isWhitespace {
                rest.removeFirst()
            } else if first == "'" {
                rest.removeFirst()
                tokens.append(.text(try literal(&rest)))
            } else if isLetter(first) {
                tokens.append(.word(take(&rest) { isLetter($0) || isDigit($0) || $0 == "." }))
            } else if isDigit(first) || first == "-" || first == "+" {
                tokens.append(
                    try number(take(&rest) { isLetter($0) || isDigit($0) || "+-.:".unicodeScalars.contains($0) }))
            } else if "<>!=".unicodeScalars.contains(first) {
                let sign = take(&rest) { "<>!=".unicodeScalars.contains($0) }
                guard ["=", "!=", "<>", "<", "<=", ">", ">="].contains(sign) else {
                    throw .malformedQuery("unexpected token: '\(sign)'")
                }
                tokens.append(.sign(sign == "<>" ? "!=" : sign))
            } else if "(),".unicodeScalars.contains(first) {
                tokens.append(.sign(String(Character(first))))
                rest.removeFirst()
            } else {
                throw .malformedQuery("unexpected character '\(first)'")
            }
        }
        return tokens
    }

    private typealias Rest = Substring.UnicodeScalarView

    private static func literal(_ rest: inout Rest) throws(SalesforceFailure) -> String {
        var text = ""
        while let scalar = rest.popFirst() {
            switch scalar {
            case "'": return text
            case "\\":
                guard let escaped = rest.popFirst().map(Character.init) else { break }
                if let mark = marks[escaped] ?? escapes[escaped] {
                    text.append(mark)
                } else if escaped == "u", let scalar = unicode(&rest) {
                    text.unicodeScalars.append(scalar)
                } else {
                    throw .malformedQuery("Illegal string escape '\\\(escaped)'")
                }
            case "\n", "\r":
                throw .malformedQuery("line breaks not allowed in string literals")
            default: text.unicodeScalars.append(scalar)
            }
        }
        throw .malformedQuery("String literal is not closed")
    }

    private static func unicode(_ rest: inout Rest) -> Unicode.Scalar? {
        let digits = String(String.UnicodeScalarView(rest.prefix(4)))
        guard digits.count == 4, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            return nil
        }
        rest.removeFirst(4)
        return Unicode.Scalar(value)
    }

    private static func number(_ text: String) throws(SalesforceFailure) -> Token {
        if text.wholeMatch(of: /[-+]?\d+(\.\d+)?/) != nil, let number = Double(text) { return .number(number) }
        if let parts = text.wholeMatch(of: /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,3})?(Z|[-+]00:?00)/) {
            let fraction = (parts.2.map { String($0.dropFirst()) } ?? "").padded(to: 3)
            return .dateTime("\(parts.1).\(fraction)+0000")
        }
        throw .malformedQuery("unexpected token: '\(text)'")
    }

    private static func take(_ rest: inout Rest, while holds: (Unicode.Scalar) -> Bool) -> String {
        let part = rest.prefix(while: holds)
        rest = rest[part.endIndex...]
        return String(String.UnicodeScalarView(part))
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        "a"..."z" ~= scalar || "A"..."Z" ~= scalar || scalar == "_"
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        "0"..."9" ~= scalar
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String {
        self + String(repeating: "0", count: Swift.max(0, count - self.count))
    }
}
