/// The speech of a response, in SSML.
///
/// A literal is markup; an interpolated value is untrusted text, and is escaped:
/// `"I found <emphasis>\(name)</emphasis>."`. `init(markup:)` is the only way from a `String` to markup.
package struct Speech: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The SSML inside `<speak>`.
    package private(set) var markup: String

    /// Markup, used unchanged: well-formed SSML without `<speak>`, and without untrusted text.
    package init(markup: String) {
        self.markup = markup
    }

    /// Plain text, without markup.
    package init(text: String) {
        markup = Self.escaped(text)
    }

    package init(stringLiteral value: String) {
        markup = value
    }

    package init(stringInterpolation: StringInterpolation) {
        markup = stringInterpolation.markup
    }

    /// Escapes texts, and inserts speech unchanged.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) {
            markup += literal
        }

        package mutating func appendInterpolation(_ text: String) {
            markup += Speech.escaped(text)
        }

        package mutating func appendInterpolation(_ number: Int) {
            markup += String(number)
        }

        package mutating func appendInterpolation(_ speech: Speech) {
            markup += speech.markup
        }
    }

    /// The whole document.
    package var ssml: String { "<speak>\(markup)</speak>" }

    /// Returns the text with XML's reserved characters escaped, and characters that XML 1.0 forbids left out.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&apos;"
            case "\t", "\n", "\r": escaped += " "
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
