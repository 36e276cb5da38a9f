package import JSON

/// The objects, fields and records that a function's `events/<Function>/salesforce.json` adds to the local Salesforce.
///
/// ```json
/// {
///   "objects": {"Contact": {"fields": {"MobilePhone": "text"}}, "Visit__c": {"fields": {"Contact__c": "Contact"}}},
///   "records": {"Contact": [{"LastName": "Silva", "MobilePhone": "+12065550142"}]}
/// }
/// ```
///
/// A field's kind is `text`, `email`, `boolean`, `number`, `dateTime`, or the object that it refers to. The integration
/// user may read and write the objects and fields named here, as if a permission set granted them; those that the local
/// Salesforce has already may be named for that alone.
package struct SalesforceAddition: Sendable {
    /// A fault in the file, as a sentence.
    package struct Fault: Error, CustomStringConvertible, Equatable {
        package let description: String
    }

    let objects: [SalesforceSchema.Object]
    package let records: [String: [[String: JSONValue]]]

    /// Reads the file's JSON; throws what is wrong with it.
    package init(_ json: JSONValue) throws(Fault) {
        guard let members = json.object else { throw Fault(description: "It must be an object.") }
        if let stray = members.keys.sorted().first(where: { $0 != "objects" && $0 != "records" }) {
            throw Fault(description: "It has \(stray); it may have objects and records.")
        }
        objects = try Self.objects(members["objects"] ?? [:])
        records = try Self.records(members["records"] ?? [:])
        // What a record holds is seen here, and not as a query that finds nothing.
        let schema = SalesforceSchema.objects(with: [objects])
        for (name, records) in records.sorted(by: { $0.key < $1.key }) {
            guard let object = schema.first(where: { $0.name == name }) else {
                throw Fault(description: "There is no object \(name): name it among the objects.")
            }
            for field in records.flatMap(\.keys).sorted() where object.field(field)?.name != field {
                throw Fault(description: "\(name) has no field \(field): name it among the object's fields.")
            }
        }
    }

    private static func objects(_ json: JSONValue) throws(Fault) -> [SalesforceSchema.Object] {
        guard let members = json.object else { throw Fault(description: "objects must be an object.") }
        var objects: [SalesforceSchema.Object] = []
        for (name, object) in members.sorted(by: { $0.key < $1.key }) {
            guard let fields = object["fields"]?.object else {
                throw Fault(description: "The object \(name) must have fields.")
            }
            let prefix = SalesforceSchema.object(name)?.prefix ?? "a\(String(objects.count + 40, radix: 36))"
            var all: [SalesforceSchema.Field] = []
            for (field, kind) in fields.sorted(by: { $0.key < $1.key }) {
                guard let kind = kind.string.flatMap(Self.kind) else {
                    throw Fault(
                        description:
                            "The field \(field) of \(name) must be text, email, boolean, number, dateTime, or the "
                            + "name of an object.")
                }
                all.append(SalesforceSchema.Field(name: field, kind: kind, isGranted: true))
            }
            objects.append(SalesforceSchema.Object(name: name, prefix: prefix, fields: all, isGranted: true))
        }
        return objects
    }

    private static func kind(_ name: String) -> SalesforceSchema.Kind? {
        switch name {
        case "text": .text(255)
        case "email": .email
        case "boolean": .boolean
        case "number": .number
        case "dateTime": .dateTime
        case _ where name.first?.isUppercase == true: .reference(name)
        default: nil
        }
    }

    private static func records(_ json: JSONValue) throws(Fault) -> [String: [[String: JSONValue]]] {
        guard let members = json.object else { throw Fault(description: "records must be an object.") }
        var records: [String: [[String: JSONValue]]] = [:]
        for (name, list) in members {
            guard let objects = list.array?.compactMap(\.object), objects.count == list.array?.count else {
                throw Fault(description: "The records of \(name) must be a list of objects.")
            }
            records[name] = objects
        }
        return records
    }
}

extension SalesforceSchema {
    /// The objects with additions: new ones, and new or granted fields of those that there are.
    static func objects(with additions: [[Object]]) -> [Object] {
        additions.joined().reduce(into: objects) { all, added in
            guard let place = all.firstIndex(where: { $0.name.lowercased() == added.name.lowercased() }) else {
                all.append(
                    Object(
                        name: added.name, prefix: added.prefix, fields: system + added.fields, isGranted: true))
                return
            }
            let known = all[place].fields.map { field in
                var field = field
                field.isGranted = field.isGranted || added.field(field.name) != nil
                return field
            }
            let new = added.fields.filter { all[place].field($0.name) == nil }
            all[place] = Object(
                name: all[place].name, prefix: all[place].prefix, fields: known + new,
                duplicateRules: all[place].duplicateRules, queue: all[place].queue, isGranted: true)
        }
    }
}
