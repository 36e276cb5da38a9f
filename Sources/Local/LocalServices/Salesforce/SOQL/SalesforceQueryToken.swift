/// One token of a query, with its place in the text.
struct SalesforceQueryToken: Sendable {
    enum Kind: Sendable, Equatable {
        case word(String)
        /// The text, unescaped; an escaped `%` or `_` is marked, so that LIKE can tell it from a wildcard.
        case text(String)
        case number(Double)
        case dateTime(String)
        case date(String)
        /// A `,`, `(`, `)` or a comparison.
        case sign(String)
    }

    let kind: Kind
    /// The number of characters before it.
    let place: Int
}

/// The text of a query, which error messages quote.
struct SalesforceQueryText: Sendable {
    let text: String

    /// Returns a failure in Salesforce's form: a part of the query with a mark below the place, row and column, and the
    /// sentence.
    func failure(_ code: String, at place: Int, _ sentence: String) -> SalesforceFailure {
        let scalars = Array(text.unicodeScalars)
        let before = scalars.prefix(place)
        let row = before.count { $0 == "\n" } + 1
        let column = before.reversed().prefix { $0 != "\n" }.count + 1
        let line = scalars.dropFirst(before.count - (column - 1)).prefix { $0 != "\n" }
        let start = max(0, column - 1 - 40)
        let shown = String(String.UnicodeScalarView(line.dropFirst(start).prefix(80)))
        let mark = String(repeating: " ", count: column - 1 - start) + "^"
        return SalesforceFailure(code, "\n\(shown)\n\(mark)\nERROR at Row:\(row):Column:\(column)\n\(sentence)")
    }

    func malformed(at place: Int, _ sentence: String) -> SalesforceFailure {
        failure("MALFORMED_QUERY", at: place, sentence)
    }
}
