/// The parser of a query from its tokens.
struct SalesforceQueryParser {
    typealias Query = SalesforceQuery
    typealias Token = SalesforceQueryToken

    var tokens: ArraySlice<Token>
    let source: SalesforceQueryText
    let objects: [SalesforceSchema.Object]
    let rights: SalesforceRights

    init(
        _ text: String, _ objects: [SalesforceSchema.Object], _ rights: SalesforceRights
    ) throws(SalesforceFailure) {
        tokens = try SalesforceQueryLexer.tokens(of: text)[...]
        source = SalesforceQueryText(text: text)
        self.objects = objects
        self.rights = rights
    }

    mutating func query() throws(SalesforceFailure) -> SalesforceQuery {
        let query = try select(depth: 1) { parser, type, place throws(SalesforceFailure) in
            guard let object = parser.object(type) else {
                throw parser.source.failure(
                    "INVALID_TYPE", at: place,
                    "sObject type '\(type)' is not supported. If you are attempting to use a custom object, be sure to append "
                        + "the '__c' after the entity name. Please reference your WSDL or the describe call for the "
                        + "appropriate names.")
            }
            return object
        }
        try expectEnd()
        return query
    }

    /// Reads the conditions alone that a search's `where` gives.
    mutating func conditions(alone object: SalesforceSchema.Object) throws(SalesforceFailure) -> Query.Condition {
        let all = try conditions(on: object)
        try expectEnd()
        return all
    }

    /// Returns the object, as far as the user sees it.
    func object(_ type: String) -> SalesforceSchema.Object? {
        objects.first { $0.name.lowercased() == type.lowercased() }.flatMap(rights.visible)
    }

    /// Reads a SELECT, whose object `source` finds by the name after FROM.
    mutating func select(
        depth: Int,
        from source: (_ parser: Self, _ name: String, _ place: Int) throws(SalesforceFailure) ->
            SalesforceSchema.Object
    ) throws(SalesforceFailure) -> SalesforceQuery {
        try expect("SELECT")
        var names: [(name: String, place: Int)] = []
        var subqueries: [ArraySlice<Token>] = []
        repeat {
            if take(sign: "(") {
                subqueries.append(try bracketed())
            } else {
                names.append(try name())
            }
        } while take(sign: ",")
        try expect("FROM")
        let type = try name()
        let object = try source(self, type.name, type.place)
        let isMine = try scope()
        var fields: [SalesforcePath] = []
        for (name, place) in names {
            let field = try path(name, of: object, at: place)
            guard !fields.contains(field) else {
                throw self.source.failure("INVALID_FIELD", at: place, "duplicate field selected: \(field.text)")
            }
            fields.append(field)
        }
        let condition = take("WHERE") ? try conditions(on: object) : nil
        let orders = take("ORDER") ? try self.orders(on: object) : []
        let limit = take("LIMIT") ? try self.limit() : nil
        return SalesforceQuery(
            object: object, fields: fields, children: try children(subqueries, of: object, depth: depth + 1),
            isMine: isMine, condition: condition, orders: orders, limit: limit)
    }

    private mutating func scope() throws(SalesforceFailure) -> Bool {
        guard take("USING") else { return false }
        try expect("SCOPE")
        let (scope, place) = try name()
        switch scope.lowercased() {
        case "mine": return true
        case "everything": return false
        default: throw source.malformed(at: place, "unknown scope: \(scope)")
        }
    }

    private mutating func orders(on object: SalesforceSchema.Object) throws(SalesforceFailure) -> [Query.Order] {
        try expect("BY")
        var orders: [Query.Order] = []
        repeat {
            let (name, place) = try name()
            var order = Query.Order(field: try path(name, of: object, at: place))
            guard order.field.field.isFilterable else {
                throw source.failure(
                    "INVALID_FIELD", at: place, "field '\(order.field.text)' can not be sorted in a query call")
            }
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
        let token = tokens.first
        guard case .number(let number)? = token?.kind, let limit = Int(exactly: number), limit >= 0 else {
            throw unexpected()
        }
        tokens.removeFirst()
        return limit
    }
}
