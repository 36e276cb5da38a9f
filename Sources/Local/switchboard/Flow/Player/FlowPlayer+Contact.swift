import JSON
import Telephony

/// Blocks that change the contact.
extension FlowPlayer {
    /// The most bytes that a contact's attributes take: "Amazon Connect service quotas".
    private static let largestAttributes = 32 << 10

    mutating func update(_ action: ContactFlow.Action) -> Way {
        switch action.type {
        case "UpdateContactAttributes": return updateAttributes(action)
        case "UpdateFlowAttributes":
            for (name, value) in contact.values(members(action, "FlowAttributes")) {
                contact.flowAttributes[name] = value["Value"] ?? value
            }
        case "TagContact":
            let tags = contact.values(members(action, "Tags"))
            change("Tags") { $0.merge(tags) { $1 } }
        case "UntagContact":
            let keys = (action.parameters["TagKeys"]?.array ?? []).map { contact.text($0) }
            change("Tags") { tags in tags = tags.filter { !keys.contains($0.key) } }
        case "UpdateContactData": updateData(action)
        case "UpdateContactTargetQueue": return setQueue(action)
        case "UpdateContactCallbackNumber":
            let number = contact.text(action.parameters["CallbackNumber"])
            guard let valid = PhoneNumber(number.hasPrefix("+") ? number : "+\(number)") else {
                return fails(action, "takes no such phone number", "InvalidCallbackNumber")
            }
            contact.callbackNumber = valid.text
        case "CreateCallbackContact":
            let number = contact.callbackNumber ?? contact.customer
            world.say("(A callback to \(number ?? "a withheld number") is in the queue.)")
        case "UpdateContactEventHooks":
            guide = action.parameters["EventHooks"]?["DefaultAgentUI"].map(contact.text) ?? guide
        case "UpdateContactTextToSpeechVoice":
            contact.others["TextToSpeechVoiceId"] = .string(contact.text(action.parameters["TextToSpeechVoice"]))
        default: streamMedia(action)
        }
        return .to(action.next)
    }

    /// Sets every attribute, or none.
    private mutating func updateAttributes(_ action: ContactFlow.Action) -> Way {
        let values = contact.values(members(action, "Attributes")).mapValues { JSONValue.string($0.scalarText ?? "") }
        guard values[""] == nil else { return fails(action, "sets an attribute whose name is empty") }
        if action.has("TargetContact", "Related") {
            world.hint("(Sets \(values.keys.sorted().joined(separator: ", ")) in the related contact.)")
            return .to(action.next)
        }
        let attributes = contact.attributes.merging(values) { $1 }
        guard
            attributes.reduce(0, { $0 + $1.key.utf8.count + ($1.value.string ?? "").utf8.count })
                <= Self.largestAttributes
        else { return fails(action, "makes the attributes larger than 32 KB") }
        contact.attributes = attributes
        return .to(action.next)
    }

    private mutating func updateData(_ action: ContactFlow.Action) {
        for name in ["Name", "Description", "LanguageCode", "CustomerId"] {
            if let value = action.parameters[name] { contact.others[name] = .string(contact.text(value)) }
        }
        let references = contact.values(members(action, "References"))
        if !references.isEmpty { change("References") { $0.merge(references) { $1 } } }
        let segments = contact.values(members(action, "SegmentAttributes")).mapValues { $0["ValueString"] ?? $0 }
        contact.segmentAttributes.merge(segments) { $1 }
        if let session = action.parameters["WisdomSessionArn"] {
            contact.others["Wisdom"] = ["SessionArn": .string(contact.text(session))]
        }
    }

    private mutating func setQueue(_ action: ContactFlow.Action) -> Way {
        let arn = contact.text(action.parameters["QueueId"] ?? action.parameters["AgentId"])
        guard !arn.isEmpty else { return fails(action, "has no queue to set") }
        let data = flow.json["Metadata"]?["ActionMetadata"]?[action.identifier]
        // An agent's own queue has no name.
        let isAgents = action.parameters["QueueId"] == nil
        let named = data?["parameters"]?["QueueId"]?["displayName"]?.string ?? data?["queue"]?["text"]?.string
        let name = named ?? String(arn.split(separator: "/").last ?? "")
        contact.queue = [
            "Name": isAgents ? .null : .string(name), "ARN": .string(arn), "OutboundCallerId": .null,
        ]
        return .to(action.next)
    }

    private mutating func streamMedia(_ action: ContactFlow.Action) {
        guard !action.has("MediaStreamingState", "Disabled") else { return }
        let stream = "arn:aws:kinesisvideo:\(FlowContact.region):123456789012:stream/customer/1"
        contact.others["MediaStreams"] = [
            "Customer": ["Audio": ["StreamARN": .string(stream), "StartTimestamp": "0", "StartFragmentNumber": "1"]]
        ]
    }

    private mutating func change(_ name: String, _ body: (inout [String: JSONValue]) -> Void) {
        var members = contact.others[name]?.object ?? [:]
        body(&members)
        contact.others[name] = .object(members)
    }

    mutating func profile(_ action: ContactFlow.Action) -> Way {
        let request = members(action, "ProfileRequestData")
        guard action.type == "GetCustomerProfile" else {
            let written = contact.values(request)
            contact.profile = .object((contact.profile?.object ?? [:]).merging(written) { $1 })
            world.say("(\"\(action.identifier)\": the profile changes in this call alone.)")
            return .to(action.next)
        }
        let found = world.profile(contact.text(request["IdentifierName"]), contact.text(request["IdentifierValue"]))
        guard let found else { return .error("NoneFoundError", of: action) }
        contact.profile = found
        return .to(action.next)
    }
}
