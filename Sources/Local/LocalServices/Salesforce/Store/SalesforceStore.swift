import Foundation
import JSON

/// The records of the local Salesforce, and the rules for writing them.
struct SalesforceStore: Sendable {
    typealias Object = SalesforceSchema.Object
    typealias Record = [String: JSONValue]

    /// The objects that there are.
    let objects: [Object]
    private(set) var records: [String: [Record]] = [:]
    /// The number of records of each object that were there from the start, which the others follow.
    private(set) var seeded: [String: Int] = [:]
    /// The objects whose records only their owners see.
    let privateObjects: Set<String>
    private var index = SalesforceIndex()
    private var count = 0

    /// Takes the seeds as they are, with ids and dates where they lack, and after them those of the additions, of which one
    /// with the id of a record that is there changes that.
    init(_ seeds: [String: [Record]], _ additions: [SalesforceAddition] = [], now: Date) {
        objects = SalesforceSchema.objects(with: additions.map(\.objects))
        privateObjects = additions.reduce(into: []) { $0.formUnion($1.privateObjects) }
        let files = additions.map(\.records)
        for (place, seeds) in ([SalesforceSeeds.people, seeds] + files).enumerated() {
            let isFile = place > 1
            // People first: they own the others.
            for object in objects.sorted(by: { $0.isFixed && !$1.isFixed }) {
                for seed in seeds[object.name] ?? [] {
                    guard !isFile || !change(seed, object, at: now) else { continue }
                    insert(seed, object, owner: .agent, at: now)
                }
            }
        }
        seeded = records.mapValues(\.count)
    }

    /// The object of a name, which is compared without case.
    func object(_ name: String) -> Object? {
        objects.first { $0.name.lowercased() == name.lowercased() }
    }

    func record(_ id: String, of object: String) -> Record? {
        guard [15, 18].contains(id.count), let place = index.places(of: object, where: "Id", is: id).first else {
            return nil
        }
        return records[object]?[place]
    }

    /// Returns matching records; strings are compared without case, Salesforce's default.
    func records(of object: String, where field: String, is value: String) -> [Record] {
        let all = records[object] ?? []
        if self.object(object)?.field(field).map(SalesforceIndex.has) == true {
            return index.places(of: object, where: field, is: value).sorted().map { all[$0] }
        }
        return all.filter { $0[field]?.string?.lowercased() == value.lowercased() }
    }

    /// Returns a record with all its fields, in the form of a GET.
    func shown(_ record: Record, of object: Object, base: String) -> JSONValue {
        let whole = computed(record, object)
        var shown = Dictionary(uniqueKeysWithValues: object.fields.map { ($0.name, whole[$0.name] ?? .null) })
        shown["attributes"] = Self.attributes(record, of: object, base: base)
        return .object(shown)
    }

    static func attributes(_ record: Record, of object: Object, base: String) -> JSONValue {
        .object([
            "type": .string(object.name),
            "url": .string("\(base)/sobjects/\(object.name)/\(record["Id"]?.string ?? "")"),
        ])
    }

    // MARK: Writing

    mutating func create(
        _ object: Object, _ fields: Record, owner: SalesforceUser, at now: Date, allowsDuplicates: Bool
    ) throws(SalesforceFailure) -> String {
        try checkIsWritable(object)
        let values = try checked(fields, object)
        let missing = object.fields.filter { $0.isRequired && Self.isEmpty(values[$0.name]) }.map(\.name)
        guard missing.isEmpty else {
            throw SalesforceFailure(
                "REQUIRED_FIELD_MISSING", "Required fields are missing: [\(missing.joined(separator: ", "))]",
                fields: missing)
        }
        try checkUniqueness(values, object, except: nil)
        try checkRelations(values, object)
        if !allowsDuplicates, hasDuplicate(values, object) {
            throw SalesforceFailure("DUPLICATES_DETECTED", "Use one of these records?")
        }
        return insert(values, object, owner: owner, at: now)
    }

