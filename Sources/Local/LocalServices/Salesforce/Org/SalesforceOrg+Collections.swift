import Foundation
import JSON

/// sObject Collections.
extension SalesforceOrg {
    /// `/composite/sobjects`: at most 200 records; POST creates, PATCH updates, PATCH with object and field upserts, DELETE
    /// deletes those of the query's `ids`.
    func collection(
        _ path: [String], _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> [JSONValue] {
        try call.allow("POST", "PATCH", "DELETE")
        if call.method == "DELETE" {
            guard path.isEmpty else { throw .notFound }
            return try deletion(call, user)
        }
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
        return finished(results, undoing: members["allOrNone"] == .bool(true) ? before : nil)
    }

    /// Returns the results, all of them failed where one is and the whole is undone to a state before.
    private func finished(
        _ results: [Result<JSONValue, SalesforceFailure>], undoing before: SalesforceStore?
    ) -> [JSONValue] {
        let hasFailed = results.contains { if case .failure = $0 { true } else { false } }
        let undone = hasFailed ? before : nil
        if let undone { store = undone }
        return results.map { result in
            switch result {
            case .success(let value): undone == nil ? value : SalesforceFailure.rolledBack.result
            case .failure(let failure): failure.result
            }
        }
    }

    /// "Delete Multiple Records with Fewer Round-Trips" in the REST API Developer Guide: at most 200 ids, of any objects.
    private func deletion(_ call: DataCall, _ user: SalesforceUser) throws(SalesforceFailure) -> [JSONValue] {
        let ids = (call.query["ids"] ?? "").split(separator: ",").map(String.init)
        guard !ids.isEmpty else { throw SalesforceFailure("REQUIRED_FIELD_MISSING", "ids is missing", fields: ["ids"]) }
        guard ids.count <= 200 else {
            throw SalesforceFailure("LIMIT_EXCEEDED", "record limit reached. cannot submit more than 200 records")
        }
        let before = store
        var results: [Result<JSONValue, SalesforceFailure>] = []
        var doomed: [String: Set<String>] = [:]
        for id in ids {
            do throws(SalesforceFailure) {
                let object = try deletable(id, user)
                guard doomed[object.name, default: []].insert(String(id.prefix(15))).inserted else {
                    throw SalesforceStore.deleted
                }
                results.append(.success(Self.success(id)))
            } catch {
                results.append(.failure(error))
            }
        }
        for (object, ids) in doomed { store.delete(ids, of: object) }
        return finished(results, undoing: call.query["allOrNone"] == "true" ? before : nil)
    }

    /// Returns the object of a record that the user may delete; of one that is not there it says that it was deleted.
    private func deletable(_ id: String, _ user: SalesforceUser) throws(SalesforceFailure) -> SalesforceSchema.Object {
        let objects = store.objects.filter { id.hasPrefix($0.prefix) && !$0.isFixed }
        guard SalesforceID.isForm(id), let object = objects.first else {
            throw SalesforceFailure("MALFORMED_ID", "malformed id \(id)")
        }
        guard user.rights.visible(object) != nil else {
            throw SalesforceFailure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        }
        try user.rights.checkDeletion(of: object)
        guard store.record(id, of: object.name) != nil else { throw SalesforceStore.deleted }
        return object
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
