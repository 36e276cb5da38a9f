/// Amazon Connect's record of a contact that is over ("contact trace record").
///
/// Connect sends the whole record again whenever something in it changes. It holds the members that a function reads; each
/// may be missing, null or of another type, and reads as nil or empty then. "Contact records data model" in the Amazon
/// Connect Administrator Guide. Numbers, names and attributes are personal data.
package struct ContactRecord: Sendable, Equatable {
    /// `ContactId`, whatever its form.
    package var contactID: String?
    /// `InitialContactId`: the first contact of a chain of transfers; may be nil for that one itself.
    package var initialContactID: String?
    package var previousContactID: String?
    package var nextContactID: String?
    /// `Channel`: `VOICE`, `CHAT`, `TASK`, `EMAIL` …, unchanged.
    package var channel: String?
    package var initiationMethod: InitiationMethod?
    package var disconnectReason: String?
    /// `InitiationTimestamp`, as the time since 1970.
    package var initiated: Duration?
    /// `DisconnectTimestamp`.
    package var disconnected: Duration?
    /// `LastUpdateTimestamp`: of two records of a contact the one with the greater counts.
    package var lastUpdated: Duration?
    package var customerEndpoint: ContactData.Endpoint?
    /// `SystemEndpoint`: the number that was called, or is shown; may hold a word such as `Softphone`.
    package var systemEndpoint: ContactData.Endpoint?
    package var transferredToEndpoint: ContactData.Endpoint?
    package var queue: Queue?
    package var agent: Agent?
    package var attributes: [String: String] = [:]
    /// `SegmentAttributes["connect:Subtype"].ValueString`, such as `connect:Telephony`.
    package var subtype: String?
    /// `Recordings`; without them `Recording`.
    package var recordings: [Recording] = []

    /// An empty record.
    package init() {}

    /// True for an agent's guide: a chat of its own beside the call.
    package var isGuide: Bool { subtype == "connect:Guide" }
}

extension ContactRecord {
    /// The queue that a contact waited in. Durations are whole seconds.
    package struct Queue: Sendable, Equatable {
        /// Nil for an agent's own queue.
        package var name: String?
        package var enqueued: Duration?
        package var seconds: Int?

        package init() {}
    }

    /// The agent of a contact. Durations are whole seconds.
    package struct Agent: Sendable, Equatable {
        package var username: String?
        /// `ConnectedToAgentTimestamp`; nil when the agent did not take it.
        package var connected: Duration?
        /// `AgentInteractionDuration`.
        package var interactionSeconds: Int?
        /// `CustomerHoldDuration`.
        package var holdSeconds: Int?
        /// `AfterContactWorkDuration`.
        package var afterContactWorkSeconds: Int?

        package init() {}
    }

    /// A file, or a part of a stream, that a contact was recorded to.
    package struct Recording: Sendable, Equatable {
        /// The bucket and the key, `bucket/key`, perhaps with `s3://` before it.
        package var location: String?
        package var storageType: String?
        package var mediaStreamType: String?
        package var participantType: String?
        package var status: String?

        package init() {}
    }
}
