import JSON

/// A field of a query's object, or of a record that it refers to: `Owner.Username`, `Contact.Account.Name`.
struct SalesforcePath: Sendable, Equatable {
    /// The references to follow, from the query's object on.
    let steps: [SalesforceSchema.Field]
    let field: SalesforceSchema.Field

    /// The path as it is written, with the fields' own names.
    var text: String { (steps.compactMap(\.relationship) + [field.name]).joined(separator: ".") }

    init(_ field: SalesforceSchema.Field, by steps: [SalesforceSchema.Field] = []) {
        self.steps = steps
        self.field = field
    }

    /// The path from the record that its first step names.
    var rest: SalesforcePath { SalesforcePath(field, by: Array(steps.dropFirst())) }
}

extension SalesforceSchema.Field {
    /// True when the reference may name records of several objects, which paths see as `Name`.
    var isPolymorphic: Bool {
        guard case .reference(let objects) = kind else { return false }
        return objects.count > 1
    }
}

extension SalesforceStore {
    /// Returns the value of a field, which is null when a reference on the way to it names nothing.
    func value(_ path: SalesforcePath, of record: Record) -> JSONValue {
        guard let step = path.steps.first else { return record[path.field.name] ?? .null }
        guard let parent = parent(of: record, by: step) else { return .null }
        if path.steps.count == 1, step.isPolymorphic, path.field.name == "Type" { return .string(parent.object.name) }
        return value(path.rest, of: parent.record)
    }

    /// Returns the selected fields in the form of a query's result: those of other records below their relationship.
    func selected(_ paths: [SalesforcePath], of record: Record, _ object: Object, base: String) -> Record {
        var members: Record = ["attributes": Self.attributes(record, of: object, base: base)]
        for path in paths where path.steps.isEmpty {
            members[path.field.name] = value(path, of: record)
        }
        for path in paths {
            guard let step = path.steps.first, let name = step.relationship, members[name] == nil else { continue }
            guard let parent = parent(of: record, by: step) else {
                members[name] = .null
                continue
            }
            let rest = paths.filter { $0.steps.first == step }.map(\.rest)
            var inner = selected(rest, of: parent.record, parent.object, base: base)
            if step.isPolymorphic {
                if inner["Type"] != nil { inner["Type"] = .string(parent.object.name) }
                inner["attributes"] = .members([
                    "type": "Name", "url": inner["attributes"]?["url"],
                ])
            }
            members[name] = .object(inner)
        }
        return members
    }
}
