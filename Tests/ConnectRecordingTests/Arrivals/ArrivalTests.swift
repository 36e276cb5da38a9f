import LocalServices
import AWSEvents
import Salesforce
import TestSupport
import Testing

@testable import ConnectRecording

@Suite(.takingTurns) struct ArrivalTests {
    static let id = RecordingFixture.id

    @Test func `each form of arrival completes the record, and repeats change nothing`() async throws {
        let key = Events.key(Self.id)
        let forms = [
            Events.notification([key]), Events.bridge(key), Events.queue([Events.notification([key])]),
            Events.queue([Events.bridge(key)]), Events.topic([Events.notification([key])]),
            Events.topic([Events.bridge(key)]), Events.queue([Events.envelope(Events.notification([key]))]),
            Events.queue([Events.envelope(Events.bridge(key))]),
        ]
        for form in forms {
            try await RecordingFixture.run { fixture async throws in
                for _ in 0..<2 { _ = try await fixture.invoke(form) }
                let record = try #require(await fixture.records()[Self.id])
                #expect(record["File_Name__c"] == key)
                #expect(record["Access_URL__c"] == RecordingFixture.link(Self.id))
                #expect(record["Name"] == Self.id)
                #expect(!fixture.log.contains("sig="))
            }
        }
    }

    @Test func `register and recording end the same in either order`() async throws {
        var ends: [[String: String]] = []
        for isRegisteredFirst in [true, false] {
            try await RecordingFixture.run { fixture async throws in
                if isRegisteredFirst { _ = try await fixture.register() }
                _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
                if !isRegisteredFirst { _ = try await fixture.register() }
                ends.append(try #require(await fixture.records()[Self.id]))
            }
        }
        #expect(ends.count == 2 && ends[0] == ends[1])
        #expect(ends[0]["Account__c"] != nil && ends[0]["Access_URL__c"] != nil)
    }

    @Test func `what is no recording of ours is ignored quietly`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let day = "2026/11/21"
            let others = [
                "connect/acme/ChatTranscripts/\(day)/\(Self.id)_20261121T10:05_UTC.json", "reports/x.csv",
                "connect/acme/CallRecordings/ivr/\(day)/\(Self.id)_20261121T10:05_UTC.wav",
                "connect/other/CallRecordings/\(day)/\(Self.id)_20261121T10:05_UTC.wav", Events.redactedKey(Self.id),
                "connect/acme/" + Events.analysisKey(Self.id), Events.analysisKey(Self.id, "Email"),
                Events.analysisKey(Self.id, "Voice/ivr"), Events.analysisKey(Self.id, "Chat", isRedacted: true),
            ]
            #expect(try await fixture.invoke(Events.testEvent)["recordings"] as? Int == 0)
            #expect(try await fixture.invoke(Events.notification(others))["recordings"] as? Int == 0)
            for key in others { _ = try await fixture.invoke(Events.bridge(key)) }
            #expect(
                try await fixture.invoke(Events.topic([Events.testEvent] + others.map { Events.bridge($0) }))[
                    "recordings"]
                    as? Int == 0)
            let foreign = Events.notification([Events.key(Self.id)], bucket: "other-bucket")
            #expect(
                try await fixture.failures(
                    Events.queue(
                        [Events.testEvent, Events.envelope(Events.testEvent), foreign, Events.envelope(foreign)]
                            + others.map { Events.bridge($0) })) == [])
            #expect(await fixture.crm.org.requests.isEmpty)
        }
    }

    @Test func `only redacted audio is registered when only it may be played`() async throws {
        try await RecordingFixture.run(["RECORDINGS_REDACTED_ONLY": "true"]) { fixture async throws in
            _ = try await fixture.invoke(Events.notification([Events.key(Self.id), Events.redactedKey(Self.id)]))
            #expect(await fixture.records()[Self.id]?["File_Name__c"] == Events.redactedKey(Self.id))
        }
    }

    @Test func `of two recordings of one contact the later one stands, whatever their order`() async throws {
        let keys = [Events.key(Self.id, time: "10:05"), Events.key(Self.id, time: "10:07")]
        for order in [keys, keys.reversed()] {
            try await RecordingFixture.run { fixture async throws in
                #expect(try await fixture.failures(Events.queue(order.map { Events.bridge($0) })) == [])
                #expect(await fixture.records()[Self.id]?["File_Name__c"] == keys[1])
                #expect(await fixture.calls().count == 1)
            }
        }
    }

    @Test func `a thousand notifications cost five calls, in one batch, one event or one message`() async throws {
        let keys = (0..<1000).map { Events.key("contact-\($0)") }
        let forms = [
            Events.queue(keys.map { Events.bridge($0) }), Events.notification(keys),
            Events.queue([Events.notification(keys)]),
        ]
        for form in forms {
            try await RecordingFixture.run { fixture async throws in
                _ = try await fixture.invoke(form, within: .seconds(60))
                #expect(await fixture.records().count == 1000)
                #expect(await fixture.calls().count == 5)
            }
        }
    }

}
