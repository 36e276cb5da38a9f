import Salesforce

/// The queries for customers, each with its open cases.
struct CustomerQuery {
    /// The condition that selects records of an object.
    enum Condition {
        /// One of the object's phone fields has one of these forms.
        case phone([String])
        case email(String)
        case ids([String])
    }

    /// The most records of each query, and of each subquery.
    static let limit = 200

    let fields: CustomerFields
    /// True to read whether owners are active users, too.
    var readsOwnersState = false

    /// Returns the query for one object's records that meet a condition; of leads only those that are still leads.
    func soql(_ object: CustomerObject, _ condition: Condition) -> SOQL {
        var text = SOQL.StringInterpolation(literalCapacity: 512, interpolationCount: 8)
        text.appendLiteral(
            "SELECT " + columns(of: object).map { $0.map(\.text).joined(separator: ".") }.joined(separator: ","))
        if object != .lead {
            text.appendLiteral(
                ",(SELECT \(Self.caseColumns) FROM Cases WHERE IsClosed = false ORDER BY CreatedDate DESC LIMIT ")
            text.appendInterpolation(Self.limit)
            text.appendLiteral(")")
        }
        text.appendLiteral(" FROM \(object.rawValue) WHERE (")
        append(condition, of: object, to: &text)
        text.appendLiteral(object == .lead ? ") AND IsConverted = false LIMIT " : ") LIMIT ")
        text.appendInterpolation(Self.limit)
        return SOQL(stringInterpolation: text)
    }

    /// Returns the query for the cases of these numbers, open or closed.
    static func cases(_ numbers: [String]) -> SOQL {
        var text = SOQL.StringInterpolation(literalCapacity: 128, interpolationCount: 1)
        text.appendLiteral("SELECT \(caseColumns),ContactId,AccountId FROM Case WHERE CaseNumber IN ")
        text.appendInterpolation(numbers)
        text.appendLiteral(" LIMIT ")
        text.appendInterpolation(limit)
        return SOQL(stringInterpolation: text)
    }

    /// Returns true when a query of these fields, for a number with all forms, or for as many ids as a search finds, is
    /// longer than Salesforce takes.
    static func isTooLong(_ fields: CustomerFields) -> Bool {
        let query = CustomerQuery(fields: fields, readsOwnersState: true)
        let forms = Array(repeating: "(888) 888-88888", count: 5)
        let ids = Array(repeating: "003000000000000AAA", count: CustomerSearch.mostFinds)
        return fields.objects.contains { object in
            [Condition.phone(forms), .ids(ids)].contains { SalesforceClient.isTooLong(query.soql(object, $0)) }
        }
    }

    private static let caseColumns = "Id,CaseNumber,Subject,Status,Priority,Owner.Username"

    /// The paths of the columns, each once: Salesforce refuses a query that names one twice, in whatever case.
    private func columns(of object: CustomerObject) -> [[APIName]] {
        var paths: [[APIName]] = [["Id"], ["Name"], ["OwnerId"], ["Owner", "Name"], ["Owner", "Username"]]
        if readsOwnersState { paths.append(["Owner", "IsActive"]) }
        if object != .account { paths += [["FirstName"], ["LastName"], ["Email"]] }
        if object == .contact { paths += [["AccountId"], ["Account", "Name"]] }
        paths += (fields.phones[object] ?? []).map { [$0] }
        for extra in fields.extras {
            if extra.object == object {
                paths.append([extra.field])
            } else if object == .contact, extra.object == .account {
                paths.append(["Account", extra.field])
            }
        }
        var seen: Set<String> = []
        return paths.filter { path in seen.insert(path.map { $0.text.lowercased() }.joined(separator: ".")).inserted }
    }

    private func append(_ condition: Condition, of object: CustomerObject, to text: inout SOQL.StringInterpolation) {
        switch condition {
        case .phone(let forms): text.append(fields.phones[object] ?? [], in: forms)
        case .email(let address):
            text.appendLiteral("Email = ")
            text.appendInterpolation(address)
        case .ids(let ids):
            text.appendLiteral("Id IN ")
            text.appendInterpolation(ids)
        }
    }
}

extension SOQL.StringInterpolation {
    /// Appends the condition that one of these fields has one of these values: `Phone IN ('…','…') OR …`.
    mutating func append(_ fields: [APIName], in values: [String]) {
        for (index, field) in fields.enumerated() {
            appendLiteral(index > 0 ? " OR " : "")
            appendInterpolation(field)
            appendLiteral(" IN ")
            appendInterpolation(values)
        }
    }
}
