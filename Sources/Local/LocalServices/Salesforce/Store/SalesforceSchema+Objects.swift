import JSON

/// The objects, with the standard fields that functions use, their lengths and types as in the Object Reference.
extension SalesforceSchema {
    static let objects: [Object] = [
        lead, account, contact, opportunity, `case`, task, taskStatus, user, group, recording, queueStatus,
        contactMetric,
    ]

    private static let lead = Object(
        name: "Lead", prefix: "00Q",
        fields: system() + [
            text("FirstName", 40), text("LastName", 80, required: true), text("Company", 255, required: true),
            Field(name: "Name", kind: .text(121), isReadOnly: true), Field(name: "Email", kind: .email),
            phone("Phone"), phone("MobilePhone"), text("Title", 128), text("LeadSource", 255),
            Field(name: "Status", kind: .text(255), preset: "Open - Not Contacted"),
            text("Description", 32_000), Field(name: "IsConverted", kind: .boolean, isReadOnly: true),
            Field(name: "External_Id__c", kind: .text(255), isExternalID: true),
        ], duplicateRules: [["Email"], ["FirstName", "LastName", "Company"]], queue: SalesforceSeeds.leadQueue)

    private static let account = Object(
        name: "Account", prefix: "001",
        fields: system(owners: ["User"]) + [
            text("Name", 255, required: true), phone("Phone"), text("Industry", 255), text("Type", 255),
            text("AccountNumber", 40),
            Field(name: "Phone_Number_Without_Format__c", kind: .text(1_300), isReadOnly: true),
            Field(name: "External_Id__c", kind: .text(255), isExternalID: true, isUnique: true),
        ])

    private static let contact = Object(
        name: "Contact", prefix: "003",
        fields: system(owners: ["User"]) + [
            text("FirstName", 40), text("LastName", 80, required: true),
            Field(name: "Name", kind: .text(121), isReadOnly: true), Field(name: "Email", kind: .email),
            phone("Phone"), phone("MobilePhone"), phone("HomePhone"), phone("OtherPhone"), text("Title", 128),
            text("Department", 80), text("Description", 32_000),
            reference("AccountId", ["Account"], children: "Contacts"),
            Field(
                name: "Connect_Agent_Id__c", kind: .text(1_300), isReadOnly: true,
                formula: "Owner.Connect_Agent_Id__c"),
        ])

    private static let opportunity = Object(
        name: "Opportunity", prefix: "006",
        fields: system(owners: ["User"]) + [
            text("Name", 120, required: true), text("StageName", 255, required: true),
            text("CloseDate", 10, required: true), Field(name: "Amount", kind: .number),
            reference("AccountId", ["Account"], children: "Opportunities"),
        ])

    private static let `case` = Object(
        name: "Case", prefix: "500",
        fields: system() + [
            Field(name: "CaseNumber", kind: .text(30), isReadOnly: true), text("Subject", 255),
            Field(name: "Status", kind: .text(255), preset: "New"),
            Field(name: "Priority", kind: .text(255), preset: "Medium"), text("Origin", 255), text("Type", 255),
            text("Reason", 255), text("Description", 32_000), text("SuppliedName", 80), text("SuppliedPhone", 40),
            Field(name: "SuppliedEmail", kind: .email), Field(name: "IsClosed", kind: .boolean, isReadOnly: true),
            Field(name: "ClosedDate", kind: .dateTime, isReadOnly: true),
            reference("ContactId", ["Contact"], children: "Cases"),
            reference("AccountId", ["Account"], children: "Cases"),
        ], queue: SalesforceSeeds.caseQueue, closed: ["Closed"], number: "CaseNumber")

    /// Its fields but for four take no permission (calls' fields never do); which do is in docs/untried.md.
    private static let task = Object(
        name: "Task", prefix: "00T",
        fields: system() + [
            granted(text("Subject", 255)), Field(name: "Status", kind: .text(255), preset: "Not Started"),
            granted(Field(name: "Priority", kind: .text(255), preset: "Normal")), text("Type", 40),
            text("Description", 32_000), Field(name: "ActivityDate", kind: .date),
            granted(Field(name: "ReminderDateTime", kind: .dateTime)),
            granted(Field(name: "IsReminderSet", kind: .boolean)),
            Field(name: "IsClosed", kind: .boolean, isReadOnly: true),
            granted(Field(name: "CallType", kind: .text(40), values: ["Internal", "Inbound", "Outbound"])),
            granted(Field(name: "CallDurationInSeconds", kind: .number)), granted(text("CallDisposition", 255)),
            granted(text("CallObject", 255)),
            granted(
                Field(
                    name: "TaskSubtype", kind: .text(40), values: ["Task", "Email", "ListEmail", "Cadence", "Call"],
                    preset: "Task")),
            reference("WhoId", ["Contact", "Lead"], children: "Tasks"),
            reference("WhatId", ["Account", "Opportunity", "Case"], children: "Tasks"),
            Field(name: "AccountId", kind: .reference(["Account"]), isReadOnly: true),
            // A field of Activity, as its metadata and permission sets have it.
            Field(name: "Contact_Id__c", kind: .text(255), isExternalID: true, isUnique: true),
        ], closed: ["Completed"])

