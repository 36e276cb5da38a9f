import LocalServices
import TestSupport
import Testing

@testable import ConnectRecording

/// Realistic deliveries: late, twice, at once, and failing now and then.
@Suite(.takingTurns) struct OrderTests {
    @Test func `280 shuffled, duplicated deliveries over 20 contacts, half failing once, bring a whole record each`()
        async throws
    {
        try await RecordingFixture.run { fixture async throws in
            let contacts = (0..<20).map { "contact-\($0)" }
            let once = contacts.flatMap { contact -> [String] in
                let key = Events.key(contact)
                let analysis = Events.analysisKey(contact)
                fixture.bucket.put(analysis, Analyses.voice(of: contact))
                return [
                    Events.flow(contact, from: "+14155550100"), Events.notification([key]), Events.bridge(key),
                    Events.queue([Events.bridge(key)]), Events.queue([Events.notification([key]), Events.testEvent]),
                    Events.bridge(analysis), Events.queue([Events.bridge(analysis), Events.bridge(key)]),
                ]
            }
            let deliveries = (once + once).shuffled()
            #expect(deliveries.count == 280)
            await withTaskGroup(of: Void.self) { group in
                for (index, event) in deliveries.enumerated() {
                    if index >= 8 { await group.next() }
                    group.addTask {
                        if index.isMultiple(of: 2) {
                            await fixture.crm.org.misbehave(
                                [SalesforceFault.limit, .html, .drop].randomElement() ?? .limit)
                        }
                        // Every sender redelivers until the event is accepted, like Connect, S3 and SQS.
                        for _ in 0..<30 {
                            if await fixture.takes(event) { return }
                        }
                        Issue.record("a delivery was refused thirty times")
                    }
                }
            }
            let records = await fixture.records()
            #expect(records.count == 20)
            #expect(await fixture.crm.org.records(of: "Call_Recording_Info__c").count == 20)
            for contact in contacts {
                let record = try #require(records[contact])
                #expect(record["Contact_Mobile_Number__c"] == "+14155550100")
                #expect(record["Account__c"]?.isEmpty == false)
                #expect(record["File_Name__c"] == Events.key(contact))
                #expect(record["Access_URL__c"] == RecordingFixture.link(contact))
                #expect(record["Categories__c"] == "refund;late delivery")
            }
        }
    }
}

extension RecordingFixture {
    /// Returns true when a delivery is complete: there is a response, and for a queue's no message to redeliver.
    fileprivate func takes(_ event: String) async -> Bool {
        guard let answer = try? await invoke(event) else { return false }
        return (answer["batchItemFailures"] as? [Any])?.isEmpty ?? true
    }
}
