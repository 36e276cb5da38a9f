import AWSEvents
import CallRecords
import Calling
import LambdaRuntime
import LocalServices
import Salesforce
import Settings
import Testing
import TestSupport

@testable import ConnectRecording

/// Failures of single records, failures that end a batch, and redeliveries.
extension ArrivalTests {
    @Test func `messages that cannot be read fail alone`() async throws {
        let poison = [
            "", "{", "null", "[]", #"{"hello":"world"}"#, #"{"Records":[]}"#,
            #"{"source":"aws.ec2","detail-type":"x"}"#,
            Events.flow("c", from: nil), #"{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}"#,
            Events.envelope("{"), Events.envelope(#"{"order":17}"#),
            Events.envelope(Events.bridge(Events.key(Self.id)), type: "SubscriptionConfirmation"),
            Events.topic(["text"]),
        ]
        try await RecordingFixture.run { fixture async throws in
            let good = Events.bridge(Events.key(Self.id))
            let failed = try await fixture.failures(Events.queue([good] + poison + [good]))
            #expect(failed == poison.indices.map { "m\($0 + 1)" })
            #expect(await fixture.records()[Self.id] != nil)
            #expect(await fixture.calls().count == 1)
            #expect(fixture.log.contains("failed=\(poison.count) metric=RecordingsArrived"))
            let wrapped = Events.json(["Type": "SubscriptionConfirmation", "Message": "m", "Subject": "Maria"])
            #expect(try await fixture.failures(Events.queue(["text", wrapped])) == ["m0", "m1"])
            #expect(fixture.log.contains("an object with Message, Subject, Type; no JSON"))
            #expect(!fixture.log.contains("Maria"))
        }
    }

    @Test func `a record that Salesforce refuses fails its messages alone`() async throws {
        let tall = Self.id + "-tall"
        let key = "connect/acme/CallRecordings/2026/11/21/\(tall)_20261121T10:05_UTC.wav"
        let configuration = ["RECORDINGS_PREFIX": String(repeating: "p", count: 1000)]
        try await RecordingFixture.run(configuration) { fixture async throws in
            let long = String(repeating: "p", count: 1000) + "/CallRecordings/2026/11/21/\(tall)_20261121T10:05_UTC.wav"
            let bodies = [Events.bridge(long), Events.bridge(key), Events.notification([long])]
            #expect(try await fixture.failures(Events.queue(bodies)) == ["m0", "m2"])
            #expect(fixture.log.contains("STRING_TOO_LONG"))
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(Events.bridge(long)) }
            #expect(error?.code == .recordRejected)
        }
    }

