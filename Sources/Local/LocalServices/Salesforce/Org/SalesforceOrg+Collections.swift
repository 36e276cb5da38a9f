import Foundation
import JSON

/// sObject Collections.
extension SalesforceOrg {
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
            case .success(let value): isUndone ? SalesforceFailure.rolledBack.result : value
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
        guard let stored = store.record(id, of: object.name) else {
            throw SalesforceFailure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        }
        guard store.sees(user, stored, of: object.name) else {
            throw SalesforceFailure("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
        }
        try update(id, object, fields, call, user)
        return Self.success(id)
    }
}
