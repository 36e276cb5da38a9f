import JSON

/// The pages of a result that were not fetched yet: of a query, or of a subquery in one of its records.
struct SalesforceCursor: Sendable {
    let user: SalesforceUser
    let records: [JSONValue]
    /// The relationships of the subqueries' results in the records.
    let children: [SalesforceQuery.Child]
    let pageSize: Int

    /// Returns one page; `next` is the path of the one after it.
    static func result(_ records: ArraySlice<JSONValue>, of total: Int, next: String? = nil) -> JSONValue {
        var members: [String: JSONValue] = [
            "totalSize": .number(total), "done": .bool(next == nil), "records": .array(Array(records)),
        ]
        members["nextRecordsUrl"] = next.map(JSONValue.string)
        return .object(members)
    }
}

extension SalesforceOrg {
    func query(
        _ text: String, _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> SalesforceOrgResponse {
        let soql = try SalesforceQuery(text, as: user, objects: store.objects)
        let records = try soql.run(on: store, as: user, base: call.base)
        let size = call.batchSize.map { min(max($0, 200), 2_000) } ?? configuration.pageSize
        let cursor = SalesforceCursor(user: user, records: records, children: soql.children, pageSize: size)
        return try page("\(keep(cursor))-0", call, user)
    }

    /// Returns the locator of a cursor.
    private func keep(_ cursor: SalesforceCursor) -> String {
        let locator = "01g\(String(cursors.count + 1_000_000, radix: 36))"
        cursors[locator] = cursor
        return locator
    }

    func page(
        _ text: String, _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> SalesforceOrgResponse {
        let parts = text.split(separator: "-")
        guard
            parts.count == 2, let cursor = cursors[String(parts[0])], cursor.user == user, let start = Int(parts[1]),
            start >= 0, start <= cursor.records.count
        else {
            throw SalesforceFailure("INVALID_QUERY_LOCATOR", "invalid query locator")
        }
        return SalesforceOrgResponse(200, page(of: cursor, String(parts[0]), from: start, call))
    }

    private func page(
        of cursor: SalesforceCursor, _ locator: String, from start: Int, _ call: DataCall
    ) -> JSONValue {
        let end = min(start + cursor.pageSize, cursor.records.count)
        let records = cursor.records[start..<end].map { withPagedChildren($0, cursor, call) }
        let next = end < cursor.records.count ? "\(call.base)/query/\(locator)-\(end)" : nil
        return SalesforceCursor.result(records[...], of: cursor.records.count, next: next)
    }

    /// Returns a record with the first page alone of each subquery's result.
    ///
    /// A longer one is not done, and its `nextRecordsUrl` has the form of the query's own (simple-salesforce's issue 311;
    /// jsforce's 1752 and 1799, which has results within results).
    private func withPagedChildren(_ record: JSONValue, _ cursor: SalesforceCursor, _ call: DataCall) -> JSONValue {
        guard var members = record.object else { return record }
        for child in cursor.children {
            guard let records = members[child.relationship.name]?["records"]?.array else { continue }
            let inner = SalesforceCursor(
                user: cursor.user, records: records, children: child.query.children, pageSize: cursor.pageSize)
            let locator = records.count > inner.pageSize ? keep(inner) : ""
            members[child.relationship.name] = page(of: inner, locator, from: 0, call)
        }
        return .object(members)
    }
}
