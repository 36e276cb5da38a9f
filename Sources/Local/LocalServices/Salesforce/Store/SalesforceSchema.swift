import JSON

/// The objects and fields of the local Salesforce.
enum SalesforceSchema {
    enum Kind: Sendable, Equatable {
        /// A record's own id.
        case id
        case text(Int)
        case email
        case boolean
        case date
        case dateTime
        case number
        /// The id of a record of one of those objects.
        case reference([String])
    }

    struct Field: Sendable, Equatable {
        let name: String
        let kind: Kind
        var isRequired = false
        var isReadOnly = false
        var isExternalID = false
        var isUnique = false
        /// Granted to the integration user by a `SalesforceAddition`.
        var isGranted = false
        /// True when the field has Salesforce's type for phone numbers, which the search for phone numbers reads.
        var isPhone = false
        /// The values of a restricted picklist; nil: any value.
        var values: [String]?
        /// The value of a new record that gives none.
        var preset: JSONValue?
        /// The field that a formula shows, such as `Owner.Username`.
        var formula: String?
        /// The name that subqueries of the referenced object have for the records that refer to it.
        var children: String?

        /// The name of the relationship that a reference is followed by: `Owner` of OwnerId, `Account__r` of Account__c.
        var relationship: String? {
            guard case .reference = kind else { return nil }
            if name.hasSuffix("__c") { return "\(name.dropLast(3))__r" }
            return name.hasSuffix("Id") ? String(name.dropLast(2)) : nil
        }

        /// The label that error messages have for a reference: "Account ID", and Task's own two.
        var label: String {
            switch name {
            case "WhoId": "Name ID"
            case "WhatId": "Related To ID"
            default: name.hasSuffix("Id") ? "\(name.dropLast(2)) ID" : name
            }
        }

        /// The type's name in error messages.
        var typeName: String {
            switch kind {
            case .id, .reference: "id"
            case .text, .email: "string"
            case .boolean: "boolean"
            case .date: "date"
            case .dateTime: "dateTime"
            case .number: "double"
            }
        }

        /// True when queries may filter and sort by the field: not by a long text area, which holds over 4,000 characters
        /// ("Long text area" in SOQL's "Considerations").
        var isFilterable: Bool {
            if case .text(let length) = kind { return length <= 4_000 }
            return true
        }
    }

    struct Object: Sendable {
        let name: String
        /// The first three characters of a record's id.
        let prefix: String
        var fields: [Field]
        /// Sets of fields; a record that equals another in all fields of a set, in any case, is a duplicate.
        var duplicateRules: [[String]] = []
        /// The queue to which the org's assignment rule, or its default, assigns records of the object.
        var queue: String?
        /// Granted to the integration user by a `SalesforceAddition`.
        var isGranted = false
        /// The values of Status with which a record counts as closed.
        var closed: [String] = []
        /// The field that numbers the records, in eight digits.
        var number: String?
        /// True when no data call creates or changes its records: people of the org.
        var isFixed = false

        /// Returns a field; names are compared without case, like in Salesforce.
        func field(_ name: String) -> Field? {
            fields.first { $0.name.lowercased() == name.lowercased() }
        }
    }

    /// The records that refer to others by a field: the name that subqueries have for them.
    struct Relationship: Sendable, Equatable {
        let parent: String
        let name: String
        let object: String
        let field: String
    }

    /// Returns the relationships that subqueries of `parent` know.
    static func relationships(of parent: String, among objects: [Object]) -> [Relationship] {
        objects.flatMap { object in
            object.fields.compactMap { field in
                guard case .reference(let parents) = field.kind, parents.contains(parent), let name = field.children
                else { return nil }
                return Relationship(parent: parent, name: name, object: object.name, field: field.name)
            }
        }
    }

    /// The object that stands for the several objects of a reference such as Case's Owner: a path through it reads these
    /// fields alone ("Name" in the Object Reference).
    static let nameObject = Object(
        name: "Name", prefix: "",
        fields: [
            Field(name: "Id", kind: .id), text("Name", 121), text("FirstName", 40), text("LastName", 80),
            text("Username", 80), text("Alias", 8), Field(name: "Email", kind: .email), text("Phone", 40),
            text("Title", 128), text("Type", 40), Field(name: "IsActive", kind: .boolean),
        ], isGranted: true)

    /// Returns an object; names are compared without case.
    static func object(_ name: String) -> Object? {
        objects.first { $0.name.lowercased() == name.lowercased() }
    }

    static func text(_ name: String, _ length: Int, required: Bool = false) -> Field {
        Field(name: name, kind: .text(length), isRequired: required)
    }

    static func phone(_ name: String) -> Field {
        Field(name: name, kind: .text(40), isPhone: true)
    }

    static func reference(_ name: String, _ objects: [String], children: String? = nil) -> Field {
        Field(name: name, kind: .reference(objects), children: children)
    }

    /// The fields that every object has; `owners` are the objects of which an owner may be.
    static func system(owners: [String] = ["User", "Group"]) -> [Field] {
        [
            Field(name: "Id", kind: .id, isReadOnly: true), reference("OwnerId", owners),
            Field(name: "CreatedDate", kind: .dateTime, isReadOnly: true),
            Field(name: "LastModifiedDate", kind: .dateTime, isReadOnly: true),
        ]
    }
}
