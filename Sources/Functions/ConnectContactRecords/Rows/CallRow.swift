import AmazonConnect
import Encoding
import Salesforce
import Telephony

/// The call record of a contact, as a row of a collection.
enum CallRow {
    static let contactField: APIName = "Contact_Id__c"

    /// The fields that no attribute can be written to: the record's own, those of Contact Lens, and what the row's JSON has.
    static let ownFields: [String] = [
        "Id", "Name", "attributes", "OwnerId", "Contact_Id__c", "Contact_Mobile_Number__c", "Channel__c",
        "Initiation_Method__c", "Disconnect_Reason__c", "Started_At__c", "Ended_At__c", "Duration_Seconds__c",
        "Queue__c",
        "Queue_Seconds__c", "Agent_Username__c", "Agent_Seconds__c", "Hold_Seconds__c", "After_Call_Seconds__c",
        "System_Number__c", "Initial_Contact_Id__c", "Previous_Contact_Id__c", "Next_Contact_Id__c", "Abandoned__c",
        "Transferred_To__c", "Last_Update__c", "Contact__c", "Lead__c", "Account__c", "File_Name__c", "Access_URL__c",
        "Summary__c", "Customer_Sentiment__c", "Agent_Sentiment__c", "Categories__c", "Talk_Seconds__c",
        "Non_Talk_Seconds__c", "Interruptions__c", "Transcript__c",
    ]

    /// Returns the row of a contact.
    ///
    /// Every field is written, empty where the newest record has nothing: it may have been another record's. But a person, a
    /// number and a recording that others have found stay.
    static func row(
        of contact: StreamContact, at place: Int, _ person: PersonLink, _ recording: CallRecording,
        _ settings: ContactRecordSettings
    ) -> Row {
        let record = contact.record
        let isAbandoned = record.wasQueued && !record.metAgent && settings.wentNowhereElse(record)
        let systemNumber = record.systemEndpoint?.address.flatMap { PhoneNumber($0) }?.text
        var fields: [APIName: FieldValue] = [
            contactField: .string(contact.id), "Name": .text(contact.id, atMost: 80),
            "Channel__c": .text(record.channel), "Initiation_Method__c": .text(record.initiationMethod?.rawValue),
            "Disconnect_Reason__c": .text(record.disconnectReason), "Started_At__c": .time(record.initiated),
            "Ended_At__c": .time(record.disconnected),
            "Duration_Seconds__c": .count(record.seconds),
            "Queue__c": .text(record.queue?.name), "Queue_Seconds__c": .count(record.queue?.seconds),
            "Agent_Username__c": .text(record.agent?.username),
            "Agent_Seconds__c": .count(record.agent?.interactionSeconds),
            "Hold_Seconds__c": .count(record.agent?.holdSeconds),
            "After_Call_Seconds__c": .count(record.agent?.afterContactWorkSeconds),
            "System_Number__c": .text(systemNumber),
            "Initial_Contact_Id__c": .text(record.initialContactID),
            "Previous_Contact_Id__c": .text(record.previousContactID),
            "Next_Contact_Id__c": .text(record.nextContactID),
            "Abandoned__c": .bool(isAbandoned),
            "Transferred_To__c": .text(record.transferredToEndpoint?.address),
            "Last_Update__c": .time(contact.lastUpdated),
        ]
        if let number = contact.number { fields["Contact_Mobile_Number__c"] = .string(number.text) }
        if let id = person.contact { fields["Contact__c"] = .string(id) }
        if let id = person.lead { fields["Lead__c"] = .string(id) }
        if let id = person.account { fields["Account__c"] = .string(id) }
        switch recording {
        case .unknown: break
        case .deleted: (fields["File_Name__c"], fields["Access_URL__c"]) = (.null, .null)
        case .file(let key, let link, _):
            (fields["File_Name__c"], fields["Access_URL__c"]) = (.string(key), .string(link))
        }
        for attribute in settings.attributeFields {
            // An empty text is none to Salesforce too.
            fields[attribute.field] = record.attributes[attribute.attribute].map(FieldValue.string) ?? .null
        }
        return Row(
            contact: place, fields: fields, attributeFields: settings.attributeFields.map(\.field),
            personFields: ["Contact__c", "Lead__c", "Account__c"])
    }
}

extension ContactRecord {
    /// The whole seconds from its beginning to its end.
    fileprivate var seconds: Int? {
        guard let initiated, let disconnected, disconnected >= initiated else { return nil }
        return Int((disconnected - initiated).components.seconds)
    }
}

extension FieldValue {
    /// The longest text of a field of the call record.
    private static let longestText = 255

    /// A text, cut where the field ends, or nothing.
    static func text(_ text: String?, atMost length: Int = longestText) -> FieldValue {
        text.map { .string($0.prefix(utf16Units: length)) } ?? .null
    }

    static func count(_ value: Int?) -> FieldValue { value.map(FieldValue.integer) ?? .null }

    /// A time in whole seconds, which is what Salesforce keeps.
    static func time(_ time: Duration?) -> FieldValue {
        time.map { .string(UTCTime(secondsSinceEpoch: Int($0.components.seconds)).extended) } ?? .null
    }
}
