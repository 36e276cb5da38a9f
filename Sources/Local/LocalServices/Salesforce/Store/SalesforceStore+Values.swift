import Foundation
import JSON

extension SalesforceStore {
    /// Returns the values under the fields' own names; throws unless each may be written and has its type.
    func checked(
        _ fields: [String: JSONValue], _ object: Object
    ) throws(SalesforceFailure) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
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
        case (.text(let length), .string(let text)):
            guard text.utf16.count <= length else {
                throw SalesforceFailure(
                    "STRING_TOO_LONG", "\(field.name): data value too large (max length=\(length))",
                    fields: [field.name])
            }
            // Salesforce trims strings and stores no empty ones.
            let kept = text.trimmingCharacters(in: .whitespacesAndNewlines)
            return kept.isEmpty ? .null : .string(kept)
        case (.reference(let object), .string(let text)):
            guard !text.isEmpty else { return .null }
            guard let target = record(text, of: object)?["Id"] else {
                throw SalesforceFailure(
                    "INVALID_CROSS_REFERENCE_KEY", "\(field.name): id value of incorrect type: \(text)",
                    fields: [field.name])
            }
            return target
        case (.email, .string(let text)):
            guard text.isEmpty || text.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s.]+/) != nil else {
                throw SalesforceFailure(
                    "INVALID_EMAIL_ADDRESS", "\(field.name): invalid email address", fields: [field.name])
            }
            return text.isEmpty ? .null : value
        case (.boolean, .bool), (.dateTime, .string), (.number, .number): return value
        case (.text, .number(let digits)): return .string(digits)
        default:
            throw SalesforceFailure(
                "JSON_PARSER_ERROR", "Cannot deserialize the value of \(field.name)", fields: [field.name])
        }
    }
}
