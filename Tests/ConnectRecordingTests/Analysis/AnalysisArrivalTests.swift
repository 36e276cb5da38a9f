import JSON
import LambdaRuntime
import LocalServices
import Testing
import TestSupport

@testable import ConnectRecording

/// Files of Contact Lens that arrive.
@Suite(.takingTurns) struct AnalysisArrivalTests {
    static let id = RecordingFixture.id
    static let key = Events.analysisKey(id)

    @Test func `each form of arrival completes the record, and repeats change nothing`() async throws {
        let forms = [
            Events.notification([Self.key]), Events.bridge(Self.key), Events.queue([Events.bridge(Self.key)]),
            Events.queue([Events.envelope(Events.notification([Self.key]))]), Events.topic([Events.bridge(Self.key)]),
        ]
        for form in forms {
            try await RecordingFixture.run { fixture async throws in
                fixture.bucket.put(Self.key, Analyses.voice(of: Self.id))
                for _ in 0..<2 { _ = try await fixture.invoke(form) }
                let record = await fixture.record()
                #expect(record["Name"]?.string == Self.id)
                #expect(record["Summary__c"]?.string == "The customer asked for a refund.")
                #expect(record["Categories__c"]?.string == "refund;late delivery")
                #expect(record["Talk_Seconds__c"]?.int == 28 && record["Non_Talk_Seconds__c"]?.int == 1)
                #expect(record["Interruptions__c"]?.int == 2)
                #expect(record["Transcript__c"] == nil && record["File_Name__c"] == nil)
                #expect(!fixture.log.contains("refund"))
                #expect(fixture.log.contains("failed=0 metric=RecordingsArrived written=1"))
            }
        }
    }

    @Test func `a chat's file completes its record, with its transcript where that is wanted`() async throws {
        try await RecordingFixture.run(["RECORDING_TRANSCRIPTS": "true"]) { fixture async throws in
            let key = Events.analysisKey(Self.id, "Chat")
            fixture.bucket.put(key, Analyses.chat(of: Self.id))
            #expect(try await fixture.failures(Events.queue([Events.bridge(key)])) == [])
            let record = await fixture.record()
            #expect(record["Summary__c"]?.string == "The customer asked where a parcel was.")
            #expect(record["Transcript__c"]?.string?.hasSuffix("\nAgent: It arrives today.") == true)
            #expect(record["Talk_Seconds__c"] == nil)
        }
    }

    @Test func `registration, recording and analysis end the same in every order`() async throws {
        let steps = [
            Events.flow(Self.id, from: "+14155550100"), Events.bridge(Events.key(Self.id)), Events.bridge(Self.key),
        ]
        var ends: [[String: JSONValue]] = []
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            try await RecordingFixture.run { fixture async throws in
                fixture.bucket.put(Self.key, Analyses.voice(of: Self.id))
                for step in order { _ = try await fixture.invoke(steps[step]) }
                ends.append(await fixture.record())
            }
        }
        #expect(ends.count == 6 && Set(ends.map { $0.mapValues(\.scalarText) }).count == 1)
        #expect(ends[0]["Account__c"] != nil && ends[0]["Access_URL__c"] != nil && ends[0]["Summary__c"] != nil)
    }

    @Test func `recording and analysis of a contact in one batch are one row of one call`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let contacts = (0..<100).map { "contact-\($0)" }
            for contact in contacts {
                fixture.bucket.put(Events.analysisKey(contact), Analyses.voice(of: contact))
            }
            let bodies = contacts.flatMap { [Events.bridge(Events.key($0)), Events.bridge(Events.analysisKey($0))] }
            #expect(try await fixture.failures(Events.queue(bodies)) == [])
            #expect(await fixture.calls() == ["PATCH /composite/sobjects/Call_Recording_Info__c/Contact_Id__c"])
            let records = await fixture.records()
            #expect(records.count == 100)
            #expect(records.values.allSatisfy { $0["Summary__c"] != nil && $0["File_Name__c"] != nil })
        }
    }

    @Test func `large transcripts are written in several calls`() async throws {
        try await RecordingFixture.run(["RECORDING_TRANSCRIPTS": "true"]) { fixture async throws in
            let line = String(repeating: "x", count: 131_072)
            let contacts = (0..<40).map { "contact-\($0)" }
            for contact in contacts {
                fixture.bucket.put(
                    Events.analysisKey(contact),
                    #"{"Transcript":[{"ParticipantRole":"AGENT","Content":"\#(line)"}]}"#)
            }
            let event = Events.queue(contacts.map { Events.bridge(Events.analysisKey($0)) })
            #expect(try await fixture.failures(event) == [])
            #expect(await fixture.calls().count == 2)
            let lengths = Set(await fixture.records().values.map { $0["Transcript__c"]?.utf16.count })
            #expect(lengths == [131_072])
        }
    }

    @Test func `of two files of a contact the later one counts, and what it lacks stays`() async throws {
        let keys = [Events.analysisKey(Self.id, time: "10:00:00"), Events.analysisKey(Self.id, time: "11:00:00")]
        for order in [keys, keys.reversed()] {
            try await RecordingFixture.run { fixture async throws in
                fixture.bucket.put(keys[0], Analyses.voice(of: Self.id, summary: "Early."))
                fixture.bucket.put(keys[1], Analyses.voice(of: Self.id, summary: "Late."))
                #expect(try await fixture.failures(Events.queue(order.map { Events.bridge($0) })) == [])
                #expect(await fixture.record()["Summary__c"]?.string == "Late.")
                #expect(fixture.bucket.got == [keys[1]])
                fixture.bucket.put(keys[1], #"{"Categories":{"MatchedCategories":["other"]}}"#)
                _ = try await fixture.invoke(Events.bridge(keys[1]))
                let record = await fixture.record()
                #expect(record["Summary__c"]?.string == "Late." && record["Categories__c"]?.string == "other")
            }
        }
    }

    @Test func `redacted files are ignored with one line a process, or read alone`() async throws {
        let redacted = ["Voice", "Chat"].map { Events.analysisKey(Self.id, $0, isRedacted: true) }
        try await RecordingFixture.run { fixture async throws in
            for key in redacted + redacted { _ = try await fixture.invoke(Events.bridge(key)) }
            #expect(await fixture.crm.org.requests.isEmpty && fixture.bucket.got.isEmpty)
            #expect(fixture.log.split(separator: "RECORDINGS_REDACTED_ONLY").count == 2)
        }
        try await RecordingFixture.run(["RECORDINGS_REDACTED_ONLY": "true"]) { fixture async throws in
            fixture.bucket.put(Self.key, Analyses.voice(of: Self.id, summary: "Raw."))
            fixture.bucket.put(redacted[0], Analyses.voice(of: Self.id, summary: "Redacted."))
            _ = try await fixture.invoke(Events.notification([redacted[0], Self.key]))
            #expect(await fixture.record()["Summary__c"]?.string == "Redacted.")
            #expect(fixture.bucket.got == [redacted[0]] && !fixture.log.contains("RECORDINGS_REDACTED_ONLY"))
        }
    }

    @Test func `nothing is read where Contact Lens is switched off`() async throws {
        try await RecordingFixture.run(["CONTACT_LENS": "false"]) { fixture async throws in
            let keys = [Self.key, Events.analysisKey(Self.id, "Chat", isRedacted: true)]
            #expect(try await fixture.invoke(Events.notification(keys))["recordings"] as? Int == 0)
            #expect(fixture.bucket.got.isEmpty && !fixture.log.contains("Contact Lens"))
        }
    }
}
