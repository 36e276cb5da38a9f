extension SalesforceQueryParser {
    /// Conditions joined by AND or by OR, or one behind NOT: what is mixed needs parentheses ("Condition Expression
    /// Syntax", SOQL and SOSL Reference).
    mutating func conditions(on object: SalesforceSchema.Object) throws(SalesforceFailure) -> Query.Condition {
        if take("NOT") { return .not(try condition(on: object)) }
        let first = try condition(on: object)
        guard let word = ["AND", "OR"].first(where: { isNext($0) }) else { return first }
        var all = [first]
        while take(word) {
            all.append(try condition(on: object))
        }
        guard !isNext("AND"), !isNext("OR") else { throw unexpected() }
        return word == "AND" ? .all(all) : .any(all)
    }

    private mutating func condition(on object: SalesforceSchema.Object) throws(SalesforceFailure) -> Query.Condition {
        if take(sign: "(") {
            let inner = try conditions(on: object)
            try expect(sign: ")")
            return inner
        }
        let (name, place) = try name()
        let path = try path(name, of: object, at: place)
        guard path.field.isFilterable else {
            throw source.failure(
                "INVALID_FIELD", at: place, "field '\(path.text)' can not be filtered in a query call")
        }
        if take("NOT") {
            try expect("IN")
            return .not(.isIn(field: path, try list(for: path.field)))
        }
        if take("IN") { return .isIn(field: path, try list(for: path.field)) }
        let comparison: Query.Operator
        if take("LIKE") {
            comparison = .like
        } else if case .sign(let sign)? = tokens.first?.kind, let known = Query.Operator(rawValue: sign) {
            tokens.removeFirst()
            comparison = known
        } else {
            throw unexpected()
        }
        let literal = try literal(for: path.field, keepsMarks: comparison == .like)
        if comparison == .like {
            guard case .text = literal, path.field.typeName == "string" else {
                throw source.failure(
                    "INVALID_QUERY_FILTER_OPERATOR", at: place, "invalid operator on \(path.text): LIKE")
            }
        }
        return .compare(field: path, comparison, literal)
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
        guard let token = tokens.first else { throw unexpected() }
        switch (token.kind, field.kind) {
        case (.word(let word), _) where word.uppercased() == "NULL":
            tokens.removeFirst()
            return .null
        case (.text(let text), .text), (.text(let text), .email):
            tokens.removeFirst()
            return .text(keepsMarks ? text : SalesforceQueryLexer.unmarked(text))
        case (.text(let text), .id), (.text(let text), .reference):
            // No id: INVALID_QUERY_FILTER_OPERATOR, whatever the record; '' is null.
            guard text.isEmpty || SalesforceID.isForm(text) else {
                throw source.failure("INVALID_QUERY_FILTER_OPERATOR", at: token.place, "invalid ID field: \(text)")
            }
            tokens.removeFirst()
            return .text(text)
        case (.word(let word), .boolean) where ["TRUE", "FALSE"].contains(word.uppercased()):
            tokens.removeFirst()
            return .bool(word.uppercased() == "TRUE")
        case (.number(let number), .number):
            tokens.removeFirst()
            return .number(number)
        case (.dateTime(let text), .dateTime):
            tokens.removeFirst()
            return .dateTime(text)
        case (.date(let text), .date):
            tokens.removeFirst()
            return .date(text)
        case (.text, _), (.number, _), (.dateTime, _), (.date, _):
            let isQuoted = ["string", "id"].contains(field.typeName)
            throw source.failure(
                "INVALID_FIELD", at: token.place,
                "value of filter criterion for field '\(field.name)' must be of type \(field.typeName) and should "
                    + (isQuoted ? "be enclosed in quotes" : "not be enclosed in quotes"))
        default: throw unexpected()
        }
    }
}