    @Test func `a direct event with an entry that cannot be read fails, the others being written`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let broken = #"{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}"#
            let event = Events.notification([Events.key(Self.id)]).dropLast(2) + ",\(broken)]}"
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(String(event)) }
            #expect(error?.code == .invalidRequest)
            #expect(await fixture.records()[Self.id] != nil)
        }
    }

    @Test func `of what a topic brings by itself the good is written, and the whole fails for the rest`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let event = Events.topic([Events.bridge(Events.key(Self.id)), "text"])
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
            #expect(error?.code == .invalidRequest)
            #expect(await fixture.records()[Self.id] != nil)
            await fixture.crm.org.misbehave(.limit, times: 9)
            let refused = await #expect(throws: FunctionError.self) {
                try await fixture.invoke(Events.topic([Events.notification([Events.key("c-2")])]))
            }
            #expect(refused?.code == .serviceUnavailable)
        }
    }

    @Test(arguments: [SalesforceFault.limit, .html])
    func `a Salesforce at its limit or away ends the batch, and the rest is given back`(_ fault: SalesforceFault)
        async throws
    {
        try await RecordingFixture.run { fixture async throws in
            let keys = (0..<600).map { Events.key("contact-\($0)") }
            let bodies = ["poison"] + keys.map { Events.bridge($0) }
            _ = try await fixture.invoke(Events.queue([bodies[1]]))
            await fixture.crm.org.misbehave(fault, times: 9, path: "/composite")
            #expect(try await fixture.failures(Events.queue(bodies)) == (0...600).map { "m\($0)" })
            #expect(await fixture.calls().count == 2)
            await #expect(throws: FunctionError.self) { try await fixture.invoke(Events.notification(keys)) }
        }
    }

    @Test func `of a collection exactly the messages of refused rows come again`() async throws {
        let crm = try ScriptedSalesforce()
        // The last result has no list of errors, as none of a record that was written needs one.
        crm.answer(
            200,
            #"[{"id":"a","success":true,"created":true,"errors":[]},"#
                + #"{"success":false,"errors":[{"statusCode":"DUPLICATE_VALUE","message":"m","fields":["X"]}]},"#
                + #"{"id":null,"success":false,"errors":[{"statusCode":"UNABLE_TO_LOCK_ROW","message":"m"}]},"#
                + #"{"id":"d","success":true}]"#)
        let keys = ["c-0", "c-1", "c-2", "c-3", "c-1"].map { Events.key($0) }
        let answer = try await Self.answer(from: crm, to: Events.queue(keys.map { Events.bridge($0) }))
        #expect(answer == ["m1", "m2", "m4"])
        #expect(crm.calls.count == 1)
    }

    @Test func `a session that ends between two collections is renewed, and nothing comes again`() async throws {
        let crm = try ScriptedSalesforce()
        for _ in 0..<2 {
            let results = (0..<200).map { #"{"id":"a\#($0)","success":true,"created":true,"errors":[]}"# }
            crm.answer(200, "[\(results.joined(separator: ","))]")
            crm.reply(.answer(ScriptedSalesforce.fault(401, "INVALID_SESSION_ID", "Session expired or invalid")))
        }
        crm.answer(200, #"[{"id":"z","success":true,"created":true,"errors":[]}]"#)
        let event = Events.queue((0..<401).map { Events.bridge(Events.key("c-\($0)")) })
        #expect(try await Self.answer(from: crm, to: event) == [])
        #expect(crm.signIns.count == 3)
    }

    @Test func `a refusal that passes is told from one that stays`() {
        for (code, wanted) in [("UNABLE_TO_LOCK_ROW", FunctionError.Code.serviceUnavailable), ("X", .recordRejected)] {
            var (batch, failure) = (ArrivalBatch([]), SalesforceError(.refused, .refused, action: "upsert"))
            failure.code = code
            batch.settle([], failure)
            #expect(batch.error?.code == wanted)
        }
    }

    @Test func `what was written before the limit does not come again`() async throws {
        let crm = try ScriptedSalesforce()
        let results = (0..<200).map { #"{"id":"a\#($0)","success":true,"created":true,"errors":[]}"# }
        crm.answer(200, "[\(results.joined(separator: ","))]")
        crm.reply(.answer(ScriptedSalesforce.fault(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")))
        let event = Events.queue((0..<700).map { Events.bridge(Events.key("c-\($0)")) })
        #expect(try await Self.answer(from: crm, to: event) == (200..<700).map { "m\($0)" })
        #expect(crm.calls.count == 2)
    }

    /// Returns the messages of a queue's event to redeliver, with a scripted Salesforce.
    private static func answer(from crm: ScriptedSalesforce, to event: String) async throws -> [String] {
        let client = try RegistrationTests.client(crm)
        let link = RecordingLink(base: RecordingFixture.base, secret: LinkSecret(Redacted("s")))
        let arrivals = Arrivals(
            place: RecordingPlace(bucket: "recordings", prefix: "connect/acme"),
            records: CallRecordStore(object: "X", crm: client, link: link))
        guard case .queue(let queue) = try RecordingEvent(parsing: Array(event.utf8)) else {
            Issue.record("it is a queue's event")
            return []
        }
        let context = LambdaContext(
            requestID: "r", deadline: .now + .seconds(8), logging: LogConfiguration { _ in })
        return await arrivals.complete(queue, context).batchItemFailures.map(\.itemIdentifier)
    }
}
