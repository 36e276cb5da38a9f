package import Encoding

/// A query whose values cannot change its shape.
///
/// An interpolated string becomes a quoted literal:
///
///     SOQL("SELECT Id FROM Account WHERE Phone = \(phone) AND Name LIKE \(prefix: name)")
///
/// Only literals in the source become query text, and `init(selectedBy:)`, for callers who bring their own query and
/// their own rights. "Quoted String Escape Sequences" in Salesforce's SOQL and SOSL Reference.
package struct SOQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The query as Salesforce reads it. It may hold personal data.
    package let text: String

    package init(stringLiteral text: String) {
        self.text = text
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    /// Accepts a query that its caller wrote, to be run with that caller's own rights; nil unless it is a SELECT that
    /// only reads: without FOR VIEW, FOR REFERENCE, FOR UPDATE, UPDATE TRACKING and UPDATE VIEWSTAT.
    package init?(selectedBy text: String) {
        let query = text.utf8.drop(while: Self.isSpace)
        let keyword = query.prefix(6).map { $0 & 0xDF }
        guard keyword == Array("SELECT".utf8), query.dropFirst(6).first.map(Self.isSpace) == true,
            !SOQLWords(text).doesMoreThanRead
        else { return nil }
        self.text = text
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}

extension SOQL {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// Appends a string as a quoted literal.
        package mutating func appendInterpolation(_ value: some StringProtocol) {
            text += SOQL.quoted(value, isPattern: false)
        }

        /// Appends strings as a list for `IN`: `('a','b')`. An empty list matches no record but is not valid SOQL: make
        /// no query then.
        package mutating func appendInterpolation(_ values: [String]) {
            text += "(" + values.map { SOQL.quoted($0, isPattern: false) }.joined(separator: ",") + ")"
        }

        /// Appends a pattern for `LIKE` that matches strings with the prefix.
        package mutating func appendInterpolation(prefix value: String) {
            text += SOQL.quoted(value, isPattern: true, after: "%")
        }

        /// Appends a pattern for `LIKE` that matches strings that contain the value.
        package mutating func appendInterpolation(containing value: String) {
            text += SOQL.quoted(value, isPattern: true, before: "%", after: "%")
        }

        package mutating func appendInterpolation(_ value: Int) {
            text += String(value)
        }

        package mutating func appendInterpolation(_ value: Bool) {
            text += value ? "true" : "false"
        }

        /// Appends a date and time, in whole seconds: "Date Formats and Date Literals" in the SOQL and SOSL Reference.
        package mutating func appendInterpolation(_ time: UTCTime) {
            text += String(time.extended.prefix(19)) + "Z"
        }

        /// Appends the name of an object or field; `APIName` allows no other text.
        package mutating func appendInterpolation(_ name: APIName) {
            text += name.text
        }
    }

    private static func quoted(
        _ value: some StringProtocol, isPattern: Bool, before: String = "", after: String = ""
    ) -> String {
        var literal = "'" + before
        // By scalar: a combining mark after a quote must not hide the quote in one Character.
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": literal += "\\\\"
            case "'": literal += "\\'"
            case "\"": literal += "\\\""
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\u{8}": literal += "\\b"
            case "\u{C}": literal += "\\f"
            case "%" where isPattern: literal += "\\%"
            case "_" where isPattern: literal += "\\_"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + after + "'"
    }
}
