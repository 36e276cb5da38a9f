import Calling
import HTTPTypes
import JSON

extension SalesforceClient {
    /// A record that a search found.
    package struct SearchFind: Sendable, Hashable {
        /// The object's API name.
        package let object: String
        package let id: String
    }

    /// Searches phone fields for digits, `POST /parameterizedSearch`, in whatever way the fields write the number.
    ///
    /// The index lags behind new records by seconds or minutes, and a find need not be the number: read its fields.
    /// `digits` that are not digits are refused, since a search has operators. "Parameterized Search" in Salesforce's REST
    /// API Developer Guide.
    package nonisolated(nonsending) func searchPhones(
        for digits: String, in objects: [APIName], limit: Int, _ call: SalesforceCall
    ) async throws(SalesforceError) -> [SearchFind] {
        let action = "search"
        guard digits.utf8.count >= 2, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw SalesforceError(.invalid, .notSent, action: action)
        }
        let sobjects = objects.map { name -> JSONValue in ["name": .string(name.text), "fields": ["Id"]] }
        let body: JSONValue = [
            "q": .string(digits), "in": "PHONE", "sobjects": .array(sobjects),
            "overallLimit": .number(limit),
        ]
        var authenticated = AuthenticatedCall(self, call)
        let request = SalesforceRequest(
            action: action, method: .post, path: "\(authenticated.base)/parameterizedSearch", body: body.bytes,
            isIdempotent: true)
        let answer = try await authenticated.answer(to: request, expecting: [200])
        guard let records = try? JSONValue(parsing: answer.body)["searchRecords"]?.array else {
            throw SalesforceError(.unreadable, .refused, action: action, status: answer.status)
        }
        var finds: [SearchFind] = []
        for record in records {
            guard let object = record["attributes"]?["type"]?.string, let id = record["Id"]?.string else {
                throw SalesforceError(
                    .unreadable, .refused, action: action, status: answer.status, detail: "a record has no Id")
            }
            finds.append(SearchFind(object: object, id: id))
        }
        return finds
    }
}
