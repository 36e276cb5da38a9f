import AWS
import Calling
import Encoding
import HTTPTypes
import JSON

extension SalesforceClient {
    /// The most bytes that a query may have, percent-encoded: Salesforce takes 16,384 of address and headers together, and
    /// path, token and the other headers need their room.
    package static let longestQuery = 15_000

    /// Returns true when the query is too long to be sent; such a query fails as Salesforce would, with status 414.
    package static func isTooLong(_ soql: SOQL) -> Bool {
        written(soql).utf8.count > longestQuery
    }

    /// Returns the query percent-encoded, and in the shortest encoding when it would be too long otherwise, since a
    /// caller may have sent it in that one.
    private static func written(_ soql: SOQL) -> String {
        let text = PercentEncoding.encode(soql.text)
        return text.utf8.count <= longestQuery ? text : PercentEncoding.encodeShortest(soql.text)
    }

    /// Runs a query and follows its pages, until there is none or `limit` records are read.
    ///
    /// More than `maximumBytes` of records and all is `tooLarge`. "Query" in Salesforce's REST API Developer Guide.
    package nonisolated(nonsending) func query(
        _ soql: SOQL, limit: Int = 2000, maximumBytes: Int = 6_291_556, _ call: SalesforceCall
    ) async throws(SalesforceError) -> QueryResponse {
        let action = "query"
        guard !Self.isTooLong(soql) else {
            throw SalesforceError(.refused, .notSent, action: action, status: 414, detail: "the query is too long")
        }
        var authenticated = AuthenticatedCall(self, call)
        var path = "\(authenticated.base)/query?q=\(Self.written(soql))"
        var (records, bytes): ([RawJSON], Int) = ([], 0)
        var first: QueryPage?
        while true {
            let request = SalesforceRequest(
                action: action, method: .get, path: path, isIdempotent: true, maximumBytes: maximumBytes)
            let answer = try await authenticated.answer(to: request, expecting: [200])
            guard let page = QueryPage(answer.body) else {
                throw SalesforceError(.unreadable, .refused, action: action, status: answer.status)
            }
            let start = first ?? page
            first = start
            let room = limit - records.count
            records += page.records.prefix(room)
            bytes += page.records.reduce(0) { $0 + $1.bytes.count + 1 }
            guard bytes <= maximumBytes else { throw SalesforceError(.tooLarge, .refused, action: action) }
            // An empty page that announces more would be requested without end.
            guard let next = page.next, records.count < limit, !page.records.isEmpty else {
                return QueryResponse(
                    totalSize: start.totalSize, isComplete: page.isLast && page.records.count <= room,
                    records: records, others: start.others)
            }
            path = next
        }
    }
}