    mutating func update(_ id: String, _ object: Object, _ fields: Record, at now: Date) throws(SalesforceFailure) {
        try checkIsWritable(object)
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
        guard old["IsConverted"] != .bool(true) else { throw .convertedLead }
        try checkIsNotStale(values, over: old)
        var record = old.merging(values) { $1 }
        try checkRelations(record, object)
        record["LastModifiedDate"] = .string(Self.text(of: now))
        derive(&record, object, at: now)
        index.remove(old, of: object, at: place)
        index.add(record, of: object, at: place)
        records[object.name]?[place] = record
    }

    /// The refusal of a record that is gone ("StatusCode" in the SOAP API Developer Guide).
    static let deleted = SalesforceFailure("ENTITY_IS_DELETED", "entity is deleted")

    /// Deletes records by the first 15 characters of their ids; those after them move up.
    mutating func delete(_ ids: Set<String>, of name: String) {
        guard let object = object(name), let all = records[name] else { return }
        let dies = all.map { ids.contains(String(($0["Id"]?.string ?? "").prefix(15))) }
        for (place, record) in all.enumerated() { index.remove(record, of: object, at: place) }
        let kept = zip(all, dies).filter { !$0.1 }.map(\.0)
        for (place, record) in kept.enumerated() { index.add(record, of: object, at: place) }
        records[name] = kept
        seeded[name] = dies.prefix(seeded[name, default: 0]).count { !$0 }
    }

    /// Lays a record of a file over the one with its id; returns false when there is none.
    private mutating func change(_ seed: Record, _ object: Object, at now: Date) -> Bool {
        guard let id = seed["Id"]?.string, let place = index.places(of: object.name, where: "Id", is: id).first,
            let old = records[object.name]?[place]
        else { return false }
        var record = old.merging(seed) { $1 }
        record["Id"] = old["Id"]
        for field in object.fields {
            guard case .reference = field.kind, let other = record[field.name]?.string else { continue }
            record[field.name] = .string(SalesforceID.long(other))
        }
        derive(&record, object, at: now)
        index.remove(old, of: object, at: place)
        index.add(record, of: object, at: place)
        records[object.name]?[place] = record
        return true
    }

    @discardableResult
    private mutating func insert(_ values: Record, _ object: Object, owner: SalesforceUser, at now: Date) -> String {
        count += 1
        // Ids have 18 characters in everything that Salesforce answers.
        let id = SalesforceID.long(values["Id"]?.string ?? SalesforceID.made(count, of: object))
        var defaults: Record = ["Id": .string(id), "CreatedDate": .string(Self.text(of: now))]
        if object.field("OwnerId") != nil { defaults["OwnerId"] = .string(owner.id) }
        for field in object.fields { defaults[field.name] = defaults[field.name] ?? field.preset }
        if let number = object.number {
            // Eight digits, as an auto-number of the format {00000000}.
            let next = String(1_001 + (records[object.name]?.count ?? 0))
            defaults[number] = .string(String(repeating: "0", count: max(0, 8 - next.count)) + next)
        }
        var record = defaults.merging(values) { $1 == .null ? $0 : $1 }
        record["Id"] = .string(id)
        for field in object.fields {
            guard case .reference = field.kind, let other = record[field.name]?.string else { continue }
            record[field.name] = .string(SalesforceID.long(other))
        }
        record["LastModifiedDate"] = record["LastModifiedDate"] ?? record["CreatedDate"]
        for field in object.fields where field.kind == .boolean {
            record[field.name] = record[field.name] ?? .bool(false)
        }
        derive(&record, object, at: now)
        index.add(record, of: object, at: records[object.name]?.count ?? 0)
        records[object.name, default: []].append(record)
        return id
    }

    /// Returns a date in the form `2024-02-01T09:30:00.000+0000`; fields keep whole seconds.
    static func text(of date: Date) -> String {
        let text = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return text.hasSuffix("Z") ? "\(text.dropLast())+0000" : text
    }
}
