import Foundation
import JSON

extension SalesforceStore {
    /// Returns the values under the fields' own names; throws unless each may be written and has its type.
    func checked(_ fields: Record, _ object: Object) throws(SalesforceFailure) -> Record {
        var values: Record = [:]
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) where name != "attributes" {
            guard let field = object.field(name) else {
                throw SalesforceFailure("INVALID_FIELD", "No such column '\(name)' on sobject of type \(object.name)")
            }
            guard !field.isReadOnly else {
                throw SalesforceFailure(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "Unable to create/update fields: \(field.name). Please check the security settings of this field.",
                    fields: [field.name])
            }
            values[field.name] = try checked(value, field)
        }
        return values
    }

    private func checked(_ value: JSONValue, _ field: SalesforceSchema.Field) throws(SalesforceFailure) -> JSONValue {
        switch (field.kind, value) {
        case (_, .null): return value
        case (.text(let length), .string(let text)): return try checked(text: text, length, field)
        case (.reference, .string(let text)): return try checked(id: text, field)
        case (.email, .string(let text)):
            guard text.isEmpty || text.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s.]+/) != nil else {
                throw SalesforceFailure(
                    "INVALID_EMAIL_ADDRESS", "\(field.name): invalid email address: \(text)", fields: [field.name])
            }
            return text.isEmpty ? .null : value
        case (.date, .string(let text)):
            guard text.wholeMatch(of: /\d{4}-[01]\d-[0-3]\d/) != nil else { throw Self.malformed(value, field) }
            return value
        case (.dateTime, .string(let text)):
            guard let date = Self.date(text) else { throw Self.malformed(value, field) }
            return .string(Self.text(of: Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))))
        case (.boolean, .bool), (.number, .number): return value
        case (.text, .number(let digits)): return .string(digits)
        default: throw Self.malformed(value, field)
        }
    }

    private func checked(
        text: String, _ length: Int, _ field: SalesforceSchema.Field
    ) throws(SalesforceFailure) -> JSONValue {
        guard text.utf16.count <= length else {
            throw SalesforceFailure(
                "STRING_TOO_LONG", "\(field.name): data value too large: \(text) (max length=\(length))",
                fields: [field.name])
        }
        // Salesforce trims strings and stores no empty ones.
        let kept = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let values = field.values, !kept.isEmpty, !values.contains(kept) {
            throw SalesforceFailure(
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                "\(field.name): bad value for restricted picklist field: \(kept)", fields: [field.name])
        }
        return kept.isEmpty ? .null : .string(kept)
    }

    /// Returns the whole id of the record that a reference names.
    ///
    /// A value that has not the form of an id is MALFORMED_ID, another object's FIELD_INTEGRITY_EXCEPTION (jsforce's issue 1006), a record that
    /// is not there INVALID_CROSS_REFERENCE_KEY.
    private func checked(
        id text: String, _ field: SalesforceSchema.Field
    ) throws(SalesforceFailure) -> JSONValue {
        guard !text.isEmpty else { return .null }
        let fault = "\(field.label): id value of incorrect type: \(text)"
        guard SalesforceID.isForm(text) else {
            throw SalesforceFailure("MALFORMED_ID", fault, fields: [field.name])
        }
        for name in targets(of: field) {
            if let found = record(text, of: name)?["Id"] { return found }
        }
        guard targets(of: field).contains(where: { object($0)?.prefix == String(text.prefix(3)) }) else {
            throw SalesforceFailure("FIELD_INTEGRITY_EXCEPTION", fault, fields: [field.name])
        }
        throw SalesforceFailure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", fields: [field.name])
    }

    private static func malformed(_ value: JSONValue, _ field: SalesforceSchema.Field) -> SalesforceFailure {
        SalesforceFailure(
            "JSON_PARSER_ERROR",
            "Cannot deserialize instance of \(field.typeName) from VALUE_STRING value \(value.scalarText ?? "") or request "
                + "may be missing a required field", fields: [field.name])
    }

    /// Returns the moment of an ISO 8601 date and time with a zone, as `2026-11-29T18:00:00Z`, `+0000` or `+00:00`.
    private static func date(_ text: String) -> Date? {
        guard let parts = text.wholeMatch(of: /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[-+]\d\d:?\d\d)/) else {
            return nil
        }
        return try? Date("\(parts.1)\(parts.3)", strategy: .iso8601)
    }
}
