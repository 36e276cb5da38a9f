/// Reads a query from its tokens.
struct SalesforceQueryParser {
    private typealias Query = SalesforceQuery
    private var tokens: ArraySlice<SalesforceQueryLexer.Token>
    private static let reserved: Set = [
        "SELECT", "FROM", "USING", "SCOPE", "WHERE", "AND", "OR", "NOT", "IN", "LIKE", "ORDER", "BY", "ASC", "DESC",
        "NULLS", "LIMIT", "OFFSET", "GROUP", "HAVING", "FOR", "WITH", "TYPEOF", "INCLUDES", "EXCLUDES", "UPDATE",
        "NULL",
        "TRUE", "FALSE",
    ]

    init(_ tokens: [SalesforceQueryLexer.Token]) {
        self.tokens = tokens[...]
    }

    mutating func query() throws(SalesforceFailure) -> SalesforceQuery {
        try expect("SELECT")
        var names = [try name()]
        while take(sign: ",") {
            names.append(try name())
        }
        try expect("FROM")
        let type = try name()
        let isMine = try scope()
        guard let object = SalesforceSchema.object(type) else {
            throw SalesforceFailure("INVALID_TYPE", "sObject type '\(type)' is not supported.")
        }
        var fields: [String] = []
        for name in names {
            let field = try self.field(name, of: object).name
            guard !fields.contains(field) else {
                throw SalesforceFailure("INVALID_FIELD", "duplicate field selected: \(field)")
            }
            fields.append(field)
        }
        let condition = take("WHERE") ? try conditions(on: object) : nil
        let orders = take("ORDER") ? try self.orders(on: object) : []
        let limit = take("LIMIT") ? try self.limit() : nil
        if let next = tokens.first {
            throw .malformedQuery("unexpected token: \(Self.text(next))")
        }
        return SalesforceQuery(
            object: object, fields: fields, isMine: isMine, condition: condition, orders: orders, limit: limit)
    }

    private mutating func scope() throws(SalesforceFailure) -> Bool {
        guard take("USING") else { return false }
        try expect("SCOPE")
        let scope = try name()
        switch scope.lowercased() {
        case "mine": return true
        case "everything": return false
        default: throw .malformedQuery("unknown scope: \(scope)")
        }
    }

    private mutating func orders(on object: SalesforceSchema.Object) throws(SalesforceFailure) -> [Query.Order] {
        try expect("BY")
        var orders: [Query.Order] = []
        repeat {
            var order = Query.Order(field: try field(try name(), of: object).name)
            if take("DESC") {
                order.isDescending = true
            } else {
                _ = take("ASC")
            }
            if take("NULLS") {
                order.nullsFirst = take("FIRST")
                if order.nullsFirst == false { try expect("LAST") }
            }
            orders.append(order)
        } while take(sign: ",")
        return orders
    }

    private mutating func limit() throws(SalesforceFailure) -> Int {
        guard case .number(let number)? = tokens.popFirst(), let limit = Int(exactly: number), limit >= 0 else {
            throw .malformedQuery("LIMIT needs a whole number")
        }
        return limit
    }

    // MARK: Conditions

    private mutating func conditions(on object: SalesforceSchema.Object) throws(SalesforceFailure) -> Query.Condition {
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

    // MARK: Words

    private func field(
        _ name: String, of object: SalesforceSchema.Object
    ) throws(SalesforceFailure) -> SalesforceSchema.Field {
        guard let field = object.field(name) else {
            throw SalesforceFailure("INVALID_FIELD", "No such column '\(name)' on entity '\(object.name)'.")
        }
        return field
    }

    private mutating func name() throws(SalesforceFailure) -> String {
        guard case .word(let word)? = tokens.first, !Self.reserved.contains(word.uppercased()) else {
            throw .malformedQuery("unexpected token: \(tokens.first.map(Self.text) ?? "<EOF>")")
        }
        tokens.removeFirst()
        return word
    }

    private func isNext(_ keyword: String) -> Bool {
        if case .word(let word)? = tokens.first { word.uppercased() == keyword } else { false }
    }

    private mutating func take(_ keyword: String) -> Bool {
        guard isNext(keyword) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func take(sign: String) -> Bool {
        guard tokens.first == .sign(sign) else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func expect(_ keyword: String) throws(SalesforceFailure) {
        guard take(keyword) else {
            throw .malformedQuery("expecting \(keyword), found \(tokens.first.map(Self.text) ?? "<EOF>")")
        }
    }

    private mutating func expect(sign: String) throws(SalesforceFailure) {
        guard take(sign: sign) else {
            throw .malformedQuery("expecting \(sign), found \(tokens.first.map(Self.text) ?? "<EOF>")")
        }
    }

    private static func text(_ token: SalesforceQueryLexer.Token) -> String {
        switch token {
        case .word(let text), .sign(let text), .dateTime(let text): "'\(text)'"
        case .text: "a text"
        case .number(let number): "'\(number)'"
        }
    }
}
