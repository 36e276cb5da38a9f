import JSON

/// The objects and fields that a user of the local Salesforce may see and write.
///
/// People have all rights. The integration user has the rights of the permission sets of `integrations/salesforce` for
/// services and no others, like under the profile "Minimum Access - API Only Integrations"; a test compares both.
struct SalesforceRights: Sendable, Equatable {
    struct OfObject: Sendable, Equatable {
        var mayCreate = false
        var mayEdit = false
        var mayDelete = false
        /// The fields with a permission to read.
        var readable: Set<String> = []
        /// The fields with a permission to write, which are readable too.
        var editable: Set<String> = []
    }

    /// The rights by object; nil: all.
    let objects: [String: OfObject]?

    static let all = SalesforceRights(objects: nil)

    static let integration = SalesforceRights(objects: [
        "Account": OfObject(readable: ["Phone", "Phone_Number_Without_Format__c"]),
        "Contact": OfObject(
            readable: [
                "AccountId", "Connect_Agent_Id__c", "Email", "HomePhone", "MobilePhone", "OtherPhone", "Phone",
            ]),
        "Lead": OfObject(mayCreate: true, readable: ["Email", "MobilePhone", "Phone"]),
        "Case": OfObject(mayCreate: true, readable: ofCase, editable: ofCase),
        // By the user permission EditTask, which is to change them, too.
        "Task": OfObject(mayCreate: true, mayEdit: true, readable: ofTask, editable: ofTask),
        "Call_Recording_Info__c": OfObject(
            mayCreate: true, mayEdit: true, readable: ofCallRecord, editable: ofCallRecord),
        "Queue_Status__c": OfObject(
            mayCreate: true, mayEdit: true, readable: own(SalesforceSchema.queueStatus),
            editable: own(SalesforceSchema.queueStatus)),
        "Contact_Metric__c": OfObject(
            mayCreate: true, mayEdit: true, mayDelete: true, readable: own(SalesforceSchema.contactMetric),
            editable: own(SalesforceSchema.contactMetric)),
    ])

    /// Returns the fields of an object that a permission set must grant.
    private static func own(_ object: SalesforceSchema.Object) -> Set<String> {
        Set(object.fields.filter(\.isPermissionable).map(\.name))
    }

    private static let ofCallRecord: Set = [
        "Abandoned__c", "Access_URL__c", "Account__c", "After_Call_Seconds__c", "Agent_Seconds__c",
        "Agent_Sentiment__c", "Agent_Username__c", "Categories__c", "Channel__c", "Contact_Mobile_Number__c",
        "Contact__c", "Customer_Sentiment__c", "Disconnect_Reason__c", "Duration_Seconds__c", "Ended_At__c",
        "File_Name__c", "Hold_Seconds__c", "Initial_Contact_Id__c", "Initiation_Method__c", "Interruptions__c",
        "Last_Update__c", "Lead__c", "Next_Contact_Id__c", "Non_Talk_Seconds__c", "Previous_Contact_Id__c",
        "Queue_Seconds__c", "Queue__c", "Started_At__c", "Summary__c", "System_Number__c", "Talk_Seconds__c",
        "Transcript__c", "Transferred_To__c",
    ]

    private static let ofCase: Set = [
        "AccountId", "ContactId", "Description", "Origin", "Priority", "Reason", "Subject", "SuppliedPhone", "Type",
    ]
    private static let ofTask: Set = ["ActivityDate", "Contact_Id__c", "Description", "WhatId", "WhoId"]

    /// Returns the object with its visible fields; nil when it is hidden.
    func visible(_ object: SalesforceSchema.Object) -> SalesforceSchema.Object? {
        guard let objects else { return object }
        guard object.isGranted || objects[object.name] != nil else { return nil }
        let readable = objects[object.name]?.readable ?? []
        var seen = object
        seen.fields = object.fields.filter { !$0.isPermissionable || $0.isGranted || readable.contains($0.name) }
        return seen
    }

    /// Throws unless records of the object may be deleted.
    func checkDeletion(of object: SalesforceSchema.Object) throws(SalesforceFailure) {
        guard let objects, objects[object.name]?.mayDelete != true else { return }
        throw SalesforceFailure("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
    }

    /// Throws unless the record may be created, or changed, with these fields.
    func check(
        _ fields: [String: JSONValue], of object: SalesforceSchema.Object, creating: Bool
    ) throws(SalesforceFailure) {
        guard let objects else { return }
        let rights = objects[object.name] ?? OfObject()
        guard object.isGranted || (creating ? rights.mayCreate : rights.mayEdit) else {
            throw SalesforceFailure(
                403, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
        }
        let names = fields.keys.filter { $0 != "attributes" }.sorted()
        for field in names.compactMap(object.field) where field.isPermissionable && !field.isGranted {
            guard rights.readable.contains(field.name) else {
                throw SalesforceFailure(
                    "INVALID_FIELD", "No such column '\(field.name)' on sobject of type \(object.name)")
            }
            guard rights.editable.contains(field.name) else {
                throw SalesforceFailure(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "Unable to create/update fields: \(field.name). Please check the security settings of this field.",
                    fields: [field.name])
            }
        }
    }
}

extension SalesforceUser {
    var rights: SalesforceRights { self == .integration ? .integration : .all }
}

extension SalesforceSchema.Field {
    private static let alwaysVisible: Set = [
        "Id", "OwnerId", "CreatedDate", "LastModifiedDate", "Name", "FirstName", "LastName", "IsConverted", "IsClosed",
        "CaseNumber", "Status",
    ]

    /// True when a permission set must grant the field: it is not a system field, not a name, and not required.
    var isPermissionable: Bool { !isRequired && !Self.alwaysVisible.contains(name) }
}
