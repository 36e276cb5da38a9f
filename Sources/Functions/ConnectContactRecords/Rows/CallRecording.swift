import AmazonConnect
import CallRecords

/// The recording of a contact, by its record.
enum CallRecording: Sendable, Equatable {
    /// The record names none that plays, now.
    case unknown
    /// All recordings have been deleted.
    case deleted
    /// A file that plays, and its stable link; `hasAutomated` when the flow's own part plays, too, or is the one.
    case file(key: String, link: String, hasAutomated: Bool)

    /// The link of what a caller left to the flow.
    var automatedLink: String? {
        if case .file(_, let link, hasAutomated: true) = self { link } else { nil }
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
        let playable = parts.compactMap { part, key -> (key: String, rank: Int)? in
            guard let key, key.utf16.count <= Self.longestKey, part.isAvailable else { return nil }
            return (key, part.rank(key))
        }
        if let chosen = playable.min(by: { $0.rank < $1.rank }) {
            let day = RecordingPlace.day(in: chosen.key) ?? Day(of: contact.record.initiated ?? contact.lastUpdated)
            self = .file(
                key: chosen.key, link: link.url(of: id, recordedOn: day),
                hasAutomated: playable.contains { $0.rank == ContactRecord.Recording.automatedRank })
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

    /// The rank of the dialog of caller and flow, which everything else comes before.
    fileprivate static let automatedRank = 3

    /// Returns the rank of a part: the agent's, then the whole call.
    fileprivate func rank(_ key: String) -> Int {
        switch participantType?.uppercased() {
        case "AGENT": 0
        case "ALL": 1
        case "IVR": Self.automatedRank
        case nil: key.split(separator: "/").dropLast().contains("ivr") ? Self.automatedRank : 1
        default: 2
        }
    }
}
