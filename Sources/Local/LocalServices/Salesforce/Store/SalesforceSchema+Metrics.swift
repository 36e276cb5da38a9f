/// The objects of ConnectMetrics: queues as they are, and what queues and agents did in past intervals.
extension SalesforceSchema {
    static let queueStatus = Object(
        name: "Queue_Status__c", prefix: "a01",
        fields: system() + [
            text("Name", 80),
            Field(name: "Queue_Id__c", kind: .text(255), isRequired: true, isExternalID: true, isUnique: true),
            Field(name: "As_Of__c", kind: .dateTime),
        ]
            + numbers([
                "Agents_Online__c", "Agents_Available__c", "Agents_On_Contact__c", "Agents_After_Call_Work__c",
                "Contacts_In_Queue__c", "Contacts_Scheduled__c", "Oldest_Contact_Seconds__c", "Slots_Available__c",
            ]))

    static let contactMetric = Object(
        name: "Contact_Metric__c", prefix: "a02",
        fields: system() + [
            text("Name", 80),
            Field(name: "Key__c", kind: .text(255), isRequired: true, isExternalID: true, isUnique: true),
            text("Kind__c", 255), text("Queue_Id__c", 255), text("Queue__c", 255), text("Channel__c", 255),
            text("Agent_Id__c", 255), text("Agent_Username__c", 255),
            Field(name: "Interval_Start__c", kind: .dateTime), Field(name: "Interval_End__c", kind: .dateTime),
        ]
            + numbers([
                "Contacts_Queued__c", "Contacts_Handled__c", "Contacts_Abandoned__c", "Contacts_Transferred_Out__c",
                "Contacts_In_Service_Level__c", "Service_Level__c", "Abandonment_Rate__c", "Average_Answer_Seconds__c",
                "Average_Abandon_Seconds__c", "Average_Handle_Seconds__c", "Average_Hold_Seconds__c",
                "Average_After_Call_Seconds__c", "Longest_Queued_Seconds__c", "Handle_Seconds__c",
                "After_Call_Seconds__c", "Missed_Contacts__c", "Answer_Rate__c", "Occupancy__c", "Online_Seconds__c",
                "Idle_Seconds__c", "Non_Productive_Seconds__c",
            ]))

    private static func numbers(_ names: [String]) -> [Field] { names.map { Field(name: $0, kind: .number) } }
}
