import Calling
import JSON
import Synchronization
import TestSupport
import Testing

@testable import ConnectContactRecords

@Suite(.takingTurns) struct VoicemailTests {
    private typealias Records = ContactRecords
    private static let id = Records.id

    private static func emails(_ fixture: ContactRecordsFixture) -> Int {
        fixture.aws.bodies(of: .sendEmail).count
    }

    @Test func `a voicemail is a task with the link, and one e-mail however often its record comes`() async throws {
        let fixture = try ContactRecordsFixture(ContactRecordsFixture.notice)
        for _ in 0..<3 { #expect(try await fixture.invoke([Records.voicemail()]) == nil) }
        let row = try #require(fixture.crm.calls[Self.id])
        #expect(row["File_Name__c"]?.string == Records.automatedKey(Self.id))
        let link = try #require(row["Access_URL__c"]?.string)
        #expect(link.hasPrefix("https://calls.example.com/prod/recordings/\(Self.id)?sig="))
        let task = try #require(fixture.crm.tasks[Self.id])
        #expect(task["Subject"] == "Voicemail" && task["Description"]?.string == link && task["Status"] == nil)
        #expect(Self.emails(fixture) == 1)
        #expect(!fixture.log.contains("sig="))
    }

    @Test func `a missed call becomes a voicemail when its recording is there`() async throws {
        let fixture = try ContactRecordsFixture(ContactRecordsFixture.notice)
        #expect(try await fixture.invoke([Records.missed()]) == nil)
        #expect(fixture.crm.tasks[Self.id]?["Subject"] == "Missed call: call back")
        let newer = Records.voicemail(Self.id, ["LastUpdateTimestamp": "2026-11-22T11:00:00Z"])
        #expect(try await fixture.invoke([newer]) == nil)
        #expect(fixture.crm.tasks[Self.id]?["Subject"] == "Voicemail")
        #expect(fixture.crm.tasks[Self.id]?["Description"] != nil)
        #expect(Self.emails(fixture) == 1)
    }

    @Test(arguments: [
        (429, "TooManyRequestsException"), (403, "AccessDeniedException"), (401, "X"), (500, "InternalFailure"),
    ])
    func `an e-mail that cannot be sent now brings the record back`(status: Int, code: String) async throws {
        let fixture = try ContactRecordsFixture(ContactRecordsFixture.notice)
        fixture.aws.behave { operation, _ in operation == .sendEmail ? .refuse(status: status, code: code) : .normal }
        #expect(try await fixture.invoke([Records.voicemail()]) == "1")
        #expect(fixture.letters.isEmpty)
        fixture.aws.behave { _, _ in .normal }
        #expect(try await fixture.invoke([Records.voicemail()]) == nil)
    }

    @Test func `an e-mail that is refused for good goes to the queue with SES's code`() async throws {
        let fixture = try ContactRecordsFixture(ContactRecordsFixture.notice)
        fixture.aws.behave { operation, _ in
            operation == .sendEmail ? .refuse(status: 400, code: "MessageRejected") : .normal
        }
        #expect(try await fixture.invoke([Records.voicemail()]) == nil)
        #expect(fixture.letters("errorCode") == ["MessageRejected"])
    }

    @Test func `an e-mail of unknown outcome counts as sent`() async throws {
        let fixture = try ContactRecordsFixture(ContactRecordsFixture.notice)
        fixture.aws.behave { operation, _ in operation == .sendEmail ? .resetAfterDoing : .normal }
        #expect(try await fixture.invoke([Records.voicemail()]) == nil)
        #expect(try await fixture.invoke([Records.voicemail()]) == nil)
        #expect(Self.emails(fixture) == 1)
    }

    private final class Clock: Sendable {
        let seconds = Mutex(1_800_000_000)
        func advance(days: Int) { seconds.withLock { $0 += days * 86_400 } }
    }

    @Test func `an e-mail is remembered for thirty days`() async throws {
        let clock = Clock()
        let timing = CallTiming(wall: { .seconds(clock.seconds.withLock(\.self)) }, sleep: { _ in })
        let fixture = try ContactRecordsFixture(ContactRecordsFixture.notice, timing: timing)
        #expect(try await fixture.invoke([Records.voicemail()]) == nil)
        clock.advance(days: 29)
        #expect(try await fixture.invoke([Records.voicemail()]) == nil)
        #expect(Self.emails(fixture) == 1)
        clock.advance(days: 2)
        #expect(try await fixture.invoke([Records.voicemail()]) == nil)
        #expect(Self.emails(fixture) == 2)
    }

    @Test(
        arguments: [
            ["Attributes": ["voicemail": "no"]], ["Recordings": []],
            ["Agent": ["Username": "Ada", "ConnectedToAgentTimestamp": "2026-11-22T10:00:22Z"]],
        ] as [[String: JSONValue]])
    func `any other call is no voicemail`(members: [String: JSONValue]) async throws {
        let fixture = try ContactRecordsFixture(ContactRecordsFixture.notice)
        #expect(try await fixture.invoke([Records.voicemail(Self.id, members)]) == nil)
        #expect(fixture.crm.tasks[Self.id]?["Subject"] != "Voicemail")
        #expect(Self.emails(fixture) == 0)
    }
}
