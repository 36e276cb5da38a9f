import JSON

/// Contact records as Amazon Connect writes them.
enum ContactRecords {
    static let id = "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e9f"
    static let number = "+12065550142"

    /// A call that an agent took, with other members in the place of its own; null removes one.
    static func taken(_ id: String = id, _ members: [String: JSONValue] = [:]) -> String {
        let record: [String: JSONValue] = [
            "AWSContactTraceRecordFormatVersion": "2017-03-10", "ContactId": .string(id), "Channel": "VOICE",
            "InitiationMethod": "INBOUND", "DisconnectReason": "CUSTOMER_DISCONNECT",
            "InitiationTimestamp": "2026-11-22T10:00:00Z", "DisconnectTimestamp": "2026-11-22T10:05:00Z",
            "LastUpdateTimestamp": "2026-11-22T10:06:00Z",
            "CustomerEndpoint": ["Address": .string(number), "Type": "TELEPHONE_NUMBER"],
            "SystemEndpoint": ["Address": "+12065550100", "Type": "TELEPHONE_NUMBER"],
            "Queue": ["Name": "Sales", "EnqueueTimestamp": "2026-11-22T10:00:10Z", "Duration": 12],
            "Agent": [
                "Username": "Ada", "ConnectedToAgentTimestamp": "2026-11-22T10:00:22Z", "AgentInteractionDuration": 240,
                "CustomerHoldDuration": 3, "AfterContactWorkDuration": 20,
            ],
        ]
        return JSONValue.object(record.merging(members) { $1 }).text
    }

    /// A call that waited for nobody.
    static func missed(_ id: String = id, _ members: [String: JSONValue] = [:]) -> String {
        taken(id, ["Agent": .null].merging(members) { $1 })
    }

    /// A call whose caller left a message.
    static func voicemail(_ id: String = id, _ members: [String: JSONValue] = [:]) -> String {
        let part: JSONValue = [
            "Location": .string("recordings/\(automatedKey(id))"), "StorageType": "S3", "MediaStreamType": "AUDIO",
            "ParticipantType": "IVR", "Status": "AVAILABLE",
        ]
        let own: [String: JSONValue] = ["Attributes": ["voicemail": "TRUE"], "Recordings": [part]]
        return missed(id, own.merging(members) { $1 })
    }

    static func automatedKey(_ id: String) -> String {
        "CallRecordings/ivr/2026/11/22/\(id)_20261122T10:00_UTC.wav"
    }
}