    private static let taskStatus = Object(
        name: "TaskStatus", prefix: "01T",
        fields: [
            Field(name: "Id", kind: .id, isReadOnly: true), granted(text("ApiName", 255)),
            granted(text("MasterLabel", 255)), granted(Field(name: "IsClosed", kind: .boolean)),
            granted(Field(name: "IsDefault", kind: .boolean)), granted(Field(name: "SortOrder", kind: .number)),
            Field(name: "CreatedDate", kind: .dateTime, isReadOnly: true),
            Field(name: "LastModifiedDate", kind: .dateTime, isReadOnly: true),
        ], isGranted: true, isFixed: true)

    private static let user = Object(
        name: "User", prefix: "005",
        fields: [
            Field(name: "Id", kind: .id, isReadOnly: true), granted(text("Username", 80)), text("FirstName", 40),
            text("LastName", 80), Field(name: "Name", kind: .text(121), isReadOnly: true),
            granted(Field(name: "Email", kind: .email)), granted(phone("Phone")), granted(text("Alias", 8)),
            granted(text("Title", 80)), granted(Field(name: "IsActive", kind: .boolean)),
            text("Connect_Agent_Id__c", 64),
            // Hidden from everybody without "Manage Users".
            text("FederationIdentifier", 512),
            Field(name: "CreatedDate", kind: .dateTime, isReadOnly: true),
            Field(name: "LastModifiedDate", kind: .dateTime, isReadOnly: true),
        ], isGranted: true, isFixed: true)

    private static let group = Object(
        name: "Group", prefix: "00G",
        fields: [
            Field(name: "Id", kind: .id, isReadOnly: true), granted(text("Name", 40)),
            granted(text("DeveloperName", 80)), granted(text("Type", 40)), granted(Field(name: "Email", kind: .email)),
            Field(name: "CreatedDate", kind: .dateTime, isReadOnly: true),
            Field(name: "LastModifiedDate", kind: .dateTime, isReadOnly: true),
        ], isGranted: true, isFixed: true)

    /// The fields that files of Contact Lens fill.
    private static let contactLens =
        [text("Summary__c", 32_768), text("Categories__c", 4_096), text("Transcript__c", 131_072)]
        + [
            "Agent_Sentiment__c", "Customer_Sentiment__c", "Interruptions__c", "Non_Talk_Seconds__c", "Talk_Seconds__c",
        ].map { Field(name: $0, kind: .number) }

    private static let recording = Object(
        name: "Call_Recording_Info__c", prefix: "a00",
        fields: system() + contactLens + [
            text("Name", 80),
            Field(name: "Contact_Id__c", kind: .text(255), isRequired: true, isExternalID: true, isUnique: true),
            phone("Contact_Mobile_Number__c"),
            reference("Account__c", ["Account"], children: "Call_Recordings__r"),
            text("File_Name__c", 1_024), text("Access_URL__c", 255),
        ] + callRecord)

    /// The fields of a contact record.
    private static let callRecord: [Field] = {
        let texts = [
            "Channel__c", "Initiation_Method__c", "Disconnect_Reason__c", "Queue__c", "Agent_Username__c",
            "Initial_Contact_Id__c", "Previous_Contact_Id__c", "Next_Contact_Id__c", "Transferred_To__c",
        ]
        let seconds = ["Duration", "Queue", "Agent", "Hold", "After_Call"]
        let times = ["Started_At__c", "Ended_At__c", "Last_Update__c"]
        var fields: [Field] = texts.map { text($0, 255) }
        fields += seconds.map { Field(name: "\($0)_Seconds__c", kind: .number) }
        fields += times.map { Field(name: $0, kind: .dateTime) }
        fields.append(phone("System_Number__c"))
        fields.append(Field(name: "Abandoned__c", kind: .boolean, preset: .bool(false)))
        fields += ["Contact", "Lead"].map { reference("\($0)__c", [$0], children: "Call_Recordings__r") }
        return fields
    }()

    private static func granted(_ field: Field) -> Field {
        var field = field
        field.isGranted = true
        return field
    }
}
