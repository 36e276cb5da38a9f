import Encoding
package import JSON

extension ContactRecord {
    /// Returns true for the members of a contact record; agent events share its stream, and have neither of the two.
    package static func isDescribed(by members: [String: JSONValue]) -> Bool {
        members["ContactId"] != nil || members["AWSContactTraceRecordFormatVersion"] != nil
    }

    /// Reads the members of a contact record; never fails.
    package init(_ members: [String: JSONValue]) {
        let json = JSONValue.object(members)
        contactID = json.text("ContactId")
        initialContactID = json.text("InitialContactId")
        previousContactID = json.text("PreviousContactId")
        nextContactID = json.text("NextContactId")
        channel = json.text("Channel")
        initiationMethod = json.text("InitiationMethod").map(InitiationMethod.init(rawValue:))
        disconnectReason = json.text("DisconnectReason")
        initiated = json.time("InitiationTimestamp")
        disconnected = json.time("DisconnectTimestamp")
        lastUpdated = json.time("LastUpdateTimestamp")
        customerEndpoint = json["CustomerEndpoint"].flatMap(ContactData.Endpoint.init(record:))
        systemEndpoint = json["SystemEndpoint"].flatMap(ContactData.Endpoint.init(record:))
        transferredToEndpoint = json["TransferredToEndpoint"].flatMap(ContactData.Endpoint.init(record:))
        queue = json["Queue"].flatMap(Queue.init)
        agent = json["Agent"].flatMap(Agent.init)
        attributes = (json["Attributes"]?.object ?? [:]).compactMapValues(\.scalarText)
        subtype = json["SegmentAttributes"]?["connect:Subtype"]?.text("ValueString")
        recordings = (json["Recordings"]?.array ?? []).compactMap(Recording.init)
        if recordings.isEmpty, let first = json["Recording"].flatMap(Recording.init) { recordings = [first] }
    }
}

extension ContactRecord.Queue {
    fileprivate init?(_ json: JSONValue) {
        guard json.object != nil else { return nil }
        name = json.text("Name")
        enqueued = json.time("EnqueueTimestamp")
        seconds = json.seconds("Duration")
    }
}

extension ContactRecord.Agent {
    fileprivate init?(_ json: JSONValue) {
        guard json.object != nil else { return nil }
        username = json.text("Username")
        connected = json.time("ConnectedToAgentTimestamp")
        interactionSeconds = json.seconds("AgentInteractionDuration")
        holdSeconds = json.seconds("CustomerHoldDuration")
        afterContactWorkSeconds = json.seconds("AfterContactWorkDuration")
    }
}

extension ContactRecord.Recording {
    fileprivate init?(_ json: JSONValue) {
        guard json.object != nil else { return nil }
        location = json.text("Location")
        storageType = json.text("StorageType")
        // `Recording` has the name of the older of the two.
        mediaStreamType = json.text("MediaStreamType") ?? json.text("Type")
        participantType = json.text("ParticipantType")
        status = json.text("Status")
    }
}

extension ContactData.Endpoint {
    fileprivate init?(record json: JSONValue) {
        guard let address = json.text("Address") else { return nil }
        self.init(address: address, type: json.text("Type"))
    }
}

extension JSONValue {
    /// The years that a CRM's date and time can have, as the seconds since 1970 that they begin and end at.
    private static let possibleSeconds = -8_520_336_000..<64_092_211_200
    /// The durations that are read: 31 years, as long as a call can never be.
    private static let possibleDurations = 0.0..<1_000_000_000

    /// Returns a string that is not empty.
    fileprivate func text(_ name: String) -> String? {
        self[name]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    fileprivate func time(_ name: String) -> Duration? {
        guard let time = self[name]?.string.flatMap({ UTCTime.sinceEpoch(parsing: $0) }),
            Self.possibleSeconds.contains(Int(time.components.seconds))
        else { return nil }
        return time
    }

    /// Returns whole seconds, rounded down.
    fileprivate func seconds(_ name: String) -> Int? {
        guard let digits = self[name]?.scalarText, let value = Double(digits), Self.possibleDurations.contains(value)
        else { return nil }
        return Int(value)
    }
}
