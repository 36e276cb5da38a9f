import JSON

/// The positions of records in their object's list, by their id and by indexed fields: a collection of 200 would
/// otherwise read every record 200 times.
struct SalesforceIndex: Sendable {
    private struct Key: Hashable {
        let object: String
        let field: String
        let value: String
    }

    private var places: [Key: [Int]] = [:]

    /// Returns true when the field is indexed.
    static func has(_ field: SalesforceSchema.Field) -> Bool {
        field.isExternalID || field.isUnique
    }

    /// Returns the positions of the records with that id, of 15 characters or 18, or with that value in an indexed
    /// field.
    func places(of object: String, where field: String, is value: String) -> [Int] {
        places[Self.key(object, field, value)] ?? []
    }

    mutating func add(_ record: [String: JSONValue], of object: SalesforceSchema.Object, at place: Int) {
        for key in Self.keys(of: record, object) { places[key, default: []].append(place) }
    }

    mutating func remove(_ record: [String: JSONValue], of object: SalesforceSchema.Object, at place: Int) {
        for key in Self.keys(of: record, object) { places[key]?.removeAll { $0 == place } }
    }

    private static func keys(of record: [String: JSONValue], _ object: SalesforceSchema.Object) -> [Key] {
        let names = ["Id"] + object.fields.filter(has).map(\.name)
        return names.compactMap { name in record[name]?.string.map { key(object.name, name, $0) } }
    }

    /// Ids are case-sensitive, other strings are not, like in Salesforce.
    private static func key(_ object: String, _ field: String, _ value: String) -> Key {
        Key(object: object, field: field, value: field == "Id" ? String(value.prefix(15)) : value.lowercased())
    }
}
