import HTTPEvents
import Salesforce

/// What a request to `/getall` asks for.
struct QueryRequest {
    let soql: SOQL

    /// Takes the parameter `q`, given once.
    init(_ event: HTTPEvent) throws(WrapperError) {
        let queries = event.query.filter { $0.name == "q" }
        guard queries.count <= 1 else { throw .invalid("Give the query once, as q.") }
        guard let text = queries.first?.value, !text.isEmpty else { throw .invalid("Give a SELECT as q.") }
        guard (event.rawQuery("q") ?? "").utf8.count <= SalesforceClient.longestQuery else { throw .queryTooLong }
        guard let soql = SOQL(selectedBy: text) else { throw .invalid("Give a SELECT as q: nothing else is run.") }
        guard !SalesforceClient.isTooLong(soql) else { throw .queryTooLong }
        self.soql = soql
    }
}
