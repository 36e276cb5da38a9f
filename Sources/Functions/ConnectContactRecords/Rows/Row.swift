import Encoding
import Salesforce

/// A row of a collection, and the fields that it can do without.
struct Row: Sendable {
    /// The place of its contact in the batch.
    let contact: Int
    var fields: [APIName: FieldValue]
    /// The fields of `CONTACT_ATTRIBUTE_FIELDS`, whose values people choose.
    var attributeFields: [APIName] = []
    /// The fields that name a person, who may be gone.
    var personFields: [APIName] = []
    /// True once it is sent again unchanged.
    var isRepeated = false
    /// The number of times that fields were taken from it.
    var reductions = 0

    /// Codes of refusals for the id of another record, which name no field.
    private static let referenceCodes: Set<String> = [
        "ENTITY_IS_DELETED", "FIELD_INTEGRITY_EXCEPTION", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
        "INVALID_CROSS_REFERENCE_KEY", "MALFORMED_ID",
    ]

    private static let inactiveOwner = "INACTIVE_OWNER_OR_USER"

    /// True when it has a field that people chose the value of.
    var hasAttributes: Bool { attributeFields.contains { fields[$0].map { $0 != .null } ?? false } }

    /// The row without the attributes' fields.
    var withoutAttributes: Row { without(Set(attributeFields)) }

    /// Returns the row without the fields that it was refused for; nil when it was refused for any other.
    func without(refusedFor faults: [SalesforceClient.RecordResult.Fault]) -> (row: Row, fields: [APIName])? {
        let removable = removable
        guard !faults.isEmpty, !removable.isEmpty else { return nil }
        var refused: Set<APIName> = []
        for fault in faults {
            let named = Set((fault.fields ?? []).map { $0.lowercased() })
            var found = removable.filter { named.contains($0.text.lowercased()) }
            if named.isEmpty {
                found = removable.filter { fault.message?.containsBytes(of: $0.text) == true }
                if found.isEmpty, fault.statusCode == Self.inactiveOwner {
                    found = removable.filter { $0 == "OwnerId" }
                }
                if found.isEmpty, Self.referenceCodes.contains(fault.statusCode) {
                    found = personFields.filter { fields[$0] != nil }
                }
            } else if found.count != named.count {
                return nil
            }
            guard !found.isEmpty else { return nil }
            refused.formUnion(found)
        }
        return (without(refused), refused.sorted { $0.text < $1.text })
    }

    /// The fields that it can do without, as far as it has them.
    var removable: [APIName] { (attributeFields + personFields).filter { fields[$0] != nil } }

    /// The row without any of them, for the last try: Salesforce may name one field at a time.
    var bare: Row { without(Set(removable)) }

    private func without(_ names: Set<APIName>) -> Row {
        var row = self
        row.reductions += 1
        row.fields = fields.filter { !names.contains($0.key) }
        row.attributeFields = attributeFields.filter { !names.contains($0) }
        row.personFields = personFields.filter { !names.contains($0) }
        return row
    }
}
