import Calling
import Encoding
import HTTPTypes
import JSON

extension SalesforceClient {
    /// The most records in one collection.
    package static let largestCollection = 200

    /// The result of one record of a collection.
    package struct RecordResult: Sendable, Equatable, Decodable {
        package struct Fault: Sendable, Equatable, Decodable {
            /// The code, such as `DUPLICATE_VALUE`.
            package let statusCode: String
            /// Salesforce's sentence, which may quote the record: for comparisons, and never for a log.
            package let message: String?
            package let fields: [String]?
        }

        /// The record's id; nil when it was not written.
        package let id: String?
        package let success: Bool
        /// True when an upsert created the record.
        package let created: Bool?
        /// Empty for a record that was written.
        package let errors: [Fault]

        private enum CodingKeys: CodingKey {
            case id, success, created, errors
        }

        package init(from decoder: any Decoder) throws {
            let result = try decoder.container(keyedBy: CodingKeys.self)
            id = try result.decodeIfPresent(String.self, forKey: .id)
            success = try result.decode(Bool.self, forKey: .success)
            created = try result.decodeIfPresent(Bool.self, forKey: .created)
            // One result without its list must not make the others unreadable: they may have been written.
            errors = try result.decodeIfPresent([Fault].self, forKey: .errors) ?? []
        }
    }

    /// Upserts at most 200 records by the external id `field`, each of which must have it; returns a result for each,
    /// in order.
    ///
    /// Two records with one external id are both refused: make them unique first. "Upsert Multiple Records with Fewer
    /// Round-Trips" in Salesforce's REST API Developer Guide.
    package nonisolated(nonsending) func upsert(
        _ object: APIName, by field: APIName, _ records: [[APIName: FieldValue]], allOrNone: Bool = false,
        _ call: SalesforceCall
    ) async throws(SalesforceError) -> [RecordResult] {
        try await collection(
            "upsert of a collection", .patch, path: "/\(object.text)/\(field.text)",
            of: Collection(object, records, allOrNone: allOrNone), isIdempotent: true, call)
    }

    /// Creates at most 200 records; returns a result for each, in order. Never repeated when its outcome is unknown.
    ///
    /// No function calls it yet, nor `update`.
    package nonisolated(nonsending) func create(
        _ object: APIName, _ records: [[APIName: FieldValue]], allOrNone: Bool = false, _ call: SalesforceCall
    ) async throws(SalesforceError) -> [RecordResult] {
        try await collection(
            "creation of a collection", .post, of: Collection(object, records, allOrNone: allOrNone),
            isIdempotent: false, call)
    }

    /// Updates at most 200 records, each with its `Id`; returns a result for each, in order.
    package nonisolated(nonsending) func update(
        _ object: APIName, _ records: [[APIName: FieldValue]], allOrNone: Bool = false, _ call: SalesforceCall
    ) async throws(SalesforceError) -> [RecordResult] {
        try await collection(
            "update of a collection", .patch, of: Collection(object, records, allOrNone: allOrNone),
            isIdempotent: true, call)
    }

    /// Deletes at most 200 records by their ids; returns a result for each, in order.
    ///
    /// A record that is gone already is refused with `ENTITY_IS_DELETED`. "Delete Multiple Records with Fewer Round-Trips" in
    /// Salesforce's REST API Developer Guide.
    package nonisolated(nonsending) func delete(
        _ ids: [String], allOrNone: Bool = false, _ call: SalesforceCall
    ) async throws(SalesforceError) -> [RecordResult] {
        let action = "deletion of a collection"
        guard !ids.isEmpty else { return [] }
        guard ids.count <= Self.largestCollection,
            ids.allSatisfy({ [15, 18].contains($0.utf8.count) && $0.utf8.allSatisfy(\.isASCIILetterOrDigit) })
        else {
            throw SalesforceError(.invalid, .notSent, action: action, detail: "it has over 200 ids, or one is none")
        }
        var authenticated = AuthenticatedCall(self, call)
        let request = SalesforceRequest(
            action: action, method: .delete,
            path: "\(authenticated.base)/composite/sobjects?ids=\(ids.joined(separator: ","))&allOrNone=\(allOrNone)",
            isIdempotent: true)
        let answer = try await authenticated.answer(to: request, expecting: [200])
        guard let results = try? JSONText.decode([RecordResult].self, from: answer.body), results.count == ids.count
        else {
            throw SalesforceError(.unreadable, .unknown, action: action, status: answer.status)
        }
        return results
    }

    private nonisolated(nonsending) func collection(
        _ action: String, _ method: HTTPRequest.Method, path: String = "", of collection: Collection,
        isIdempotent: Bool, _ call: SalesforceCall
    ) async throws(SalesforceError) -> [RecordResult] {
        guard !collection.records.isEmpty else { return [] }
        guard collection.records.count <= Self.largestCollection else {
            throw SalesforceError(.invalid, .notSent, action: action, detail: "it has over 200 records")
        }
        var authenticated = AuthenticatedCall(self, call)
        let text = try CollectionText(collection.object, collection.records, allOrNone: collection.allOrNone)
        let request = SalesforceRequest(
            action: action, method: method, path: "\(authenticated.base)/composite/sobjects\(path)",
            body: text.bytes, isIdempotent: isIdempotent)
        let answer: SalesforceResponse
        do throws(SalesforceError) {
            answer = try await authenticated.answer(to: request, expecting: [200])
        } catch {
            var error = error
            error.record = error.column.flatMap(text.record(atColumn:))
            throw error
        }
        guard let results = try? JSONText.decode([RecordResult].self, from: answer.body),
            results.count == collection.records.count
        else { throw SalesforceError(.unreadable, .unknown, action: action, status: answer.status) }
        return results
    }

    private struct Collection {
        let object: APIName
        let records: [[APIName: FieldValue]]
        let allOrNone: Bool

        init(_ object: APIName, _ records: [[APIName: FieldValue]], allOrNone: Bool) {
            self.object = object
            self.records = records
            self.allOrNone = allOrNone
        }
    }
}
