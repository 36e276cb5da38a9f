import Encoding
import JSON

/// A contact as its record tells it, in the shape of "Data model for Amazon Connect contact records" in the Amazon Connect
/// Administrator Guide.
struct ContactDraft: Sendable {
    var id: String
    var initial: String?
    var previous: String?
    var next: String?
    var channel = "VOICE"
    var method = "INBOUND"
    /// The epoch second.
    var start: Int
    var seconds = 0
    var customer: String? = "+14155550100"
    var system: String? = "+12065550100"
    var queue: String?
    var queueSeconds = 0
    /// The user name of the agent who took it.
    var agent: String?
    var talkSeconds = 0
    var holdSeconds = 0
    var afterSeconds = 0
    var reason: String? = "CUSTOMER_DISCONNECT"
    var transferredTo: String?
    var attributes: [String: String] = [:]
    var subtype: String?
    var hasContactLens = false

    /// Returns the record that was last changed at an epoch second.
    func json(updated: Int) -> JSONValue {
        var json: [String: JSONValue] = [
            "AWSContactTraceRecordFormatVersion": "2017-03-10", "AWSAccountId": "123456789012",
            "InstanceARN": "arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555",
            "Recordings": .null, "Tags": .object([:]), "Queue": queueJSON, "Agent": agentJSON,
        ]
        json["ContactId"] = .string(id)
        json["InitialContactId"] = Self.text(initial)
        json["PreviousContactId"] = Self.text(previous)
        json["NextContactId"] = Self.text(next)
        json["Channel"] = .string(channel)
        json["InitiationMethod"] = .string(method)
        json["DisconnectReason"] = Self.text(reason)
        json["InitiationTimestamp"] = .string(Self.time(start))
        json["DisconnectTimestamp"] = .string(Self.time(start + seconds))
        json["LastUpdateTimestamp"] = .string(Self.time(updated))
        json["CustomerEndpoint"] = Self.endpoint(customer)
        json["SystemEndpoint"] = Self.endpoint(system)
        json["TransferredToEndpoint"] = Self.endpoint(transferredTo)
        json["Attributes"] = .object(attributes.mapValues { .string($0) })
        if let subtype { json["SegmentAttributes"] = ["connect:Subtype": ["ValueString": .string(subtype)]] }
        if hasContactLens { json["ContactLens"] = ["ConversationalAnalytics": ["Configuration": ["Enabled": true]]] }
        return .object(json)
    }

    private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

    private static func endpoint(_ number: String?) -> JSONValue {
        guard let number else { return .null }
        return ["Address": .string(number), "Type": "TELEPHONE_NUMBER"]
    }

    private var queueJSON: JSONValue {
        guard let queue else { return .null }
        return [
            "ARN": "arn:aws:connect:eu-central-1:123456789012:instance/1/queue/2", "Name": .string(queue),
            "EnqueueTimestamp": .string(Self.time(start)), "DequeueTimestamp": .string(Self.time(start + queueSeconds)),
            "Duration": .number(queueSeconds),
        ]
    }

    private var agentJSON: JSONValue {
        guard let agent else { return .null }
        return [
            "ARN": "arn:aws:connect:eu-central-1:123456789012:instance/1/agent/3", "Username": .string(agent),
            "ConnectedToAgentTimestamp": .string(Self.time(start + queueSeconds)),
            "AgentInteractionDuration": .number(talkSeconds), "CustomerHoldDuration": .number(holdSeconds),
            "AfterContactWorkDuration": .number(afterSeconds),
        ]
    }

    /// Returns an epoch second as records write it, such as `2026-11-29T12:00:00Z`.
    static func time(_ second: Int) -> String {
        String(UTCTime(secondsSinceEpoch: second).extended.dropLast(5)) + "Z"
    }
}
