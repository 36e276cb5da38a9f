import JSON
import Testing

@testable import AmazonConnect

struct ContactRecordTests {
    static func record(_ text: String) throws -> ContactRecord {
        ContactRecord(try JSONValue(parsing: Array(text.utf8)).object ?? [:])
    }

    @Test func `a whole record is read`() throws {
        let record = try Self.record(
            """
            {"ContactId":"c-1","InitialContactId":"c-0","PreviousContactId":"c-0","NextContactId":"c-2","Channel":"VOICE",
            "InitiationMethod":"TRANSFER","DisconnectReason":"CUSTOMER_DISCONNECT",
            "InitiationTimestamp":"2026-11-22T10:00:00Z","DisconnectTimestamp":"2026-11-22T10:05:00.250Z",
            "LastUpdateTimestamp":"2026-11-22T10:06:00Z","TransferredToEndpoint":{"Address":"+12065550100","Type":"T"},
            "CustomerEndpoint":{"Address":"+12065550142","Type":"TELEPHONE_NUMBER"},
            "SystemEndpoint":{"Address":"Softphone","Type":null},
            "Queue":{"ARN":"a","Name":"Sales","EnqueueTimestamp":"2026-11-22T10:01:00Z","Duration":12},
            "Agent":{"Username":"ada","ConnectedToAgentTimestamp":"2026-11-22T10:01:12Z","AgentInteractionDuration":60,
            "CustomerHoldDuration":3,"AfterContactWorkDuration":5},
            "Attributes":{"crmLog":"true","count":"2"},
            "SegmentAttributes":{"connect:Subtype":{"ValueString":"connect:Telephony"}},
            "Recordings":[{"Location":"b/k.wav","StorageType":"S3","MediaStreamType":"AUDIO","ParticipantType":"All",
            "Status":"AVAILABLE"}],"Recording":{"Location":"b/other.wav"}}
            """)
        #expect(record.contactID == "c-1" && record.initialContactID == "c-0" && record.nextContactID == "c-2")
        #expect(record.initiationMethod == .transfer && record.channel == "VOICE")
        #expect(record.initiated == .seconds(1_795_341_600))
        #expect(record.disconnected == .seconds(1_795_341_900) + .milliseconds(250))
        #expect(record.customerEndpoint?.address == "+12065550142" && record.systemEndpoint?.address == "Softphone")
        #expect(record.queue?.name == "Sales" && record.queue?.seconds == 12 && record.queue?.enqueued != nil)
        #expect(record.agent?.username == "ada" && record.agent?.interactionSeconds == 60)
        #expect(record.agent?.holdSeconds == 3 && record.agent?.afterContactWorkSeconds == 5)
        #expect(record.attributes == ["crmLog": "true", "count": "2"])
        #expect(record.recordings.map(\.location) == ["b/k.wav"])
        #expect(!record.isGuide)
    }

    @Test(arguments: ["null", "7", "true", #""""#, #""x""#, "[]", "{}", "[[]]", #"{"Address":{},"Name":[]}"#])
    func `members of any other type are none`(value: String) throws {
        let names = [
            "InitialContactId", "Channel", "InitiationTimestamp", "LastUpdateTimestamp", "CustomerEndpoint",
            "SystemEndpoint", "TransferredToEndpoint", "Queue", "Agent", "Attributes", "SegmentAttributes",
            "Recordings", "Recording",
        ]
        let members = names.map { "\"\($0)\":\(value)" }.joined(separator: ",")
        let record = try Self.record("{\"ContactId\":\"c\",\(members)}")
        #expect(record.contactID == "c")
        #expect(record.initiated == nil && record.lastUpdated == nil)
        #expect(record.customerEndpoint == nil && record.transferredToEndpoint == nil)
        #expect(record.queue?.name == nil && record.agent?.connected == nil)
        #expect(record.attributes.isEmpty)
        #expect(record.recordings.allSatisfy { $0.location == nil })
        #expect(!record.isGuide)
    }

    @Test func `without recordings the first one counts, and durations are whole seconds`() throws {
        let record = try Self.record(
            #"{"Recordings":null,"Recording":{"Location":"b/k.wav","Type":"AUDIO"},"Queue":{"Duration":12.9}}"#)
        #expect(record.recordings.map(\.location) == ["b/k.wav"])
        #expect(record.recordings.map(\.mediaStreamType) == ["AUDIO"])
        #expect(record.queue?.seconds == 12)
    }

    @Test(arguments: ["-1", "1e300", "99999999999999999999", #""x""#])
    func `a duration that no call has is none`(value: String) throws {
        #expect(try Self.record("{\"Queue\":{\"Duration\":\(value)}}").queue?.seconds == nil)
    }

    @Test func `a guide is known by its subtype, and a contact record by its id or its version`() throws {
        let guide = try Self.record(#"{"SegmentAttributes":{"connect:Subtype":{"ValueString":"connect:Guide"}}}"#)
        #expect(guide.isGuide)
        #expect(ContactRecord.isDescribed(by: ["ContactId": .null]))
        #expect(ContactRecord.isDescribed(by: ["AWSContactTraceRecordFormatVersion": "2017-03-10"]))
        #expect(!ContactRecord.isDescribed(by: ["EventType": "HEART_BEAT"]))
    }
}
