import AWS
import Calling
import Encoding

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
    static func written(_ soql: SOQL) -> String {
        let text = PercentEncoding.encode(soql.text)
        return text.utf8.count <= longestQuery ? text : PercentEncoding.encodeShortest(soql.text)
    }

    /// Runs a query and follows its pages, and those of its subqueries' results, until there is none or `limit` records of
    /// a result are read.
    ///
    /// More than `maximumBytes` of records and all is `tooLarge`. "Query" in Salesforce's REST API Developer Guide.
    package nonisolated(nonsending) func query(
        _ soql: SOQL, limit: Int = 2000, maximumBytes: Int = 6_291_556, _ call: SalesforceCall
    ) async throws(SalesforceError) -> QueryResponse {
        guard !Self.isTooLong(soql) else { throw .queryTooLong }
        let authenticated = AuthenticatedCall(self, call)
        let path = "\(authenticated.base)/query?q=\(Self.written(soql))"
        var reader = QueryReader(
            authenticated, limit: limit, maximumBytes: maximumBytes, hasSubqueries: SOQLWords(soql.text).selects > 1)
        return try await reader.response(from: path)
    }
}

extension SalesforceError {
    /// The error of a query that Salesforce would refuse for its length.
    static var queryTooLong: SalesforceError {
        SalesforceError(.refused, .notSent, action: QueryReader.action, status: 414, detail: "the query is too long")
    }
}
