import Calling
import HTTPTypes
import JSON

/// The reader of one query's pages, and of those of its subqueries' results, which are joined where they stand.
struct QueryReader: ~Copyable {
    static let action = "query"

    private var call: AuthenticatedCall
    /// The maximum number of records of each result by itself.
    private let limit: Int
    private let maximumBytes: Int
    /// False saves looking for subqueries' results in each record.
    private let hasSubqueries: Bool
    /// The pages that were requested: one that is announced again would be read without end.
    private var pages: Set<String> = []
    /// The size of the records so far.
    private var bytes = 0

    init(_ call: consuming AuthenticatedCall, limit: Int, maximumBytes: Int, hasSubqueries: Bool) {
        self.call = call
        self.limit = limit
        self.maximumBytes = maximumBytes
        self.hasSubqueries = hasSubqueries
    }

    /// Returns all pages from the first one's path on, joined.
    nonisolated(nonsending) mutating func response(from path: String) async throws(SalesforceError) -> QueryResponse {
        try await joined(page(at: path))
    }

    private nonisolated(nonsending) mutating func page(at path: String) async throws(SalesforceError) -> QueryPage {
        guard pages.insert(path).inserted else {
            throw SalesforceError(.unreadable, .refused, action: Self.action, detail: "a page announces an earlier one")
        }
        let request = SalesforceRequest(
            action: Self.action, method: .get, path: path, isIdempotent: true, maximumBytes: maximumBytes)
        let answer = try await call.answer(to: request, expecting: [200])
        guard let page = QueryPage(answer.body) else {
            throw SalesforceError(.unreadable, .refused, action: Self.action, status: answer.status)
        }
        return page
    }

    /// Returns a result whose first page is given, with all its other pages.
    private nonisolated(nonsending) mutating func joined(
        _ first: QueryPage
    ) async throws(SalesforceError) -> QueryResponse {
        var page = first
        var records: [RawJSON] = []
        var areWhole = true
        while true {
            let room = limit - records.count
            for record in page.records.prefix(room) {
                let (whole, isWhole) = try await completed(record)
                records.append(whole)
                areWhole = areWhole && isWhole
            }
            // An empty page that announces more would be requested without end.
            guard let next = page.next, records.count < limit, !page.records.isEmpty else {
                return QueryResponse(
                    totalSize: first.totalSize,
                    isComplete: page.isLast && page.records.count <= room && areWhole, records: records,
                    others: first.others)
            }
            page = try await self.page(at: next)
        }
    }

    /// Returns a record with its subqueries' results joined; false beside it when one of them is cut.
    private nonisolated(nonsending) mutating func completed(
        _ record: RawJSON
    ) async throws(SalesforceError) -> (record: RawJSON, isWhole: Bool) {
        var children: [String: RawJSON] = [:]
        var isWhole = true
        var ownSize = record.bytes.count + 1
        for (name, value) in hasSubqueries ? record.members ?? [] : [] where QueryPage.isExpected(in: value) {
            guard let page = QueryPage(value) else {
                throw SalesforceError(
                    .unreadable, .refused, action: Self.action, detail: "a subquery's result is no page")
            }
            ownSize -= value.bytes.count
            let child = try await joined(page)
            isWhole = isWhole && child.isComplete
            children[name] = RawJSON(wellFormed: child.json[...])
        }
        bytes += ownSize
        guard bytes <= maximumBytes else { throw SalesforceError(.tooLarge, .refused, action: Self.action) }
        return (children.isEmpty ? record : record.replacing(children), isWhole)
    }
}
