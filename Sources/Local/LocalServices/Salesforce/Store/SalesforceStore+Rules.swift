import Foundation
import JSON

/// The rules that concern several fields of a record, or other records.
extension SalesforceStore {
    /// Fills in what Salesforce derives: compound names, IsClosed of a status, the account of a contact's case, the account
    /// of a task.
    func derive(_ record: inout Record, _ object: Object, at now: Date) {
        if let name = Self.name(of: record, object) { record["Name"] = .string(name) }
        if !object.closed.isEmpty {
            let isClosed = object.closed.contains(record["Status"]?.string ?? "")
            record["IsClosed"] = .bool(isClosed)
            if object.field("ClosedDate") != nil {
                record["ClosedDate"] = isClosed ? record["ClosedDate"] ?? .string(Self.text(of: now)) : .null
            }
        }
        switch object.name {
        case "Case":
            if Self.isEmpty(record["AccountId"]), let contact = record["ContactId"]?.string {
                record["AccountId"] = self.record(contact, of: "Contact")?["AccountId"] ?? .null
            }
        case "Task":
            record["AccountId"] = account(of: record) ?? .null
        default: break
        }
    }

    private func account(of task: Record) -> JSONValue? {
        if let what = task["WhatId"]?.string {
            if let account = record(what, of: "Account") { return account["Id"] }
            if let parent = record(what, of: "Opportunity") ?? record(what, of: "Case") { return parent["AccountId"] }
        }
        return task["WhoId"]?.string.flatMap { record($0, of: "Contact")?["AccountId"] }
    }

    /// Returns a record with the values of its formulas.
    func computed(_ record: Record, _ object: Object) -> Record {
        var record = record
        for field in object.fields {
            guard let formula = field.formula else { continue }
            let names = formula.split(separator: ".").map(String.init)
            let reference = object.fields.first { $0.relationship == names.first }
            record[field.name] = reference.flatMap { parent(of: record, by: $0) }?.record[names.last ?? ""] ?? .null
        }
        return record
    }

    /// Returns the objects of which a reference may name a record: with WhatId every custom one, too ("Task" in the Object
    /// Reference).
    func targets(of field: SalesforceSchema.Field) -> [String] {
        guard case .reference(let names) = field.kind else { return [] }
        return field.name == "WhatId" ? names + objects.map(\.name).filter { $0.hasSuffix("__c") } : names
    }

    /// Returns the record that a reference names, with its object.
    func parent(of child: Record, by field: SalesforceSchema.Field) -> (object: Object, record: Record)? {
        guard let id = child[field.name]?.string else { return nil }
        for name in targets(of: field) {
            if let object = object(name), let found = record(id, of: object.name) {
                return (object, computed(found, object))
            }
        }
        return nil
    }

    /// Returns false for a record that sharing hides from the user: under the organization-wide default Private, another's.
    ///
    /// Such a record is in no query, cannot be read or written, and still holds its unique values. "Sharing Settings" in
    /// Salesforce Help; roles and "View All" are not imitated.
    func sees(_ user: SalesforceUser, _ record: Record, of object: String) -> Bool {
        !privateObjects.contains(object) || record["OwnerId"]?.string.map { SalesforceID.isEqual($0, user.id) } == true
    }

    func checkIsWritable(_ object: Object) throws(SalesforceFailure) {
        guard !object.isFixed else {
            throw SalesforceFailure(
                403, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
        }
    }

    /// Checks what references allow together.
    ///
    /// A task of a lead has no WhatId ("Task" in the Object Reference; the code is our reading), nothing refers to a
    /// converted lead, and nobody inactive is made an owner.
    func checkRelations(_ values: Record, _ object: Object) throws(SalesforceFailure) {
        if object.name == "Task", let who = values["WhoId"]?.string, let lead = record(who, of: "Lead") {
            guard lead["IsConverted"] != .bool(true) else { throw .convertedLead }
            guard Self.isEmpty(values["WhatId"]) else {
                throw SalesforceFailure(
                    "FIELD_INTEGRITY_EXCEPTION", "Related To ID: a task of a lead cannot be related to something else",
                    fields: ["WhatId"])
            }
        }
        if let owner = values["OwnerId"]?.string, record(owner, of: "User")?["IsActive"] == .bool(false) {
            throw SalesforceFailure(
                "INACTIVE_OWNER_OR_USER",
                "operation performed with inactive user [\(owner)] as owner of \(object.name.lowercased())")
        }
    }

    /// The message of the validation rule STALE_CONTACT_RECORD of `integrations/salesforce`; a test compares them.
    static let staleContactRecord = "STALE_CONTACT_RECORD: A newer contact record of this contact is stored."

    /// Refuses what the validation rule of `integrations/salesforce` refuses: a contact record that is older than the
    /// stored one. Stored times are whole seconds of one form, so that they compare as strings.
    func checkIsNotStale(_ values: Record, over old: Record) throws(SalesforceFailure) {
        guard let next = values["Last_Update__c"]?.string, let last = old["Last_Update__c"]?.string, next < last else {
            return
        }
        throw SalesforceFailure("FIELD_CUSTOM_VALIDATION_EXCEPTION", Self.staleContactRecord)
    }

    func checkUniqueness(_ values: Record, _ object: Object, except id: String?) throws(SalesforceFailure) {
        for field in object.fields where field.isUnique {
            guard let value = values[field.name]?.string, !value.isEmpty else { continue }
            let others = records(of: object.name, where: field.name, is: value)
            if others.contains(where: { $0["Id"]?.string?.prefix(15) != id?.prefix(15) }) {
                throw SalesforceFailure(
                    "DUPLICATE_VALUE", "duplicate value found: \(field.name) duplicates value on record",
                    fields: [field.name])
            }
        }
    }

    func hasDuplicate(_ values: Record, _ object: Object) -> Bool {
        object.duplicateRules.contains { rule in
            let wanted = rule.map { values[$0]?.string?.lowercased() ?? "" }
            guard wanted.last?.isEmpty == false else { return false }
            return (records[object.name] ?? []).contains { record in
                record["IsConverted"] != .bool(true)
                    && rule.map { record[$0]?.string?.lowercased() ?? "" } == wanted
            }
        }
    }

    static func isEmpty(_ value: JSONValue?) -> Bool {
        guard case .string(let text)? = value else { return value == nil || value == .null }
        return text.allSatisfy(\.isWhitespace)
    }

    /// Returns the compound name of an object whose records are people.
    private static func name(of record: Record, _ object: Object) -> String? {
        guard object.field("LastName") != nil else { return nil }
        return [record["FirstName"]?.string, record["LastName"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
