import JSON

extension ContactData {
    /// Reads the members of `Details.ContactData`; never fails.
    init(_ members: [String: JSONValue]) {
        self.init()
        contactID = members.text("ContactId") ?? ""
        initialContactID = members.text("InitialContactId")
        previousContactID = members.text("PreviousContactId")
        relatedContactID = members.text("RelatedContactId")
        channel = members.text("Channel").map(Channel.init(rawValue:))
        initiationMethod = members.text("InitiationMethod").map(InitiationMethod.init(rawValue:))
        attributes = members.texts("Attributes")
        customerEndpoint = members["CustomerEndpoint"].flatMap(Endpoint.init)
        systemEndpoint = members["SystemEndpoint"].flatMap(Endpoint.init)
        customerID = members.text("CustomerId")
        name = members.text("Name")
        description = members.text("Description")
        instanceARN = members.text("InstanceARN")
        languageCode = members.text("LanguageCode")
        customerAudio = members["MediaStreams"]?.object?["Customer"]?.object?["Audio"].flatMap(AudioStream.init)
        queue = members["Queue"].flatMap(Queue.init)
        references = members["References"]?.object ?? [:]
        tags = members.texts("Tags")
        segmentAttributes = members["SegmentAttributes"]?.object ?? [:]
    }
}

extension ContactData.Endpoint {
    init?(_ value: JSONValue) {
        guard let members = value.object else { return nil }
        self.init(address: members.text("Address"), type: members.text("Type"))
    }
}

extension ContactData.Queue {
    /// Reads an object, or the plain string of old documents: an ARN or a name.
    init?(_ value: JSONValue) {
        switch value {
        case .object(let members):
            self.init(
                arn: members.text("ARN"), name: members.text("Name"),
                outboundCallerID: members["OutboundCallerId"].flatMap(ContactData.Endpoint.init))
        case .string(let text) where text.hasPrefix("arn:"): self.init(arn: text)
        case .string(let text) where !text.isEmpty: self.init(name: text)
        default: return nil
        }
    }
}

extension ContactData.AudioStream {
    init?(_ value: JSONValue) {
        guard let members = value.object else { return nil }
        self.init(
            streamARN: members.text("StreamARN"), startFragmentNumber: members.text("StartFragmentNumber"),
            startTimestamp: members.text("StartTimestamp"), stopFragmentNumber: members.text("StopFragmentNumber"),
            stopTimestamp: members.text("StopTimestamp"))
    }
}

extension [String: JSONValue] {
    /// A scalar as text; nil when it is missing, null, a list or an object.
    fileprivate func text(_ name: String) -> String? {
        self[name]?.scalarText
    }

    /// The scalars of an object as texts; the others are left out.
    fileprivate func texts(_ name: String) -> [String: String] {
        (self[name]?.object ?? [:]).compactMapValues(\.scalarText)
    }
}
