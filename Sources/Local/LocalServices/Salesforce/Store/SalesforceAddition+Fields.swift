import JSON

/// The objects and fields of a file.
///
/// A field's object has `type` and perhaps `length` (of a text), `required`, `unique`, `externalId`, `values` (those of a
/// restricted picklist), `default`, `formula` (the field that it shows, such as `Owner.Connect_Agent_Id__c`) and, of a
/// reference, `children`, the name that subqueries have for the records.
extension SalesforceAddition {
    private static let fieldMembers: Set = [
        "type", "length", "required", "unique", "externalId", "values", "default", "formula", "children",
    ]

    static func objects(_ json: JSONValue) throws(Fault) -> [SalesforceSchema.Object] {
        guard let members = json.object else { throw Fault(description: "objects must be an object.") }
        var objects: [SalesforceSchema.Object] = []
        for (name, object) in members.sorted(by: { $0.key < $1.key }) {
            guard let fields = object["fields"]?.object else {
                throw Fault(description: "The object \(name) must have fields.")
            }
            let prefix = SalesforceSchema.object(name)?.prefix ?? "a\(twoDigits(objects.count + 40))"
            var all: [SalesforceSchema.Field] = []
            for (field, json) in fields.sorted(by: { $0.key < $1.key }) {
                all.append(try self.field(field, json, of: name))
            }
            objects.append(SalesforceSchema.Object(name: name, prefix: prefix, fields: all, isGranted: true))
        }
        return objects
    }

    private static func twoDigits(_ number: Int) -> String {
        String(number, radix: 36)
    }

    private static func field(
        _ name: String, _ json: JSONValue, of object: String
    ) throws(Fault) -> SalesforceSchema.Field {
        let members = json.object ?? ["type": json]
        if let stray = members.keys.sorted().first(where: { !fieldMembers.contains($0) }) {
            throw Fault(
                description:
                    "The field \(name) of \(object) has \(stray); it may have \(fieldMembers.sorted().joined(separator: ", "))."
            )
        }
        let type = members["type"] ?? .null
        guard let kind = kind(type, length: members["length"]?.int) else {
            throw Fault(
                description:
                    "The field \(name) of \(object) must be text, longText, phone, email, boolean, number, date, dateTime, "
                    + "or the name of an object.")
        }
        let formula = members["formula"]?.string
        guard formula.map({ $0.split(separator: ".").count == 2 }) ?? true else {
            throw Fault(
                description:
                    "The formula of \(name) of \(object) must name a relationship and a field, such as Owner.Username.")
        }
        return SalesforceSchema.Field(
            name: name, kind: kind, isRequired: members["required"] == .bool(true), isReadOnly: formula != nil,
            isExternalID: members["externalId"] == .bool(true), isUnique: members["unique"] == .bool(true),
            isGranted: true, isPhone: type == "phone", values: members["values"]?.array?.compactMap(\.string),
            preset: members["default"], formula: formula, children: members["children"]?.string)
    }

    private static func kind(_ type: JSONValue, length: Int?) -> SalesforceSchema.Kind? {
        if let names = type.array?.compactMap(\.string), !names.isEmpty { return .reference(names) }
        switch type.string {
        case "text": return .text(length ?? 255)
        case "longText": return .text(length ?? 32_768)
        case "phone": return .text(40)
        case "email": return .email
        case "boolean": return .boolean
        case "number": return .number
        case "date": return .date
        case "dateTime": return .dateTime
        case let name? where name.first?.isUppercase == true: return .reference([name])
        default: return nil
        }
    }
}

extension SalesforceSchema {
    /// The objects with additions: new ones, and new or granted fields of those that there are.
    static func objects(with additions: [[Object]]) -> [Object] {
        additions.joined().reduce(into: objects) { all, added in
            guard let place = all.firstIndex(where: { $0.name.lowercased() == added.name.lowercased() }) else {
                var object = added
                object.fields = system() + added.fields
                all.append(object)
                return
            }
            let known = all[place].fields.map { field in
                guard let other = added.field(field.name) else { return field }
                var field = field
                field.isGranted = true
                field.isRequired = field.isRequired || other.isRequired
                field.values = other.values ?? field.values
                field.preset = other.preset ?? field.preset
                return field
            }
            all[place].fields = known + added.fields.filter { all[place].field($0.name) == nil }
            all[place].isGranted = true
        }
    }
}
