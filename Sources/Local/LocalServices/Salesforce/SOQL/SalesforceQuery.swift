/// A SOQL query of the subset that the local Salesforce supports.
///
/// `SELECT fields FROM object [USING SCOPE mine|everything] [WHERE …] [ORDER BY field [ASC|DESC] [NULLS FIRST|LAST], …]
/// [LIMIT n]`. A field may be one of another record, `Owner.Username`, or a subquery, `(SELECT fields FROM relationship …)`.
/// Conditions are `field op literal`, `field [NOT] IN (…)` and parentheses; AND, OR and NOT are not mixed without them.
/// Everything else is MALFORMED_QUERY.
struct SalesforceQuery: Sendable, Equatable {
    enum Literal: Sendable, Equatable {
        case text(String)
        case number(Double)
        case bool(Bool)
        case dateTime(String)
        case date(String)
        case null
    }

    enum Operator: String, Sendable {
        case equal = "="
        case unequal = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case like = "LIKE"
    }

    indirect enum Condition: Sendable, Equatable {
        case compare(field: SalesforcePath, Operator, Literal)
        case isIn(field: SalesforcePath, [Literal])
        case not(Condition)
        case all([Condition])
        case any([Condition])
    }

    struct Order: Sendable, Equatable {
        let field: SalesforcePath
        var isDescending = false
        var nullsFirst: Bool?
    }

    /// A subquery for the records that refer to each record found.
    struct Child: Sendable, Equatable {
        let relationship: SalesforceSchema.Relationship
        let query: SalesforceQuery
    }

    let object: SalesforceSchema.Object
    let fields: [SalesforcePath]
    let children: [Child]
    let isMine: Bool
    let condition: Condition?
    let orders: [Order]
    let limit: Int?

    /// Reads a query and checks its names, as far as the user sees them, and the types of its literals.
    init(
        _ text: String, as user: SalesforceUser = .agent,
        objects: [SalesforceSchema.Object] = SalesforceSchema.objects
    ) throws(SalesforceFailure) {
        // "SOQL and SOSL Limits for Search Queries".
        guard text.count <= 100_000 else {
            throw .malformedQuery("SOQL statements cannot be longer than 100000 characters.")
        }
        var parser = try SalesforceQueryParser(text, objects, user.rights)
        self = try parser.query()
    }

    init(
        object: SalesforceSchema.Object, fields: [SalesforcePath], children: [Child] = [], isMine: Bool,
        condition: Condition?,
        orders: [Order], limit: Int?
    ) {
        self.object = object
        self.fields = fields
        self.children = children
        self.isMine = isMine
        self.condition = condition
        self.orders = orders
        self.limit = limit
    }

    static func == (left: Self, right: Self) -> Bool {
        left.object.name == right.object.name && left.fields == right.fields && left.children == right.children
            && left.isMine == right.isMine && left.condition == right.condition && left.orders == right.orders
            && left.limit == right.limit
    }
}
