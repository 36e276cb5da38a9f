import AmazonConnect
import CallRecords

/// The recording of a contact, by its record.
enum CallRecording: Sendable, Equatable {
    /// The record names none that plays, now.
    case unknown
    /// All recordings have been deleted.
    case deleted
    /// A file that plays, and its stable link.
    case file(key: String, link: String, isAutomated: Bool)

    /// The link of what a caller left to the flow alone.
    var automatedLink: String? {
        if case .file(_, let link, isAutomated: true) = self { link } else { nil }
    }

    /// The longest text of a field.
    private static let longestKey = 255

    /// Chooses the agent's part before the IVR's; nothing is chosen without the recordings' settings.
    init(of contact: StreamContact, at place: RecordingPlace?, _ link: RecordingLink?) {
        self = .unknown
        // A longer id fits into no link.
        guard let place, let link, let id = ContactID(contact.id) else { return }
        let parts = contact.record.recordings.filter(\.isAudioFile).map { part in
            (part: part, key: part.location.flatMap { place.playable(location: $0) })
        }
        let playable = parts.compactMap { part, key -> (key: String, isAutomated: Bool)? in
            guard let key, key.utf16.count <= Self.longestKey, part.isAvailable else { return nil }
            return (key, part.isAutomated(key))
        }
        if let chosen = playable.first(where: { !$0.isAutomated }) ?? playable.first {
            let day = RecordingPlace.day(in: chosen.key) ?? Day(of: contact.record.initiated ?? contact.lastUpdated)
            self = .file(
                key: chosen.key, link: link.url(of: id, recordedOn: day), isAutomated: chosen.isAutomated)
            return
        }
        // What has been deleted may have lost its place.
        let ours = parts.filter { part, key in key != nil || part.isDeleted && part.location == nil }
        if !ours.isEmpty, ours.allSatisfy({ $0.part.isDeleted }) { self = .deleted }
    }
}

extension ContactRecord.Recording {
    fileprivate var isAudioFile: Bool {
        storageType?.uppercased() != "KINESIS_VIDEO_STREAM" && (mediaStreamType?.uppercased() ?? "AUDIO") == "AUDIO"
    }

    fileprivate var isAvailable: Bool { ["AVAILABLE", "NULL"].contains(status?.uppercased() ?? "NULL") }
    fileprivate var isDeleted: Bool { status?.uppercased() == "DELETED" }

    /// Returns true for the dialog of caller and flow.
    fileprivate func isAutomated(_ key: String) -> Bool {
        if let participantType { return participantType.uppercased() == "IVR" }
        return key.split(separator: "/").dropLast().contains("ivr")
    }
}
