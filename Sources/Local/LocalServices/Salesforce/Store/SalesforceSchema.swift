/// The objects and fields of the local Salesforce.
enum SalesforceSchema {
    enum Kind: Sendable {
        case text(Int)
        case email
        case boolean
        case dateTime
        case number
        /// The id of a record of that object.
        case reference(String)
    }

    struct Field: Sendable {
        let name: String
        let kind: Kind
        var isRequired = false
        var isReadOnly = false
        var isExternalID = false
        var isUnique = false
        /// Granted to the integration user by a `SalesforceAddition`.
        var isGranted = false
    }

    struct Object: Sendable {
        let name: String
        /// The first three characters of a record's id.
        let prefix: String
        let fields: [Field]
        /// Sets of fields; a record that equals another in all fields of a set, in any case, is a duplicate.
        var duplicateRules: [[String]] = []
        /// The queue to which the org's assignment rule, or its default, assigns records of the object.
        var queue: String?
        /// Granted to the integration user by a `SalesforceAddition`.
        var isGranted = false

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

    static let relationships = [
        Relationship(parent: "Account", name: "Contacts", object: "Contact", field: "AccountId"),
        Relationship(parent: "Account", name: "Opportunities", object: "Opportunity", field: "AccountId"),
        Relationship(
            parent: "Account", name: "Call_Recordings__r", object: "Call_Recording_Info__c", field: "Account__c"),
        Relationship(parent: "Contact", name: "Cases", object: "Case", field: "ContactId"),
    ]

    static let objects: [Object] = [
        Object(
            name: "Lead", prefix: "00Q",
            fields: system + [
                text("FirstName", 40), text("LastName", 80, required: true), text("Company", 255, required: true),
                Field(name: "Name", kind: .text(121), isReadOnly: true), Field(name: "Email", kind: .email),
                text("Phone", 40), text("Title", 128), text("Status", 255), text("LeadSource", 255),
                text("Description", 32_000), Field(name: "IsConverted", kind: .boolean, isReadOnly: true),
                Field(name: "External_Id__c", kind: .text(255), isExternalID: true),
            ], duplicateRules: [["Email"], ["FirstName", "LastName", "Company"]], queue: "00G5f0000000001AAA"),
        Object(
            name: "Account", prefix: "001",
            fields: system + [
                text("Name", 255, required: true), text("Phone", 40), text("Industry", 255),
                Field(name: "Phone_Number_Without_Format__c", kind: .text(1_300), isReadOnly: true),
                Field(name: "External_Id__c", kind: .text(255), isExternalID: true, isUnique: true),
            ]),
        Object(
            name: "Contact", prefix: "003",
            fields: system + [
                text("FirstName", 40), text("LastName", 80, required: true),
                Field(name: "Name", kind: .text(121), isReadOnly: true), Field(name: "Email", kind: .email),
                text("Phone", 40), text("AccountId", 18),
            ]),
        Object(
            name: "Opportunity", prefix: "006",
            fields: system + [
                text("Name", 120, required: true), text("StageName", 255, required: true),
                text("CloseDate", 10, required: true), Field(name: "Amount", kind: .number), text("AccountId", 18),
            ]),
        Object(
            name: "Case", prefix: "500",
            fields: system + [
                text("Subject", 255), text("Status", 255), text("Origin", 255), text("Description", 32_000),
                text("ContactId", 18),
            ], queue: "00G5f0000000002AAA"),
        Object(
            name: "Task", prefix: "00T",
            fields: system + [
                text("Subject", 255), text("Status", 255), text("WhoId", 18), text("Description", 32_000),
            ]
        ),
        Object(
            name: "Call_Recording_Info__c", prefix: "a00",
            fields: system + [
                text("Name", 80),
                Field(name: "Contact_Id__c", kind: .text(255), isRequired: true, isExternalID: true, isUnique: true),
                text("Contact_Mobile_Number__c", 40), Field(name: "Account__c", kind: .reference("Account")),
                text("File_Name__c", 1_024), text("Access_URL__c", 255),
            ]),
    ]

    static let system = [
        Field(name: "Id", kind: .text(18), isReadOnly: true), text("OwnerId", 18),
        Field(name: "CreatedDate", kind: .dateTime, isReadOnly: true),
        Field(name: "LastModifiedDate", kind: .dateTime, isReadOnly: true),
    ]

    /// Returns an object; names are compared without case.
    static func object(_ name: String) -> Object? {
        objects.first { $0.name.lowercased() == name.lowercased() }
    }

    private static func text(_ name: String, _ length: Int, required: Bool = false) -> Field {
        Field(name: name, kind: .text(length), isRequired: required)
    }
}
