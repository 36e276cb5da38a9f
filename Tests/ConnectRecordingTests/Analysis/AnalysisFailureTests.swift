import AWS
import AWSEvents
import CallRecords
import LambdaRuntime
import LocalServices
import Salesforce
import Settings
import Synchronization
import Testing
import TestSupport

@testable import ConnectRecording

/// Files of Contact Lens that cannot be read, and the contacts beside them.
@Suite(.takingTurns) struct AnalysisFailureTests {
    static let id = RecordingFixture.id
    static let key = Events.analysisKey(id)

    @Test(arguments: ["", "[]", "{", #"{"CustomerMetadata":{"ContactId":"stranger"}}"#])
    func `a file that is no object, or another contact's, fails its message alone`(text: String) async throws {
        try await RecordingFixture.run { fixture async throws in
            fixture.bucket.put(Self.key, text)
            fixture.bucket.put(Events.analysisKey("c-2"), Analyses.voice(of: "c-2"))
            let bodies = [Self.key, Events.key(Self.id), Events.analysisKey("c-2"), Events.key("c-3")]
            #expect(try await fixture.failures(Events.queue(bodies.map { Events.bridge($0) })) == ["m0"])
            let records = await fixture.records()
            #expect(records.count == 3 && records[Self.id]?["File_Name__c"] == Events.key(Self.id))
            #expect(fixture.log.contains("ERROR") && fixture.log.contains("failed=1 metric=RecordingsArrived"))
            #expect(!fixture.log.contains("stranger"))
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(Events.bridge(Self.key)) }
            #expect(error?.code == .invalidRequest)
        }
    }

    @Test(arguments: [403, 500])
    func `a file that S3 does not give comes again, and is written then`(status: Int) async throws {
        try await RecordingFixture.run { fixture async throws in
            fixture.bucket.put(Self.key, Analyses.voice(of: Self.id))
            fixture.bucket.refuse(Self.key, status)
            let event = Events.queue([Events.bridge(Self.key), Events.bridge(Events.key("c-2"))])
            #expect(try await fixture.failures(event) == ["m0"])
            #expect(await fixture.records().keys.sorted() == ["c-2"])
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(Events.bridge(Self.key)) }
            #expect(error?.code == .serviceUnavailable)
            fixture.bucket.refuse(Self.key, nil)
            #expect(try await fixture.failures(event) == [])
            #expect(await fixture.record()["Summary__c"] != nil)
        }
    }

    @Test func `once S3 is away no other file is asked for, and recordings are written`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let contacts = (0..<20).map { "contact-\($0)" }
            for contact in contacts { fixture.bucket.refuse(Events.analysisKey(contact), 503) }
            let bodies = contacts.flatMap { [Events.bridge(Events.analysisKey($0)), Events.bridge(Events.key($0))] }
            #expect(try await fixture.failures(Events.queue(bodies)) == (0..<20).map { "m\(2 * $0)" })
            #expect(Set(fixture.bucket.got).count == 1)
            #expect(await fixture.records().count == 20)
        }
    }

    @Test func `a file that is gone, or too large, is done with, with one line at WARN`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let large = Events.analysisKey("c-2")
            fixture.bucket.put(large, String(repeating: " ", count: AnalysisStore.largestFile + 1))
            let event = Events.queue([Events.bridge(Self.key), Events.bridge(large)])
            #expect(try await fixture.failures(event) == [])
            #expect(await fixture.crm.org.requests.isEmpty)
            let warnings = fixture.log.split(separator: "\n").filter { $0.contains("WARN") }
            #expect(warnings.count == 2 && !fixture.log.contains("ERROR"))
            #expect(warnings[0].contains("is gone") && warnings[1].contains("16 MiB"))
            #expect(try await fixture.invoke(Events.bridge(Self.key))["recordings"] as? Int == 0)
        }
    }

    @Test func `an earlier file stands in for a later one that cannot be read`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let late = Events.analysisKey(Self.id, time: "23:00:00")
            fixture.bucket.put(Self.key, Analyses.voice(of: Self.id))
            fixture.bucket.put(late, "{")
            #expect(try await fixture.failures(Events.queue([late, Self.key].map { Events.bridge($0) })) == ["m0"])
            #expect(await fixture.record()["Summary__c"] != nil)
        }
    }

    @Test func `a row that Salesforce refuses fails its messages, the file's too`() async throws {
        try await RecordingFixture.run { fixture async throws in
            fixture.bucket.put(Self.key, Analyses.voice(of: Self.id))
            await fixture.crm.org.misbehave(.limit, times: 9, path: "/composite")
            let event = Events.queue([Self.key, Events.key(Self.id), Events.key("c-2")].map { Events.bridge($0) })
            #expect(try await fixture.failures(event) == ["m0", "m1", "m2"])
        }
    }

    @Test func `recordings are written where Salesforce lacks the fields of Contact Lens`() async throws {
        let crm = try ScriptedSalesforce()
        crm.reply(
            .answer(
                ScriptedSalesforce.fault(400, "INVALID_FIELD", "No such column 'Summary__c' on sobject of type X")))
        let written = #"{"id":"a","success":true,"created":true,"errors":[]}"#
        crm.answer(200, "[\(written),\(written)]")
        let bucket = try BucketDouble()
        bucket.put(Self.key, Analyses.voice(of: Self.id))
        bucket.put(Events.analysisKey("c-3"), Analyses.voice(of: "c-3"))
        let aws = try Environment(bucket.environment).read(AWSConfiguration.variable)
        let place = RecordingPlace(bucket: "recordings", prefix: "connect/acme")
        let arrivals = Arrivals(
            place: place,
            records: CallRecordStore(
                object: "X", crm: try RegistrationTests.client(crm),
                link: RecordingLink(base: RecordingFixture.base, secret: LinkSecret(Redacted("s")))),
            analyses: AnalysisStore(
                place: place, s3: S3Client(AWSClient(configuration: aws)), hasTranscripts: false))
        let keys = [Self.key, Events.key(Self.id), Events.key("c-2"), Events.analysisKey("c-3")]
        guard
            case .queue(let queue) = try RecordingEvent(
                parsing: Array(Events.queue(keys.map { Events.bridge($0) }).utf8))
        else {
            Issue.record("it is a queue's event")
            return
        }
        let lines = Mutex("")
        let context = LambdaContext(
            requestID: "r", deadline: .now + .seconds(8),
            logging: LogConfiguration { line in lines.withLock { $0 += String(decoding: line, as: UTF8.self) } })
        let failed = await arrivals.complete(queue, context).batchItemFailures.map(\.itemIdentifier)
        #expect(failed == ["m0", "m3"])
        #expect(crm.calls.count == 2)
        #expect(lines.withLock { $0.contains("deploy those of integrations/salesforce") })
    }
}
