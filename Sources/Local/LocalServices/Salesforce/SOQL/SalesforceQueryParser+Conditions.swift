extension SalesforceQueryParser {
    /// Conditions joined by AND or by OR.
    mutating func conditions(on object: SalesforceSchema.Object) throws(SalesforceFailure) -> Query.Condition {
        let first = try condition(on: object)
        guard let word = ["AND", "OR"].first(where: { isNext($0) }) else { return first }
        var all = [first]
        while take(word) {
            all.append(try condition(on: object))
        }
        guard !isNext("AND"), !isNext("OR") else {
            throw .malformedQuery("AND and OR together need parentheses")
        }
        return word == "AND" ? .all(all) : .any(all)
    }

    private mutating func condition(on object: SalesforceSchema.Object) throws(SalesforceFailure) -> Query.Condition {
        if take(sign: "(") {
            let inner = try conditions(on: object)
            try expect(sign: ")")
            return inner
        }
        if take("NOT") { return .not(try condition(on: object)) }
        let field = try field(try name(), of: object)
        if take("NOT") {
            try expect("IN")
            return .not(.isIn(field: field.name, try list(for: field)))
        }
        if take("IN") { return .isIn(field: field.name, try list(for: field)) }
        let comparison: Query.Operator
        if take("LIKE") {
            comparison = .like
        } else if case .sign(let sign)? = tokens.first, let known = Query.Operator(rawValue: sign) {
            tokens.removeFirst()
            comparison = known
        } else {
            throw .malformedQuery("unexpected token: \(tokens.first.map(Self.text) ?? "<EOF>")")
        }
        let literal = try literal(for: field, keepsMarks: comparison == .like)
        if comparison == .like {
            guard case .text = literal else {
                throw SalesforceFailure("INVALID_QUERY_FILTER_OPERATOR", "LIKE takes a text")
            }
        }
        return .compare(field: field.name, comparison, literal)
    }

    private mutating func list(for field: SalesforceSchema.Field) throws(SalesforceFailure) -> [Query.Literal] {
        try expect(sign: "(")
        var literals = [try literal(for: field)]
        while take(sign: ",") {
            literals.append(try literal(for: field))
        }
        try expect(sign: ")")
        return literals
    }

    private mutating func literal(
        for field: SalesforceSchema.Field, keepsMarks: Bool = false
    ) throws(SalesforceFailure) -> Query.Literal {
        let token = tokens.popFirst()
        switch (token, field.kind) {
        case (.word(let word)?, _) where word.uppercased() == "NULL": return .null
        case (.text(let text)?, .text), (.text(let text)?, .email), (.text(let text)?, .reference):
            return .text(keepsMarks ? text : SalesforceQueryLexer.unmarked(text))
        case (.word(let word)?, .boolean) where ["TRUE", "FALSE"].contains(word.uppercased()):
            return .bool(word.uppercased() == "TRUE")
        case (.number(let number)?, .number): return .number(number)
        case (.dateTime(let text)?, .dateTime): return .dateTime(text)
        case (.text?, _), (.number?, _), (.dateTime?, _):
            throw SalesforceFailure(
                "INVALID_FIELD", "value of filter criterion for field '\(field.name)' is not of the field's type")
        default: throw .malformedQuery("unexpected token: \(token.map(Self.text) ?? "<EOF>")")
        }
    }
}
