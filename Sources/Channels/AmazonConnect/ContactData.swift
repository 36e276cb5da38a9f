package import JSON

/// Amazon Connect's data of a contact (`Details.ContactData`).
///
/// It holds the members that a function reads. Everything may be missing: a text that is missing, null or of another type
/// reads as nil, a collection as empty, and an enumeration value this code does not know as itself. Addresses are personal
/// data.
package struct ContactData: Sendable, Equatable {
    /// `ContactId`; empty for a direct invoke.
    package var contactID = ""
    /// `RelatedContactId`: in an agent's guide, the call that it is shown for.
    package var relatedContactID: String?
    /// `InitiationMethod`: a task in the CRM takes the call's direction from it.
    package var initiationMethod: InitiationMethod?
    /// `CustomerEndpoint`: the customer's number or address; nil when withheld.
    package var customerEndpoint: Endpoint?
    /// `SegmentAttributes`, as received.
    package var segmentAttributes: [String: JSONValue] = [:]

    /// An empty contact.
    package init() {}

    /// True for an agent's guide: a chat of its own beside the call, without endpoints and queue.
    ///
    /// The channel's subtype marks it: `SegmentAttributes` of "Contact" in the Amazon Connect API Reference.
    package var isGuide: Bool {
        segmentAttributes["connect:Subtype"]?["ValueString"]?.string == "connect:Guide"
    }
}

extension ContactData {
    /// The address of a party of a contact.
    package struct Endpoint: Sendable, Equatable {
        /// A phone number in E.164, or another address: personal data.
        package var address: String?
        /// `TELEPHONE_NUMBER`, `VOIP`, `CONTACT_FLOW` …, unchanged.
        package var type: String?
    }
}

/// The beginning of a contact; a method that is not listed here stays unchanged.
package struct InitiationMethod: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let inbound = InitiationMethod(rawValue: "INBOUND")
    package static let outbound = InitiationMethod(rawValue: "OUTBOUND")
    package static let transfer = InitiationMethod(rawValue: "TRANSFER")
    package static let queueTransfer = InitiationMethod(rawValue: "QUEUE_TRANSFER")
    package static let callback = InitiationMethod(rawValue: "CALLBACK")
    package static let api = InitiationMethod(rawValue: "API")
    package static let disconnect = InitiationMethod(rawValue: "DISCONNECT")
    package static let monitor = InitiationMethod(rawValue: "MONITOR")
    package static let externalOutbound = InitiationMethod(rawValue: "EXTERNAL_OUTBOUND")
    package static let campaignPreview = InitiationMethod(rawValue: "CAMPAIGN_PREVIEW")
}
