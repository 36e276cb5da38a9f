/// Names, keywords and signs.
extension SalesforceQueryParser {
    private static let reserved: Set = [
        "SELECT", "FROM", "USING", "SCOPE", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "ORDER", "BY", "ASC", "DESC",
        "NULLS", "LIMIT", "OFFSET", "GROUP", "HAVING", "FOR", "WITH", "TYPEOF", "INCLUDES", "EXCLUDES", "UPDATE",
        "NULL", "TRUE", "FALSE",
    ]

    /// The place of the next token, or of the query's end.
    var place: Int { tokens.first?.place ?? source.text.unicodeScalars.count }

    mutating func name() throws(SalesforceFailure) -> (name: String, place: Int) {
        guard
            let token = tokens.first, case .word(let word) = token.kind, !Self.reserved.contains(word.uppercased())
        else { throw unexpected() }
        tokens.removeFirst()
        return (word, token.place)
    }

    func isNext(_ keyword: String) -> Bool {
        if case .word(let word)? = tokens.first?.kind { word.uppercased() == keyword } else { false }
    }

    mutating func take(_ keyword: String) -> Bool {
        guard isNext(keyword) else { return false }
        tokens.removeFirst()
        return true
    }

    mutating func take(sign: String) -> Bool {
        guard tokens.first?.kind == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    mutating func expect(_ keyword: String) throws(SalesforceFailure) {
        guard take(keyword) else { throw unexpected() }
    }

    mutating func expect(sign: String) throws(SalesforceFailure) {
        guard take(sign: sign) else {
            throw source.malformed(at: place, "expecting '\(sign)', found \(Self.text(tokens.first?.kind))")
        }
    }

    func expectEnd() throws(SalesforceFailure) {
        guard tokens.isEmpty else { throw unexpected() }
    }

    /// Returns the failure of a token that fits nothing.
    func unexpected() -> SalesforceFailure {
        source.malformed(at: place, "unexpected token: \(Self.text(tokens.first?.kind))")
    }

    private static func text(_ token: SalesforceQueryToken.Kind?) -> String {
        switch token {
        case .word(let text), .sign(let text), .dateTime(let text), .date(let text), .text(let text): "'\(text)'"
        case .number(let number): "'\(number)'"
        case nil: "'<EOF>'"
        }
    }
}
