import AWSEvents
import CallRecords
import JSON
import LambdaRuntime
import Salesforce
import Settings
import Synchronization
import TestSupport
import Testing

@testable import ConnectRecording

/// Batches of many collections: several calls at once, within Salesforce's limits.
@Suite(.takingTurns) struct LargeBatchTests {
    @Test func `10,000 recordings are written by at most five calls at once, each record once`() async throws {
        let crm = try CollectionDouble { $0 < 12 ? .wait(milliseconds: 20) : .together(5) }
        let answer = try await Self.answer(from: crm, to: (0..<10_000).map { Events.key("c-\($0)") })
        #expect(answer == [])
        #expect(crm.calls.count == 50 && crm.signIns == 1)
        #expect(crm.mostRunning == 5)
        #expect(Set(crm.calls.flatMap(\.self)).count == 10_000)
    }

    @Test func `of a contact's two recordings the later one is written, once, however far apart they are`() async throws
    {
        let crm = try CollectionDouble { _ in .wait(milliseconds: 5) }
        let late = (0..<1500).map { Events.key("c-\($0)", time: "11:00") }
        let early = (0..<1500).map { Events.key("c-\($0)", time: "10:00") }
        #expect(try await Self.answer(from: crm, to: early + late) == [])
        #expect(crm.calls.flatMap(\.self).count == 1500 && crm.files.allSatisfy { $0.contains("T11:00") })
    }

    @Test func `a limit that is reached ends the batch: what was under way counts, nothing else is sent`() async throws
    {
        let crm = try CollectionDouble { $0 == 9 ? .limit : .wait(milliseconds: 50) }
        let failed = try await Self.answer(from: crm, to: (0..<10_000).map { Events.key("c-\($0)") })
        // Four others may have been under way, and a few more have begun before the answer was read.
        #expect((9...20).contains(crm.calls.count), "\(crm.calls.count)")
        let written = Set(crm.written)
        #expect(failed == (0..<10_000).filter { !written.contains("c-\($0)") }.map { "m\($0)" })
    }

    @Test func `the deadline ends the batch`() async throws {
        let crm = try CollectionDouble { $0 > 3 ? .hang : .wait(milliseconds: 1) }
        let failed = try await Self.answer(from: crm, to: (0..<4000).map { Events.key("c-\($0)") }, within: .seconds(2))
        #expect(failed.count == 4000 - crm.written.count && crm.written.count <= 600)
        #expect(crm.calls.count <= 3 + 5)
    }

    @Test func `a row that another call of the batch held is written again at the end, once`() async throws {
        let crm = try CollectionDouble { _ in .wait(milliseconds: 1) }
        crm.hold(["c-900": 1, "c-901": 9])
        #expect(try await Self.answer(from: crm, to: (0..<2000).map { Events.key("c-\($0)") }) == ["m901"])
        #expect(crm.calls.count == 11 && crm.calls.last?.sorted() == ["c-900", "c-901"])
        // Without others beside it, one that is held is somebody else's.
        crm.hold(["c-0": 1])
        #expect(try await Self.answer(from: crm, to: [Events.key("c-0")]) == ["m0"])
    }

    @Test func `a session that ends while calls are under way is renewed once for all of them`() async throws {
        let crm = try CollectionDouble { _ in .wait(milliseconds: 20) }
        crm.endSession(before: 9)
        #expect(try await Self.answer(from: crm, to: (0..<4000).map { Events.key("c-\($0)") }) == [])
        #expect(crm.signIns == 2 && Set(crm.written).count == 4000)
    }

    /// Returns the messages of a queue's event to redeliver.
    private static func answer(
        from crm: CollectionDouble, to keys: [String], within time: Duration = .seconds(60)
    ) async throws -> [String] {
        let configuration = try Environment(crm.environment).read(SalesforceConfiguration.variable)
        let arrivals = Arrivals(
            place: RecordingPlace(bucket: "recordings", prefix: "connect/acme"),
            records: CallRecordStore(
                object: "X", crm: SalesforceClient(configuration: configuration),
                link: RecordingLink(base: RecordingFixture.base, secret: LinkSecret(Redacted("s")))))
        let event = Events.queue(keys.map { Events.bridge($0) })
        guard case .queue(let queue) = try RecordingEvent(parsing: Array(event.utf8)) else { return ["no queue"] }
        let context = LambdaContext(requestID: "r", deadline: .now + time, logging: LogConfiguration { _ in })
        return await arrivals.complete(queue, context).batchItemFailures.map(\.itemIdentifier)
    }
}
