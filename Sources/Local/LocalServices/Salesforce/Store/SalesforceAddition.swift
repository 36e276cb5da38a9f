package import JSON

/// The objects, fields, records and faults that a file adds to the local Salesforce: `events/<Function>/salesforce.json`,
/// or one given with `--salesforce`.
///
/// ```json
/// {
///   "objects": {"Contact": {"fields": {"Tier__c": "text"}}, "Visit__c": {"fields": {"Contact__c": "Contact"}}},
///   "records": {"Contact": [{"LastName": "Silva", "MobilePhone": "+12065550142", "Tier__c": "Gold"}]},
///   "faults": [{"fault": "slow=3000", "text": "+12065550199"}],
///   "pace": 50,
///   "private": ["Task"]
/// }
/// ```
///
/// A field is `text`, `longText`, `phone`, `email`, `boolean`, `number`, `date`, `dateTime`, the object that it refers to, or
/// an object with that as its `type` and with further members (`SalesforceAddition+Fields.swift`). The integration user may
/// read and write the objects and fields named here, as if a permission set granted them; those that the local Salesforce
/// has already may be named for that alone. `pace` is the least time of every data call in milliseconds. Of the objects in
/// `private` nobody sees a record but its owner, as under the organization-wide default Private.
package struct SalesforceAddition: Sendable {
    /// A fault in the file, as a sentence.
    package struct Fault: Error, CustomStringConvertible, Equatable {
        package let description: String
    }

    private static let members = ["objects", "records", "faults", "pace", "private"]

    let objects: [SalesforceSchema.Object]
    package let records: [String: [[String: JSONValue]]]
    let faults: [AwaitedFault]
    /// The least times of data calls in milliseconds, by a part of their paths.
    let paces: [String: Int]
    /// The objects whose records only their owners see.
    let privateObjects: Set<String>

    /// Reads the file's JSON; throws what is wrong with it.
    package init(_ json: JSONValue) throws(Fault) {
        guard let members = json.object else { throw Fault(description: "It must be an object.") }
        if let stray = members.keys.sorted().first(where: { !Self.members.contains($0) }) {
            throw Fault(description: "It has \(stray); it may have objects, records, faults, pace and private.")
        }
        objects = try Self.objects(members["objects"] ?? [:])
        records = try Self.records(members["records"] ?? [:])
        faults = try Self.faults(members["faults"] ?? [])
        paces = try Self.paces(members["pace"] ?? [:])
        privateObjects = try Self.privateObjects(members["private"] ?? [])
        // What a record holds is seen here, and not as a query that finds nothing.
        let schema = SalesforceSchema.objects(with: [objects])
        try checkRecords(schema)
        if let stray = privateObjects.sorted().first(where: { name in !schema.contains { $0.name == name } }) {
            throw Fault(description: "There is no object \(stray), which is to be private.")
        }
    }

    private func checkRecords(_ schema: [SalesforceSchema.Object]) throws(Fault) {
        let all = records.merging(SalesforceSeeds.people) { $0 + $1 }
        let ids = Set(all.values.joined().compactMap { $0["Id"]?.string?.prefix(15) })
        for (name, records) in records.sorted(by: { $0.key < $1.key }) {
            guard let object = schema.first(where: { $0.name == name }) else {
                throw Fault(description: "There is no object \(name): name it among the objects.")
            }
            for record in records {
                for (key, value) in record.sorted(by: { $0.key < $1.key }) {
                    guard let field = object.field(key), field.name == key else {
                        throw Fault(description: "\(name) has no field \(key): name it among the object's fields.")
                    }
                    try Self.check(value, field, object, ids)
                }
            }
        }
    }

    private static func check(
        _ value: JSONValue, _ field: SalesforceSchema.Field, _ object: SalesforceSchema.Object, _ ids: Set<Substring>
    ) throws(Fault) {
        if field.kind == .id {
            guard let id = value.string, SalesforceID.isForm(id), id.hasPrefix(object.prefix) else {
                throw Fault(
                    description:
                        "The Id of a record of \(object.name) must have 15 or 18 letters and digits and begin with "
                        + "\(object.prefix).")
            }
        }
        if case .reference = field.kind, value != .null, !ids.contains(value.string?.prefix(15) ?? "") {
            throw Fault(
                description:
                    "\(field.name) of a record of \(object.name) must be the Id of a record in this file, or of a user "
                    + "of the local Salesforce, such as \(SalesforceUser.agent.id).")
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

    private static func faults(_ json: JSONValue) throws(Fault) -> [AwaitedFault] {
        let form =
            "A fault must be an object with fault (\(SalesforceFault.names)), and perhaps path, text, inComposite and "
            + "times."
        var faults: [AwaitedFault] = []
        for item in json.array ?? [.null] {
            guard
                let members = item.object, let fault = members["fault"]?.string.flatMap(SalesforceFault.init),
                Set(members.keys).isSubset(of: ["fault", "path", "text", "inComposite", "times"]),
                members["times"].map({ $0.int ?? 0 > 0 }) ?? true
            else { throw Fault(description: form) }
            faults.append(
                AwaitedFault(
                    fault: fault, path: members["path"]?.string ?? "", text: members["text"]?.string ?? "",
                    isInComposite: members["inComposite"]?.bool ?? false, times: members["times"]?.int ?? .max))
        }
        return faults
    }

    private static func privateObjects(_ json: JSONValue) throws(Fault) -> Set<String> {
        guard let names = json.array?.map({ $0.string ?? "" }), !names.contains("") else {
            throw Fault(description: "private must be a list of objects' names.")
        }
        return Set(names)
    }

    private static func paces(_ json: JSONValue) throws(Fault) -> [String: Int] {
        let members = json.int.map { ["": JSONValue.number($0)] } ?? json.object
        let paces = members?.compactMapValues(\.int)
        guard let paces, paces.count == members?.count, paces.values.allSatisfy({ $0 >= 0 }) else {
            throw Fault(
                description: "pace must be a number of milliseconds, or an object of parts of paths and their numbers.")
        }
        return paces
    }
}
