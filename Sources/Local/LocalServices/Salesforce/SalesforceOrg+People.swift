import Foundation
package import JSON

/// The org as a person sees and changes it, with all rights and under the store's own rules.
extension SalesforceOrg {
    /// A refusal in Salesforce's words.
    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    private static let base = "/services/data/v62.0"

    /// Every object with its fields and the number of its records.
    package var catalogue: JSONValue {
        .array(
            store.objects.sorted { $0.name < $1.name }.map { object in
                .object([
                    "name": .string(object.name), "count": .number(records(of: object.name).count),
                    "isFixed": .bool(object.isFixed), "fields": .array(object.fields.map(Self.described)),
                ])
            })
    }

    private static func described(_ field: SalesforceSchema.Field) -> JSONValue {
        var length: Int?
        if case .text(let most) = field.kind { length = most }
        var type = field.typeName
        if case .reference(let objects) = field.kind { type = objects.joined(separator: " or ") }
        return .members([
            "name": .string(field.name), "type": .string(field.kind == .number ? "number" : type),
            "isRequired": .bool(field.isRequired), "isReadOnly": .bool(field.isReadOnly || field.formula != nil),
            "length": length.map { .number($0) }, "values": field.values.map { .array($0.map(JSONValue.string)) },
        ])
    }

    /// Returns the records of an object as a GET shows them, the newest first.
    package func shownRecords(of name: String) throws -> [JSONValue] {
        let object = try found(name)
        return records(of: object.name).reversed().map { store.shown($0, of: object, base: Self.base) }
    }

    /// Creates a record, or changes the one of that id; returns its id.
    package func write(_ name: String, id: String?, _ fields: [String: JSONValue]) throws -> String {
        let object = try found(name)
        do throws(SalesforceFailure) {
            guard let id else {
                return try store.create(
                    object, fields, owner: .agent, at: configuration.now(), allowsDuplicates: false)
            }
            try store.update(id, object, fields, at: configuration.now())
            return id
        } catch {
            throw Refused(description: "\(error.code): \(error.message)")
        }
    }

    /// Returns the result of a SOQL query, all of its records.
    package func result(of soql: String) throws -> JSONValue {
        do throws(SalesforceFailure) {
            let records = try SalesforceQuery(soql, as: .agent, objects: store.objects)
                .run(on: store, as: .agent, base: Self.base)
            return .object([
                "totalSize": .number(records.count), "done": .bool(true), "records": .array(records),
            ])
        } catch {
            throw Refused(description: "\(error.code): \(error.message)")
        }
    }

    /// Ends a fault that lasts.
    package func recover(from fault: SalesforceFault) {
        faults.removeAll { $0.fault == fault && $0.times > 1_000_000 }
    }

    private func found(_ name: String) throws -> SalesforceSchema.Object {
        guard let object = store.object(name) else { throw Refused(description: "There is no object \(name).") }
        return object
    }
}
