/// Names, keywords and signs.
extension SalesforceQueryParser {
    private static let reserved: Set = [
        "SELECT", "FROM", "USING", "SCOPE", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "ORDER", "BY", "ASC", "DESC",
        "NULLS", "LIMIT", "OFFSET", "GROUP", "HAVING", "FOR", "WITH", "TYPEOF", "INCLUDES", "EXCLUDES", "UPDATE",
        "NULL",
        "TRUE", "FALSE",
    ]

    func field(
        _ name: String, of object: SalesforceSchema.Object
    ) throws(SalesforceFailure) -> SalesforceSchema.Field {
        guard let field = object.field(name) else {
            throw SalesforceFailure("INVALID_FIELD", "No such column '\(name)' on entity '\(object.name)'.")
        }
        return field
    }

    mutating func name() throws(SalesforceFailure) -> String {
        guard case .word(let word)? = tokens.first, !Self.reserved.contains(word.uppercased()) else {
            throw .malformedQuery("unexpected token: \(tokens.first.map(Self.text) ?? "<EOF>")")
        }
        tokens.removeFirst()
        return word
    }

    func isNext(_ keyword: String) -> Bool {
        if case .word(let word)? = tokens.first { word.uppercased() == keyword } else { false }
    }

    mutating func take(_ keyword: String) -> Bool {
        guard isNext(keyword) else { return false }
        tokens.removeFirst()
        return true
    }

    mutating func take(sign: String) -> Bool {
        guard tokens.first == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    mutating func expect(_ keyword: String) throws(SalesforceFailure) {
        guard take(keyword) else {
            throw .malformedQuery("expecting \(keyword), found \(tokens.first.map(Self.text) ?? "<EOF>")")
        }
    }

    mutating func expect(sign: String) throws(SalesforceFailure) {
        guard take(sign: sign) else {
            throw .malformedQuery("expecting \(sign), found \(tokens.first.map(Self.text) ?? "<EOF>")")
        }
    }

    static func text(_ token: SalesforceQueryLexer.Token) -> String {
        switch token {
        case .word(let text), .sign(let text), .dateTime(let text): "'\(text)'"
        case .text: "a text"
        case .number(let number): "'\(number)'"
        }
    }
}
