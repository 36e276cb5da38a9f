import Calling
import HTTPTypes
import JSON

extension SalesforceClient {
    /// The most queries in one composite request.
    package static let mostCompositeQueries = 5

    /// Sends several parts in one request, `POST /composite`; returns a response for each, in order.
    ///
    /// A part that is refused does not undo the others (`allOrNone` false). Unless all parts are queries, a request whose
    /// outcome is unknown is not repeated. "Composite" in Salesforce's REST API Developer Guide.
    package nonisolated(nonsending) func composite(
        _ parts: [SubRequest], _ call: SalesforceCall
    ) async throws(SalesforceError) -> [SubResponse] {
        let action = "composite request"
        guard !parts.isEmpty else { return [] }
        let queries = parts.count { part in
            if case .query = part.action { true } else { false }
        }
        guard queries <= Self.mostCompositeQueries else {
            throw SalesforceError(.invalid, .notSent, action: action, detail: "it has over 5 queries")
        }
        var authenticated = AuthenticatedCall(self, call)
        let base = authenticated.base
        let subrequests = try parts.map { part throws(SalesforceError) in try part.json(base: base) }
        let body: JSONValue = ["allOrNone": false, "compositeRequest": .array(subrequests)]
        let request = SalesforceRequest(
            action: action, method: .post, path: "\(base)/composite", body: body.bytes,
            isIdempotent: queries == parts.count)
        let answer = try await authenticated.answer(to: request, expecting: [200])
        guard let responses = try? JSONText.decode(Reply.self, from: answer.body).compositeResponse,
            responses.map(\.reference) == parts.map(\.reference.text)
        else { throw SalesforceError(.unreadable, .unknown, action: action, status: answer.status) }
        return responses
    }

    /// Returns the page after another one, by the path that it announces.
    package nonisolated(nonsending) func page(
        at path: String, _ call: SalesforceCall
    ) async throws(SalesforceError) -> RecordPage {
        var authenticated = AuthenticatedCall(self, call)
        let request = SalesforceRequest(action: QueryReader.action, method: .get, path: path, isIdempotent: true)
        let answer = try await authenticated.answer(to: request, expecting: [200])
        guard let page = (try? JSONValue(parsing: answer.body)).flatMap(RecordPage.init) else {
            throw SalesforceError(.unreadable, .refused, action: request.action, status: answer.status)
        }
        return page
    }

    private struct Reply: Decodable {
        let compositeResponse: [SubResponse]
    }
}
