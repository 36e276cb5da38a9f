/// A reference to a value of the contact within a text of a flow, such as `$.Attributes.name`.
///
/// "How to reference contact attributes" in the Amazon Connect Administrator Guide: names follow in dots, or in brackets
/// with a dot before them or without one: `$.Attributes.['first name']`, `$.Attributes['first name']`,
/// `$['Attributes']['name']`. Either quote is taken, and a backslash before a character stands for the character. A name
/// in dots has ASCII letters, digits, `-` and `_`, as attributes have: the full stop of a sentence, a possessive and a
/// letter of another script end it. `[0]` is an element of a list; a reference with one may stand between backticks,
/// which belong to it.
struct FlowReference: Equatable, Sendable {
    /// The names after `$`, such as `Attributes` and `name`; at least one.
    let path: [String]
    /// The reference's place in the text.
    let range: Range<String.Index>

    /// The namespace, such as `Attributes`.
    var root: String { path[0] }

    /// The name within the namespace; nil for a reference to the namespace itself.
    var name: String? { path.count > 1 ? path[1] : nil }

    /// Returns the references in a text, in order.
    static func all(in text: String) -> [FlowReference] {
        // Most texts have none, and bytes are faster to look through than scalars.
        guard text.utf8.contains(UInt8(ascii: "$")) else { return [] }
        let scalars = text.unicodeScalars
        var found: [FlowReference] = []
        var index = scalars.startIndex
        while let start = scalars[index...].firstIndex(of: "$") {
            var reader = Reader(scalars: scalars, index: scalars.index(after: start))
            index = reader.index
            guard let path = reader.path() else { continue }
            var range = start..<reader.index
            if reader.hasElement, let around = wrapped(range, in: scalars) { range = around }
            found.append(FlowReference(path: path, range: range))
            index = range.upperBound
        }
        return found
    }

    /// Returns the reference that a text consists of; nil for every other text.
    static func whole(_ text: String) -> FlowReference? {
        guard let first = all(in: text).first, first.range == text.startIndex..<text.endIndex else { return nil }
        return first
    }

    /// Returns the text with each reference replaced.
    static func replaced(in text: String, with value: (FlowReference) -> String) -> String {
        var result = ""
        var end = text.startIndex
        for reference in all(in: text) {
            result.unicodeScalars += text.unicodeScalars[end..<reference.range.lowerBound]
            result += value(reference)
            end = reference.range.upperBound
        }
        result.unicodeScalars += text.unicodeScalars[end...]
        return result
    }

    /// Returns the range with the backticks around it; nil without them.
    private static func wrapped(
        _ range: Range<String.Index>, in scalars: String.UnicodeScalarView
    ) -> Range<String.Index>? {
        guard range.lowerBound > scalars.startIndex, range.upperBound < scalars.endIndex else { return nil }
        let before = scalars.index(before: range.lowerBound)
        guard scalars[before] == "`", scalars[range.upperBound] == "`" else { return nil }
        return before..<scalars.index(after: range.upperBound)
    }
}

extension FlowReference {
    /// Reads the names after a `$`, and stops after the last one.
    private struct Reader {
        let scalars: String.UnicodeScalarView
        private(set) var index: String.Index
        /// True when an element of a list was read.
        private(set) var hasElement = false

        init(scalars: String.UnicodeScalarView, index: String.Index) {
            self.scalars = scalars
            self.index = index
        }

        /// Returns the names; nil where there is none, as after the sign of an amount.
        mutating func path() -> [String]? {
            guard let root = quoted() ?? named(), root.unicodeScalars.first.map({ $0.properties.isAlphabetic }) == true
            else { return nil }
            var path = [root]
            while let next = quoted() ?? element() ?? named() { path.append(next) }
            return path
        }

        private func scalar(at index: String.Index) -> Unicode.Scalar? {
            index < scalars.endIndex ? scalars[index] : nil
        }

        /// Returns the place after a character; nil where another one stands.
        private func after(_ character: Unicode.Scalar, at index: String.Index) -> String.Index? {
            scalar(at: index) == character ? scalars.index(after: index) : nil
        }

        /// Returns the place after blanks.
        private func afterBlanks(at index: String.Index) -> String.Index {
            scalars[index...].firstIndex { $0 != " " } ?? scalars.endIndex
        }

        /// Reads `.name`. Hyphens at the end are the text's own.
        private mutating func named() -> String? {
            guard let start = after(".", at: index) else { return nil }
            var end = scalars[start...].firstIndex { !Self.isOfName($0) } ?? scalars.endIndex
            while end > start, scalars[scalars.index(before: end)] == "-" { end = scalars.index(before: end) }
            guard end > start else { return nil }
            index = end
            return String(scalars[start..<end])
        }

        /// Reads `['name']` or `.['name']`.
        private mutating func quoted() -> String? {
            guard let open = after("[", at: after(".", at: index) ?? index) else { return nil }
            var place = afterBlanks(at: open)
            guard let quote = scalar(at: place), quote == "'" || quote == "\"" else { return nil }
            place = scalars.index(after: place)
            var name = String.UnicodeScalarView()
            var length = 0
            while let next = scalar(at: place), next != quote {
                // A quote that nothing closes is not followed to the end of the text each time.
                length += 1
                guard length <= Self.longestName else { return nil }
                if next == "\\", let escaped = scalar(at: scalars.index(after: place)) {
                    place = scalars.index(after: place)
                    name.append(escaped)
                } else {
                    name.append(next)
                }
                place = scalars.index(after: place)
            }
            guard !name.isEmpty, let closed = after(quote, at: place), let end = after("]", at: afterBlanks(at: closed))
            else { return nil }
            index = end
            return String(name)
        }

        /// Reads `[0]` or `.[0]`.
        private mutating func element() -> String? {
            guard let start = after("[", at: after(".", at: index) ?? index),
                let digits = scalars[start...].firstIndex(where: { !("0"..."9").contains($0) }), digits > start,
                let end = after("]", at: digits)
            else { return nil }
            hasElement = true
            index = end
            return String(scalars[start..<digits])
        }

        /// More than any name has: all attributes of a contact have 32 KB.
        private static let longestName = 1024

        private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
            default: false
            }
        }
    }
}
