import AWS
import Calling
import Encoding
import HTTPTypes
package import JSON
import Settings

extension SalesforceClient {
    /// The result of an upsert.
    package struct Upserted: Sendable, Equatable {
        /// The record's id; nil when Salesforce responded to an update without a body.
        package let id: String?
        package let isCreated: Bool
    }

    /// Creates a record; returns Salesforce's own JSON. `fields` must be a JSON object.
    ///
    /// Never repeated when its outcome is unknown: there is no key by which to recognise a duplicate.
    package nonisolated(nonsending) func create(_ object: APIName, json fields: [UInt8], _ call: SalesforceCall)
        async throws(SalesforceError) -> RawJSON
    {
        var authenticated = AuthenticatedCall(self, call)
        let request = SalesforceRequest(
            action: "creation", method: .post, path: "\(authenticated.base)/sobjects/\(object.text)", body: fields,
            isIdempotent: false)
        let answer: SalesforceResponse
        do throws(SalesforceError) {
            answer = try await authenticated.answer(to: request, expecting: [201])
        } catch {
            // The response says nothing of the record then, of whatever size.
            throw error.kind == .tooLarge ? SalesforceError(.unreadable, .unknown, action: request.action) : error
        }
        guard let json = try? RawJSON(checking: answer.body), json.members != nil else {
            throw SalesforceError(.unreadable, .unknown, action: request.action, status: answer.status)
        }
        return json
    }

    /// Creates a record; returns its id.
    package nonisolated(nonsending) func create(
        _ object: APIName, _ fields: [APIName: FieldValue], _ call: SalesforceCall
    ) async throws(SalesforceError) -> String {
        let json = try await create(object, json: Self.json(fields), call)
        guard let reply = json.decoded(Reply.self), let id = reply.id, !id.isEmpty, reply.success != false else {
            throw SalesforceError(.unreadable, .unknown, action: "creation", status: 201)
        }
        return id
    }

    /// Writes the record that has `value` in the external id `field`, or creates it.
    ///
    /// The field itself is left out of the body: the path has it. Several records with the value are the error
    /// `ambiguous`, and none is written.
    package nonisolated(nonsending) func upsert(
        _ object: APIName, where field: APIName, is value: String, _ fields: [APIName: FieldValue],
        _ call: SalesforceCall
    ) async throws(SalesforceError) -> Upserted {
        let action = "upsert"
        guard let segment = Self.segment(value) else { throw SalesforceError(.invalid, .notSent, action: action) }
        var authenticated = AuthenticatedCall(self, call)
        let request = SalesforceRequest(
            action: action, method: .patch,
            path: "\(authenticated.base)/sobjects/\(object.text)/\(field.text)/\(segment)",
            body: try Self.json(fields.filter { $0.key != field }), isIdempotent: true)
        let answer = try await authenticated.answer(to: request, expecting: [200, 201, 204])
        let reply = try? JSONText.decode(Reply.self, from: answer.body)
        // A maintenance page comes with 200 too, and then nothing was written.
        guard reply != nil || answer.body.isEmpty else {
            throw SalesforceError(.unreadable, .unknown, action: action, status: answer.status)
        }
        return Upserted(id: reply?.id, isCreated: answer.status == 201)
    }

    /// Returns the id of the record that has `value` in the external id `field`; nil when there is none.
    ///
    /// For an upsert whose response had no body. Several records are the error `ambiguous`.
    package nonisolated(nonsending) func id(
        of object: APIName, where field: APIName, is value: String, _ call: SalesforceCall
    ) async throws(SalesforceError) -> String? {
        let action = "read"
        guard let segment = Self.segment(value) else { throw SalesforceError(.invalid, .notSent, action: action) }
        var authenticated = AuthenticatedCall(self, call)
        let request = SalesforceRequest(
            action: action, method: .get,
            path: "\(authenticated.base)/sobjects/\(object.text)/\(field.text)/\(segment)?fields=Id", isIdempotent: true
        )
        let answer = try await authenticated.answer(to: request, expecting: [200, 404])
        guard answer.status == 200 else { return nil }
        guard let record = try? JSONText.decode(Record.self, from: answer.body) else {
            throw SalesforceError(.unreadable, .refused, action: action, status: answer.status)
        }
        return record.id
    }

    private struct Record: Decodable {
        let id: String

        enum CodingKeys: String, CodingKey {
            case id = "Id"
        }
    }

    private struct Reply: Decodable {
        let id: String?
        let success: Bool?
    }

    /// Returns a string as one segment of a path; nil for those that a server would take for a step up.
    private static func segment(_ text: String) -> String? {
        text.isEmpty || text == "." || text == ".." ? nil : PercentEncoding.encode(text)
    }

    static func json(_ fields: [APIName: FieldValue]) throws(SalesforceError) -> [UInt8] {
        try json(Dictionary(uniqueKeysWithValues: fields.map { ($0.key.text, $0.value) }))
    }

    static func json(_ value: some Encodable) throws(SalesforceError) -> [UInt8] {
        guard let bytes = try? JSONText.encode(value) else {
            throw SalesforceError(.invalid, .notSent, action: "call", detail: "a number cannot be written as JSON")
        }
        return bytes
    }
}
