import JSON

extension ContactData {
    /// Reads the members of `Details.ContactData`; never fails.
    init(_ members: [String: JSONValue]) {
        self.init()
        contactID = members.text("ContactId") ?? ""
        relatedContactID = members.text("RelatedContactId")
        initiationMethod = members.text("InitiationMethod").map(InitiationMethod.init(rawValue:))
        customerEndpoint = members["CustomerEndpoint"].flatMap(Endpoint.init)
        segmentAttributes = members["SegmentAttributes"]?.object ?? [:]
    }
}

extension ContactData.Endpoint {
    init?(_ value: JSONValue) {
        guard let members = value.object else { return nil }
        self.init(address: members.text("Address"), type: members.text("Type"))
    }
}

extension [String: JSONValue] {
    /// Returns a scalar as a string; nil when it is missing, null, a list or an object.
    fileprivate func text(_ name: String) -> String? {
        self[name]?.scalarText
    }
}
