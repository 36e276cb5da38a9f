package import JSON

/// What Amazon Connect says about a contact (`Details.ContactData`).
///
/// Everything may be missing: a text that is missing, null or of another type reads as nil, a collection as empty, and
/// an enumeration value this code does not know as itself. Addresses, names and attributes are personal data.
package struct ContactData: Sendable, Equatable {
    /// `ContactId`; empty for a direct invoke.
    package var contactID = ""
    /// `InitialContactId`: the first contact of a chain of transfers.
    package var initialContactID: String?
    /// `PreviousContactId`: the contact that was transferred to this one.
    package var previousContactID: String?
    /// `RelatedContactId`: in an agent's guide, the call that it is shown for.
    package var relatedContactID: String?
    /// `Channel`.
    package var channel: Channel?
    /// `InitiationMethod`.
    package var initiationMethod: InitiationMethod?
    /// `Attributes`, as the flow has set them.
    package var attributes: [String: String] = [:]
    /// `CustomerEndpoint`: the customer's number or address; nil when withheld.
    package var customerEndpoint: Endpoint?
    /// `SystemEndpoint`: the number or address the customer reached.
    package var systemEndpoint: Endpoint?
    /// `CustomerId`.
    package var customerID: String?
    /// `Name`.
    package var name: String?
    /// `Description`.
    package var description: String?
    /// `InstanceARN`.
    package var instanceARN: String?
    /// `LanguageCode`, such as `en-US`.
    package var languageCode: String?
    /// `MediaStreams.Customer.Audio`.
    package var customerAudio: AudioStream?
    /// `Queue`.
    package var queue: Queue?
    /// `References`, as they came.
    package var references: [String: JSONValue] = [:]
    /// `Tags`.
    package var tags: [String: String] = [:]
    /// `SegmentAttributes`, as they came.
    package var segmentAttributes: [String: JSONValue] = [:]

    /// An empty contact.
    package init() {}

    /// The mark of an agent's guide: a chat of its own beside the call, without endpoints and queue.
    ///
    /// The channel's subtype says it: `SegmentAttributes` of "Contact" in the Amazon Connect API Reference.
    package var isGuide: Bool {
        segmentAttributes["connect:Subtype"]?["ValueString"]?.string == "connect:Guide"
    }
}

extension ContactData {
    /// Where a party of a contact is reached.
    package struct Endpoint: Sendable, Equatable {
        /// A phone number in E.164, or another address: personal data.
        package var address: String?
        /// `TELEPHONE_NUMBER`, `VOIP`, `CONTACT_FLOW` …, as it came.
        package var type: String?
    }

    /// The queue a contact waits in.
    package struct Queue: Sendable, Equatable {
        package var arn: String?
        package var name: String?
        package var outboundCallerID: Endpoint?
    }

    /// Where Amazon Connect streams the customer's voice to.
    package struct AudioStream: Sendable, Equatable {
        package var streamARN: String?
        package var startFragmentNumber: String?
        package var startTimestamp: String?
        package var stopFragmentNumber: String?
        package var stopTimestamp: String?
    }
}
