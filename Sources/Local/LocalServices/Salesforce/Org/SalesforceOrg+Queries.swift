import JSON

/// The pages of a query that were not fetched yet.
struct SalesforceCursor: Sendable {
    let user: SalesforceUser
    let records: [JSONValue]
    let pageSize: Int
}

extension SalesforceOrg {
    func query(
        _ text: String, _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> SalesforceOrgResponse {
        let soql = try SalesforceQuery(text, as: user, objects: store.objects)
        let records = try soql.run(on: store, as: user, base: call.base)
        let size = call.batchSize.map { min(max($0, 200), 2_000) } ?? configuration.pageSize
        let locator = "01g\(String(cursors.count + 1_000_000, radix: 36))"
        cursors[locator] = SalesforceCursor(user: user, records: records, pageSize: size)
        return try page("\(locator)-0", call, user)
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
        let end = min(start + cursor.pageSize, cursor.records.count)
        var answer: [String: JSONValue] = [
            "totalSize": .number(cursor.records.count), "done": .bool(end == cursor.records.count),
            "records": .array(Array(cursor.records[start..<end])),
        ]
        if end < cursor.records.count {
            answer["nextRecordsUrl"] = .string("\(call.base)/query/\(parts[0])-\(end)")
        }
        return SalesforceOrgResponse(200, .object(answer))
    }
}
