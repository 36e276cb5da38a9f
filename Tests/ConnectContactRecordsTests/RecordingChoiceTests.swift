import AmazonConnect
import AWSEvents
import CallRecords
import JSON
import Settings
import Testing

@testable import ConnectContactRecords

struct RecordingChoiceTests {
    private static let id = ContactRecords.id
    private static let agentKey = "connect/acme/CallRecordings/2026/11/22/\(id)_20261122T10:00_UTC.wav"
    private static let ivrKey = "connect/acme/CallRecordings/ivr/2026/11/22/\(id)_20261122T10:00_UTC.wav"

    private static func part(_ key: String?, _ members: [String: JSONValue] = [:]) -> JSONValue {
        let part: [String: JSONValue] = [
            "Location": key.map { .string("recordings/\($0)") } ?? .null, "StorageType": "S3",
            "MediaStreamType": "AUDIO", "ParticipantType": "All", "Status": .null,
        ]
        return .object(part.merging(members) { $1 })
    }

    private static func choice(
        of parts: [JSONValue], prefix: String = "connect/acme", isRedactedOnly: Bool = false, days: Int? = nil
    ) throws -> CallRecording {
        let text = ContactRecords.taken(id, ["Recordings": .array(parts)])
        let members = try #require(try JSONValue(parsing: Array(text.utf8)).object)
        let contact = StreamContact(
            id: id, record: ContactRecord(members), lastUpdated: .zero,
            source: KinesisEvent.Record(sequenceNumber: KinesisEvent.SequenceNumber("1"), data: ""))
        return CallRecording(
            of: contact, at: RecordingPlace(bucket: "recordings", prefix: prefix, isRedactedOnly: isRedactedOnly),
            RecordingLink(base: "https://x.example", secret: LinkSecret(Redacted("a-secret-of-16-chars")), days: days))
    }

    private static func key(of choice: CallRecording) -> String? {
        if case .file(let key, _, _) = choice { key } else { nil }
    }

    @Test func `the agent's part comes before the flow's, whatever the order`() throws {
        let parts = [Self.part(Self.ivrKey, ["ParticipantType": "ivr"]), Self.part(Self.agentKey)]
        for order in [parts, parts.reversed()] {
            #expect(Self.key(of: try Self.choice(of: order)) == Self.agentKey)
        }
        // What the caller left to the flow is there, too.
        #expect(try Self.choice(of: parts).automatedLink != nil)
        #expect(try Self.choice(of: [parts[1]]).automatedLink == nil)
        #expect(try Self.choice(of: [parts[0]]).automatedLink != nil)
    }

    @Test(
        arguments: [
            ["StorageType": "Amazon S3"], ["Status": "available"], ["Status": "NULL"], ["MediaStreamType": "audio"],
            ["Location": .string("s3://recordings/\(agentKey)")],
        ] as [[String: JSONValue]])
    func `spellings vary`(members: [String: JSONValue]) throws {
        #expect(Self.key(of: try Self.choice(of: [Self.part(Self.agentKey, members)])) == Self.agentKey)
    }

    @Test(
        arguments: [
            ["StorageType": "KINESIS_VIDEO_STREAM"], ["Status": "PROCESSING"], ["MediaStreamType": "VIDEO"],
            ["Location": "other/CallRecordings/2026/11/22/a.wav"], ["Location": "recordings/reports/a.wav"],
            ["Location": "recordings/connect/acme/CallRecordings/../secret.wav"], ["Location": 7],
        ] as [[String: JSONValue]])
    func `what does not play is none`(members: [String: JSONValue]) throws {
        #expect(try Self.choice(of: [Self.part(Self.agentKey, members)]) == .unknown)
    }

    @Test func `recordings that are all deleted empty the row`() throws {
        let deleted: [String: JSONValue] = ["Status": "DELETED"]
        #expect(try Self.choice(of: [Self.part(Self.agentKey, deleted), Self.part(nil, deleted)]) == .deleted)
        let left = try Self.choice(of: [Self.part(Self.agentKey, deleted), Self.part(Self.ivrKey)])
        #expect(Self.key(of: left) == Self.ivrKey)
        #expect(try Self.choice(of: []) == .unknown)
    }

    @Test func `only redacted audio is linked where only it may be heard`() throws {
        let redacted = "Analysis/Voice/Redacted/2026/11/22/\(Self.id)_call_recording_redacted_2026-11-22T10:00:00Z.wav"
        let parts = [Self.part(Self.agentKey), Self.part(redacted)]
        #expect(Self.key(of: try Self.choice(of: parts, isRedactedOnly: true)) == redacted)
        #expect(try Self.choice(of: [parts[0]], isRedactedOnly: true) == .unknown)
    }

    @Test func `a link expires by the day in the key`() throws {
        guard case .file(_, let link, _) = try Self.choice(of: [Self.part(Self.agentKey)], days: 30) else {
            Issue.record("no file")
            return
        }
        // 00:00 UTC of 2026-11-22 and 31 days.
        #expect(link.contains("?exp=1797984000&sig="))
    }
}
