/// The key of an object that Amazon Connect or Contact Lens writes for a contact.
///
/// `<prefix><folder>/YYYY/MM/DD/<contactId>_<rest>`, where the prefix is usually empty or `connect/<alias>/`. "Where
/// are recordings and transcripts stored" and "Output file locations" in the Amazon Connect Administrator Guide.
package struct RecordingKey: Sendable, Hashable {
    /// The kind of an object, by its folder and name.
    package enum Kind: Sendable, Hashable {
        /// `CallRecordings/…_YYYYMMDDTHH:MM_UTC.wav`: the conversation with an agent.
        case recording
        /// `CallRecordings/ivr/…_YYYYMMDDTHH:MM_UTC.wav`: the dialog of caller and flow, with or without an agent
        /// later.
        case automatedRecording
        /// `ChatTranscripts/…_….json`.
        case chatTranscript
        /// `Analysis/Voice/Redacted/…_call_recording_redacted_YYYY-MM-DDTHH:MM:SSZ.wav`.
        case redactedRecording
        /// `Analysis/<Voice or Chat>[/ivr][/Redacted]/…_analysis[_redacted]_….json`.
        case analysis(Medium, isAutomated: Bool, isRedacted: Bool)
    }

    /// The medium of a contact that Contact Lens analyses.
    package enum Medium: String, Sendable, CaseIterable {
        case voice = "Voice"
        case chat = "Chat"
        case email = "Email"
    }

    /// Empty, or with a slash at its end.
    package let prefix: String
    package let kind: Kind
    package let contact: ContactID
    /// The day on which the agent connected, not on which the call began.
    package let day: Day
    /// The time as the name has it: `20261121T10:05_UTC`, or `2026-11-21T10:05:42Z` of Contact Lens.
    package let stamp: String

    package init(prefix: String = "", kind: Kind, contact: ContactID, day: Day, stamp: String) {
        self.prefix = prefix
        self.kind = kind
        self.contact = contact
        self.day = day
        self.stamp = stamp
    }

    /// The key as it is in the bucket.
    package var text: String { Self.start(prefix: prefix, kind, contact, day) + kind.label + stamp + kind.suffix }

    /// Returns the prefix of the keys of a contact's objects, of one kind and day.
    package static func start(prefix: String, _ kind: Kind, _ contact: ContactID, _ day: Day) -> String {
        "\(prefix)\(kind.folder)/\(day.path)/\(contact.text)_"
    }

    /// Returns true when this one is preferred to the other, both of one contact: the later one is.
    ///
    /// Amazon Connect writes one recording of the agents' conversation a contact, and a transfer is another contact. Two
    /// come of copies; then the stamp decides, and the key, so that the order of arrival does not.
    package func isPreferred(to other: RecordingKey) -> Bool {
        (day.path, stamp, text) > (other.day.path, other.stamp, other.text)
    }
}

extension RecordingKey.Kind {
    /// True for a file of Contact Lens.
    package var isAnalysis: Bool {
        if case .analysis = self { true } else { false }
    }

    var folder: String {
        switch self {
        case .recording: "CallRecordings"
        case .automatedRecording: "CallRecordings/ivr"
        case .chatTranscript: "ChatTranscripts"
        case .redactedRecording: "Analysis/Voice/Redacted"
        case .analysis(let medium, let isAutomated, let isRedacted):
            "Analysis/\(medium.rawValue)\(isAutomated ? "/ivr" : "")\(isRedacted ? "/Redacted" : "")"
        }
    }

    /// The part between the contact's `_` and the stamp.
    var label: String {
        switch self {
        case .recording, .automatedRecording, .chatTranscript: ""
        case .redactedRecording: "call_recording_redacted_"
        case .analysis(_, _, let isRedacted): isRedacted ? "analysis_redacted_" : "analysis_"
        }
    }

    var suffix: String {
        switch self {
        case .recording, .automatedRecording, .redactedRecording: ".wav"
        case .chatTranscript, .analysis: ".json"
        }
    }
}
