import LocalServices
import TestSupport
import Testing

@testable import ConnectRecording

/// The events of `events/ConnectRecording`, one after the other like in `switchboard demo`.
@Suite(.takingTurns) struct EventTests {
    @Test func `every event brings what its expectation says`() async throws {
        let fixtures = try EventFixture.all(of: "ConnectRecording")
        #expect(fixtures.count >= 15)
        // `local` stands for the services that the setup has already.
        let variables = try EventFixture.environment(of: "ConnectRecording").filter { $0.value != "local" }
        try await RecordingFixture.run(variables) { setup async throws in
            setup.bucket.put(Events.key("2ce3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e02"))
            for object in LocalBucket.recordings(named: "b", prefix: "").objects where object.key.hasPrefix("Analysis/")
            {
                setup.bucket.put(object.key, String(decoding: object.bytes, as: UTF8.self))
            }
            for fixture in fixtures {
                try await fixture.check { try await setup.response(to: Array($0)) }
            }
            let records = await setup.records()
            // Nine contacts' flows, two of them with a retry or an earlier recording, and a chat that Contact Lens knows.
            #expect(records.count == 10)
            #expect(records.values.count { $0["File_Name__c"] != nil } == 5)
            #expect(records.values.count { $0["Summary__c"] != nil } == 3)
            #expect(records.values.count { $0["Transcript__c"] != nil } == 3)
        }
    }
}
