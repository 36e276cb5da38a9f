import Foundation
import JSON
import Settings

extension SalesforceOrg {
    private static let processingHalted = SalesforceFailure(
        "PROCESSING_HALTED", "The transaction was rolled back since another operation in the same transaction failed.")

    /// `POST /composite`: at most 25 calls in order; references between them are refused.
    func composite(_ call: DataCall, _ user: SalesforceUser) throws(SalesforceFailure) -> SalesforceOrgResponse {
        let members = try call.object()
        guard let requests = members["compositeRequest"]?.array, !requests.isEmpty else {
            throw SalesforceFailure(
                "REQUIRED_FIELD_MISSING", "compositeRequest is missing", fields: ["compositeRequest"])
        }
        guard requests.count <= 25 else {
            throw SalesforceFailure("LIMIT_EXCEEDED", "Limit reached. Only 25 operations are allowed.")
        }
        let before = store
        var results: [(reference: JSONValue, answer: SalesforceOrgResponse)] = []
        for request in requests {
            let answer: SalesforceOrgResponse
            do throws(SalesforceFailure) {
                answer = try sub(request, user)
            } catch {
                answer = SalesforceOrgResponse(error.status, .array([error.json]))
            }
            results.append((request["referenceId"] ?? .null, answer))
        }
        if members["allOrNone"] == .bool(true), results.contains(where: { $0.answer.status >= 300 }) {
            store = before
            results = results.map { reference, answer in
                guard answer.status < 300 else { return (reference, answer) }
                return (reference, SalesforceOrgResponse(400, .array([Self.processingHalted.json])))
            }
        }
        let answers = results.map { reference, answer in
            JSONValue.object([
                "body": answer.body ?? .null, "httpHeaders": .object([:]),
                "httpStatusCode": .number(answer.status), "referenceId": reference,
            ])
        }
        return SalesforceOrgResponse(200, .object(["compositeResponse": .array(answers)]))
    }

    private func sub(_ request: JSONValue, _ user: SalesforceUser) throws(SalesforceFailure) -> SalesforceOrgResponse {
        guard
            let method = request["method"]?.string, let url = request["url"]?.string,
            let reference = request["referenceId"]?.string, !reference.isEmpty
        else {
            throw SalesforceFailure("JSON_PARSER_ERROR", "a composite subrequest needs method, url and referenceId")
        }
        let body = request["body"]
        guard !url.contains("@{"), body?.text.contains("@{") != true else {
            throw SalesforceFailure("INVALID_INPUT", "the local Salesforce knows no references between subrequests")
        }
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let call = try DataCall(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
            body: body?.bytes ?? [],
            assignment: request["httpHeaders"]?.object?.first { $0.key.lowercased() == "sforce-auto-assign" }?.value
                .string)
        guard call.segments[0] != "composite" else {
            throw SalesforceFailure("INVALID_INPUT", "a composite subrequest cannot be composite")
        }
        return try perform(call, as: user)
    }

    /// `/composite/sobjects`: at most 200 records; POST creates, PATCH updates, PATCH with object and field upserts.
    func collection(
        _ path: [String], _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> [JSONValue] {
        try call.allow("POST", "PATCH")
        guard path.isEmpty || path.count == 2 && call.method == "PATCH" else { throw .notFound }
        let members = try call.object()
        guard let records = members["records"]?.array?.map({ $0.object ?? [:] }), !records.isEmpty else {
            throw SalesforceFailure("REQUIRED_FIELD_MISSING", "records is missing", fields: ["records"])
        }
        guard records.count <= 200 else {
            throw SalesforceFailure("LIMIT_EXCEEDED", "record limit reached. cannot submit more than 200 records")
        }
        let key = path.isEmpty ? nil : try externalID(path[1], of: try object(path[0], user))
        let before = store
        var results: [Result<JSONValue, SalesforceFailure>] = []
        for record in records {
            do throws(SalesforceFailure) {
                results.append(.success(try save(record, path.first, key, among: records, call, user)))
            } catch {
                results.append(.failure(error))
            }
        }
        let hasFailed = results.contains { if case .failure = $0 { true } else { false } }
        let isUndone = members["allOrNone"] == .bool(true) && hasFailed
        if isUndone {
            store = before
        }
        return results.map { result in
            switch result {
            case .success(let value): isUndone ? Self.processingHalted.result : value
            case .failure(let failure): failure.result
            }
        }
    }

    private func save(
        _ record: [String: JSONValue], _ name: String?, _ key: SalesforceSchema.Field?,
        among records: [[String: JSONValue]], _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> JSONValue {
        guard let type = record["attributes"]?["type"]?.string, name == nil || type == name else {
            throw SalesforceFailure("INVALID_TYPE", "each record needs attributes.type, and the path's object")
        }
        var fields = record
        fields["attributes"] = nil
        let object = try object(type, user)
        if let key {
            guard let value = fields.removeValue(forKey: key.name)?.string, !value.isEmpty else {
                throw SalesforceFailure(
                    "MISSING_ARGUMENT", "\(key.name) not specified", fields: [key.name])
            }
            // Ids are compared without case, among the sent ones and among the stored ones.
            let twins = records.filter { $0[key.name]?.string?.lowercased() == value.lowercased() }
            guard twins.count == 1 else {
                throw SalesforceFailure(
                    "DUPLICATE_VALUE", "Duplicate external id specified: \(value)", fields: [key.name])
            }
            guard store.records(of: object.name, where: key.name, is: value).count < 2 else {
                throw SalesforceFailure("DUPLICATE_EXTERNAL_ID", "Several records match", fields: [key.name])
            }
            let (id, isNew) = try upsert(object, key, value, fields, call, user)
            return Self.success(id, created: isNew)
        }
        if call.method == "POST" { return Self.success(try create(object, fields, call, user)) }
        let id = (fields.removeValue(forKey: "Id") ?? fields.removeValue(forKey: "id"))?.string ?? ""
        guard store.record(id, of: object.name) != nil else {
            throw SalesforceFailure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        }
        try update(id, object, fields, call, user)
        return Self.success(id)
    }
}
