import HTTPEvents
import JSON
import Salesforce

/// The query of a request to `/getall`: its parameter `q`, or the body `{"q":"…"}` of a POST, which is not limited to
/// the 10,240 bytes that an HTTP API accepts of request line and headers.
struct QueryRequest {
    let soql: SOQL

    init(_ event: HTTPEvent) throws(WrapperError) {
        let text = try event.method == "POST" ? Self.body(event) : Self.parameter(event)
        guard let text, !text.isEmpty else { throw .invalid("The parameter q is missing: give a SELECT.") }
        // No encoding makes it shorter.
        guard text.utf8.count <= SalesforceClient.longestQuery else { throw .queryTooLong }
        guard !SOQLWords(text).doesMoreThanRead else {
            throw .invalid(
                "The query must only read: leave out FOR VIEW, FOR REFERENCE, FOR UPDATE, UPDATE TRACKING and UPDATE "
                    + "VIEWSTAT.")
        }
        guard let soql = SOQL(selectedBy: text) else { throw .invalid("The parameter q must be a plain SELECT.") }
        guard !SalesforceClient.isTooLong(soql) else { throw .queryTooLong }
        self.soql = soql
    }

    private static func parameter(_ event: HTTPEvent) throws(WrapperError) -> String? {
        let queries = event.query.filter { $0.name == "q" }
        guard queries.count <= 1 else { throw .invalid("The parameter q is given more than once.") }
        guard (event.rawQuery("q") ?? "").utf8.count <= SalesforceClient.longestQuery else { throw .queryTooLong }
        return queries.first?.value
    }

    private static func body(_ event: HTTPEvent) throws(WrapperError) -> String? {
        let members = try RequestBody.members(of: event, expecting: "Send a JSON object with a SELECT as q.")
        guard let query = try RequestBody.member("q", of: members) else { return nil }
        guard let text = query.string else { throw .invalid("q must be a string.") }
        return text
    }
}
