import JSON

/// The fields of a call record and of its task, read from one contact record.
struct ExpectedRow {
    private let record: JSONValue

    init(_ record: JSONValue) {
        self.record = record
    }

    /// `Call_Recording_Info__c`, but for people, recordings and attributes, which these contacts have none of.
    var fields: [String: JSONValue] {
        let agent = record["Agent"]
        var fields: [String: JSONValue] = [
            "Name": value("ContactId"), "Contact_Id__c": value("ContactId"), "Channel__c": value("Channel"),
            "Initiation_Method__c": value("InitiationMethod"), "Disconnect_Reason__c": value("DisconnectReason"),
            "Started_At__c": value("InitiationTimestamp"), "Ended_At__c": value("DisconnectTimestamp"),
            "Duration_Seconds__c": .number(seconds("DisconnectTimestamp") - seconds("InitiationTimestamp")),
            "Queue__c": record["Queue"]?["Name"] ?? .null, "Queue_Seconds__c": record["Queue"]?["Duration"] ?? .null,
            "Agent_Username__c": agent?["Username"] ?? .null,
            "Agent_Seconds__c": agent?["AgentInteractionDuration"] ?? .null,
            "Hold_Seconds__c": agent?["CustomerHoldDuration"] ?? .null,
            "After_Call_Seconds__c": agent?["AfterContactWorkDuration"] ?? .null,
            "System_Number__c": record["SystemEndpoint"]?["Address"] ?? .null,
            "Initial_Contact_Id__c": value("InitialContactId"), "Previous_Contact_Id__c": value("PreviousContactId"),
            "Next_Contact_Id__c": value("NextContactId"), "Abandoned__c": .bool(isAbandoned),
            "Transferred_To__c": record["TransferredToEndpoint"]?["Address"] ?? .null,
            "Last_Update__c": value("LastUpdateTimestamp"),
        ]
        fields["Contact_Mobile_Number__c"] = record["CustomerEndpoint"]?["Address"]
        return fields
    }

    /// The task of a contact that an agent took, or of a missed call; nil where there is none.
    var task: [String: JSONValue]? {
        guard isTaken || isMissed else { return nil }
        let isVoice = record["Channel"]?.string == "VOICE"
        let isOutbound = ["OUTBOUND", "EXTERNAL_OUTBOUND", "CALLBACK", "API", "CAMPAIGN_PREVIEW"].contains(
            record["InitiationMethod"]?.string)
        var task: [String: JSONValue] = [
            "Contact_Id__c": value("ContactId"),
            "ActivityDate": .string(String((record["InitiationTimestamp"]?.string ?? "").prefix(10))),
            "CallDurationInSeconds": record["Agent"]?["AgentInteractionDuration"] ?? .null,
            "CallDisposition": record["Attributes"]?["disposition"] ?? value("DisconnectReason"),
            "CallObject": value("ContactId"),
        ]
        if isTaken { task["Status"] = "Completed" }
        if isVoice {
            task["TaskSubtype"] = "Call"
            task["CallType"] = isOutbound ? "Outbound" : "Inbound"
        }
        task["Subject"] =
            switch record["Channel"]?.string {
            case _ where !isTaken: "Missed call: call back"
            case "CHAT": "Chat"
            case "TASK": "Task"
            case "EMAIL": "E-mail"
            default: isOutbound ? "Outbound call" : "Inbound call"
            }
        return task
    }

    private var isTaken: Bool { record["Agent"]?["ConnectedToAgentTimestamp"] != nil }

    private var isAbandoned: Bool {
        guard record["Queue"]?["EnqueueTimestamp"] != nil, !isTaken else { return false }
        let isOurs = record["TransferredToEndpoint"]?["Address"]?.string == ContactCenter.handover
        return isOurs || (record["TransferredToEndpoint"] == nil && record["NextContactId"] == nil)
    }

    private var isMissed: Bool {
        isAbandoned && record["Channel"]?.string == "VOICE"
            && ["INBOUND", "TRANSFER", "QUEUE_TRANSFER"].contains(record["InitiationMethod"]?.string)
    }

    private func value(_ name: String) -> JSONValue { record[name] ?? .null }

    /// Returns the second of a time within the simulation's days: all of them lie in one month.
    private func seconds(_ name: String) -> Int {
        let digits = (record[name]?.string ?? "").split { !$0.isNumber }.compactMap { Int($0) }
        guard digits.count == 6 else { return 0 }
        return ((digits[2] * 24 + digits[3]) * 60 + digits[4]) * 60 + digits[5]
    }
}
