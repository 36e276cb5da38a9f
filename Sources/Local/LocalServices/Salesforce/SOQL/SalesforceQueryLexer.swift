/// The lexer of SOQL: words, literals and signs.
enum SalesforceQueryLexer {
    typealias Token = SalesforceQueryToken.Kind

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

    static func tokens(of text: String) throws(SalesforceFailure) -> [SalesforceQueryToken] {
        // By scalars: "\r\n" is one Character, and a combining mark after a quote would hide the quote.
        let source = SalesforceQueryText(text: text)
        var rest = Substring(text).unicodeScalars[...]
        let length = rest.count
        var tokens: [SalesforceQueryToken] = []
        while let first = rest.first {
            let place = length - rest.count
            if first.properties.isWhitespace {
                rest.removeFirst()
                continue
            }
            do throws(Fault) {
                tokens.append(SalesforceQueryToken(kind: try token(&rest, first), place: place))
            } catch {
                throw source.malformed(at: place, error.sentence)
            }
        }
        return tokens
    }

    /// A sentence about what cannot be read.
    private struct Fault: Error {
        let sentence: String
    }

    private static func token(_ rest: inout Rest, _ first: Unicode.Scalar) throws(Fault) -> Token {
        if first == "'" {
            rest.removeFirst()
            return .text(try literal(&rest))
        }
        if isLetter(first) { return .word(take(&rest) { isLetter($0) || isDigit($0) || $0 == "." }) }
        if isDigit(first) || first == "-" || first == "+" {
            return try number(take(&rest) { isLetter($0) || isDigit($0) || "+-.:".unicodeScalars.contains($0) })
        }
        if "<>!=".unicodeScalars.contains(first) {
            let sign = take(&rest) { "<>!=".unicodeScalars.contains($0) }
            guard ["=", "!=", "<>", "<", "<=", ">", ">="].contains(sign) else {
                throw Fault(sentence: "unexpected token: '\(sign)'")
            }
            return .sign(sign == "<>" ? "!=" : sign)
        }
        guard "(),".unicodeScalars.contains(first) else {
            throw Fault(sentence: "no viable alternative at character '\(first)'")
        }
        rest.removeFirst()
        return .sign(String(Character(first)))
    }

    private typealias Rest = Substring.UnicodeScalarView

    private static func literal(_ rest: inout Rest) throws(Fault) -> String {
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
                    throw Fault(sentence: "Illegal string escape '\\\(escaped)'")
                }
            case "\n", "\r":
                throw Fault(sentence: "line breaks not allowed in string literals")
            default: text.unicodeScalars.append(scalar)
            }
        }
        throw Fault(sentence: "String literal is not closed")
    }

    private static func unicode(_ rest: inout Rest) -> Unicode.Scalar? {
        let digits = String(String.UnicodeScalarView(rest.prefix(4)))
        guard digits.count == 4, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            return nil
        }
        rest.removeFirst(4)
        return Unicode.Scalar(value)
    }

    private static func number(_ text: String) throws(Fault) -> Token {
        if text.wholeMatch(of: /[-+]?\d+(\.\d+)?/) != nil, let number = Double(text) { return .number(number) }
        if let parts = text.wholeMatch(of: /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,3})?(Z|[-+]00:?00)/) {
            let fraction = (parts.2.map { String($0.dropFirst()) } ?? "").padded(to: 3)
            return .dateTime("\(parts.1).\(fraction)+0000")
        }
        if text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil { return .date(text) }
        throw Fault(sentence: "unexpected token: '\(text)'")
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
