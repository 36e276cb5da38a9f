/// The parser of a query from its tokens.
struct SalesforceQueryParser {
    typealias Query = SalesforceQuery
    var tokens: ArraySlice<SalesforceQueryLexer.Token>

    let objects: [SalesforceSchema.Object]
    let rights: SalesforceRights

    init(
        _ tokens: [SalesforceQueryLexer.Token], _ objects: [SalesforceSchema.Object], _ rights: SalesforceRights
    ) {
        self.tokens = tokens[...]
        self.objects = objects
        self.rights = rights
    }

    mutating func query() throws(SalesforceFailure) -> SalesforceQuery {
        let query = try select(depth: 1) { parser, type throws(SalesforceFailure) in
            guard let object = parser.object(type) else {
                throw SalesforceFailure("INVALID_TYPE", "sObject type '\(type)' is not supported.")
            }
            return object
        }
        if let next = tokens.first {
            throw .malformedQuery("unexpected token: \(Self.text(next))")
        }
        return query
    }

    /// Returns the object, as far as the user sees it.
    func object(_ type: String) -> SalesforceSchema.Object? {
        objects.first { $0.name.lowercased() == type.lowercased() }.flatMap(rights.visible)
    }

    /// Reads a SELECT, whose object `source` finds by the name after FROM.
    mutating func select(
        depth: Int,
        from source: (_ parser: Self, _ name: String) throws(SalesforceFailure) -> SalesforceSchema.Object
    ) throws(SalesforceFailure) -> SalesforceQuery {
        try expect("SELECT")
        var names: [String] = []
        var subqueries: [ArraySlice<SalesforceQueryLexer.Token>] = []
        repeat {
            if take(sign: "(") {
                subqueries.append(try bracketed())
            } else {
                names.append(try name())
            }
        } while take(sign: ",")
        try expect("FROM")
        let object = try source(self, try name())
        let isMine = try scope()
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
        var children: [Query.Child] = []
        for subquery in subqueries {
            let child = try self.child(subquery, of: object, depth: depth + 1)
            guard !children.contains(where: { $0.relationship.name == child.relationship.name }) else {
                throw .malformedQuery("duplicate subquery: \(child.relationship.name)")
            }
            children.append(child)
        }
        return SalesforceQuery(
            object: object, fields: fields, children: children, isMine: isMine, condition: condition, orders: orders,
            limit: limit)
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
}
