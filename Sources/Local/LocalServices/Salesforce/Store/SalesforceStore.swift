import Foundation
import JSON

/// The records of the local Salesforce, and the rules for writing them.
struct SalesforceStore: Sendable {
    typealias Object = SalesforceSchema.Object

    /// The objects that there are.
    let objects: [Object]
    private(set) var records: [String: [[String: JSONValue]]] = [:]
    private var index = SalesforceIndex()
    private var count = 0

    /// Takes the seeds as they are, with ids and dates where they lack, and behind them those of the additions.
    init(_ seeds: [String: [[String: JSONValue]]], _ additions: [SalesforceAddition] = [], now: Date) {
        objects = SalesforceSchema.objects(with: additions.map(\.objects))
        for seeds in [seeds] + additions.map(\.records) {
            for object in objects {
                for seed in seeds[object.name] ?? [] {
                    insert(seed, object, owner: .agent, at: now)
                }
            }
        }
    }

    /// The object of a name, which is compared without case.
    func object(_ name: String) -> Object? {
        objects.first { $0.name.lowercased() == name.lowercased() }
    }

    func record(_ id: String, of object: String) -> [String: JSONValue]? {
        guard [15, 18].contains(id.count), let place = index.places(of: object, where: "Id", is: id).first else {
            return nil
        }
        return records[object]?[place]
    }

    /// Returns matching records; strings are compared without case, Salesforce's default.
    func records(of object: String, where field: String, is value: String) -> [[String: JSONValue]] {
        let all = records[object] ?? []
        if self.object(object)?.field(field).map(SalesforceIndex.has) == true {
            return index.places(of: object, where: field, is: value).sorted().map { all[$0] }
        }
        return all.filter { $0[field]?.string?.lowercased() == value.lowercased() }
    }

    /// Returns a record with all its fields, in the form of a GET.
    static func shown(_ record: [String: JSONValue], of object: Object, base: String) -> JSONValue {
        var shown = Dictionary(uniqueKeysWithValues: object.fields.map { ($0.name, record[$0.name] ?? .null) })
        shown["attributes"] = attributes(record, of: object, base: base)
        return .object(shown)
    }

    static func attributes(_ record: [String: JSONValue], of object: Object, base: String) -> JSONValue {
        .object([
            "type": .string(object.name),
            "url": .string("\(base)/sobjects/\(object.name)/\(record["Id"]?.string ?? "")"),
        ])
    }

    // MARK: Writing

    mutating func create(
        _ object: Object, _ fields: [String: JSONValue], owner: SalesforceUser, at now: Date, allowsDuplicates: Bool
    ) throws(SalesforceFailure) -> String {
        let values = try checked(fields, object)
        let missing = object.fields.filter { $0.isRequired && Self.isEmpty(values[$0.name]) }.map(\.name)
        guard missing.isEmpty else {
            throw SalesforceFailure(
                "REQUIRED_FIELD_MISSING", "Required fields are missing: [\(missing.joined(separator: ", "))]",
                fields: missing)
        }
        try checkUniqueness(values, object, except: nil)
        if !allowsDuplicates, hasDuplicate(values, object) {
            throw SalesforceFailure("DUPLICATES_DETECTED", "Use one of these records?")
        }
        return insert(values, object, owner: owner, at: now)
    }

    mutating func update(
        _ id: String, _ object: Object, _ fields: [String: JSONValue], at now: Date
    ) throws(SalesforceFailure) {
        let values = try checked(fields, object)
        let emptied = object.fields.filter { $0.isRequired && values[$0.name] != nil && Self.isEmpty(values[$0.name]) }
        guard emptied.isEmpty else {
            let names = emptied.map(\.name)
            throw SalesforceFailure(
                "REQUIRED_FIELD_MISSING", "Required fields are missing: [\(names.joined(separator: ", "))]",
                fields: names)
        }
        try checkUniqueness(values, object, except: id)
        guard let place = index.places(of: object.name, where: "Id", is: id).first,
            let old = records[object.name]?[place]
        else { throw .notFound }
        var record = old.merging(values) { $1 }
        record["LastModifiedDate"] = .string(Self.text(of: now))
        if let name = Self.name(of: record, object) { record["Name"] = .string(name) }
        index.remove(old, of: object, at: place)
        index.add(record, of: object, at: place)
        records[object.name]?[place] = record
    }

    @discardableResult
    private mutating func insert(
        _ values: [String: JSONValue], _ object: Object, owner: SalesforceUser, at now: Date
    ) -> String {
        count += 1
        let number = String(count)
        let id = object.prefix + "5f00000" + String(repeating: "0", count: 5 - number.count) + number + "AAA"
        let defaults: [String: JSONValue] = [
            "Id": .string(id), "OwnerId": .string(owner.id), "CreatedDate": .string(Self.text(of: now)),
        ]
        var record = defaults.merging(values) { $1 }
        record["LastModifiedDate"] = record["LastModifiedDate"] ?? record["CreatedDate"]
        for field in object.fields {
            if case .boolean = field.kind {
                record[field.name] = record[field.name] ?? .bool(false)
            }
        }
        if let name = Self.name(of: record, object) {
            record["Name"] = .string(name)
        }
        index.add(record, of: object, at: records[object.name]?.count ?? 0)
        records[object.name, default: []].append(record)
        return id
    }

    private func checkUniqueness(
        _ values: [String: JSONValue], _ object: Object, except id: String?
    ) throws(SalesforceFailure) {
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

    private func hasDuplicate(_ values: [String: JSONValue], _ object: Object) -> Bool {
        object.duplicateRules.contains { rule in
            let wanted = rule.map { values[$0]?.string?.lowercased() ?? "" }
            guard wanted.last?.isEmpty == false else { return false }
            return (records[object.name] ?? []).contains { record in
                record["IsConverted"] != .bool(true)
                    && rule.map { record[$0]?.string?.lowercased() ?? "" } == wanted
            }
        }
    }

    private static func isEmpty(_ value: JSONValue?) -> Bool {
        guard case .string(let text)? = value else { return value == nil || value == .null }
        return text.allSatisfy(\.isWhitespace)
    }

    /// Returns the compound name of an object whose records are people.
    private static func name(of record: [String: JSONValue], _ object: Object) -> String? {
        guard object.field("LastName") != nil else { return nil }
        return [record["FirstName"]?.string, record["LastName"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    /// Returns a date in the form `2024-02-01T09:30:00.000+0000`.
    static func text(of date: Date) -> String {
        let text = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return text.hasSuffix("Z") ? "\(text.dropLast())+0000" : text
    }
}
