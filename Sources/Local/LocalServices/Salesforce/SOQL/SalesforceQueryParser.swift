/// The parser of a query from its tokens.
struct SalesforceQueryParser {
    typealias Query = SalesforceQuery
    var tokens: ArraySlice<SalesforceQueryLexer.Token>

    private let objects: [SalesforceSchema.Object]
    private let rights: SalesforceRights

    init(
        _ tokens: [SalesforceQueryLexer.Token], _ objects: [SalesforceSchema.Object], _ rights: SalesforceRights
    ) {
        self.tokens = tokens[...]
        self.objects = objects
        self.rights = rights
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
        let named = objects.first { $0.name.lowercased() == type.lowercased() }
        guard let object = named.flatMap(rights.visible) else {
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
}
