import LambdaRuntime
import LocalServices
import S3Events
import Salesforce
import TestSupport
import Testing

@testable import ConnectRecording

@Suite(.takingTurns) struct ArrivalTests {
    static let id = RecordingBench.id

    @Test func `each form of arrival completes the record, and repeats change nothing`() async throws {
        let key = Events.key(Self.id)
        let forms = [
            Events.notification([key]), Events.bridge(key), Events.queue([Events.notification([key])]),
            Events.queue([Events.bridge(key)]),
        ]
        for form in forms {
            try await RecordingBench.run { bench async throws in
                for _ in 0..<2 { _ = try await bench.invoke(form) }
                let record = try #require(await bench.records()[Self.id])
                #expect(record["File_Name__c"] == key)
                #expect(record["Access_URL__c"] == RecordingBench.link(Self.id))
                #expect(record["Name"] == Self.id)
                #expect(!bench.log.contains("sig="))
            }
        }
    }

    @Test func `register and recording end the same in either order`() async throws {
        var ends: [[String: String]] = []
        for isRegisteredFirst in [true, false] {
            try await RecordingBench.run { bench async throws in
                if isRegisteredFirst { _ = try await bench.register() }
                _ = try await bench.invoke(Events.bridge(Events.key(Self.id)))
                if !isRegisteredFirst { _ = try await bench.register() }
                ends.append(try #require(await bench.records()[Self.id]))
            }
        }
        #expect(ends.count == 2 && ends[0] == ends[1])
        #expect(ends[0]["Account__c"] != nil && ends[0]["Access_URL__c"] != nil)
    }

    @Test func `what is no recording of ours is ignored quietly`() async throws {
        try await RecordingBench.run { bench async throws in
            let day = "2026/11/21"
            let others = [
                "connect/acme/ChatTranscripts/\(day)/\(Self.id)_20261121T10:05_UTC.json", "reports/x.csv",
                "connect/acme/CallRecordings/ivr/\(day)/\(Self.id)_20261121T10:05_UTC.wav",
                "connect/other/CallRecordings/\(day)/\(Self.id)_20261121T10:05_UTC.wav", Events.redactedKey(Self.id),
                "Analysis/Voice/\(day)/\(Self.id)_analysis_2026-11-21T10:05:42Z.json",
            ]
            #expect(try await bench.invoke(Events.testEvent)["recordings"] as? Int == 0)
            #expect(try await bench.invoke(Events.notification(others))["recordings"] as? Int == 0)
            for key in others { _ = try await bench.invoke(Events.bridge(key)) }
            let foreign = Events.notification([Events.key(Self.id)], bucket: "other-bucket")
            #expect(
                try await bench.failures(
                    Events.queue([Events.testEvent, foreign] + others.map { Events.bridge($0) })) == [])
            #expect(await bench.crm.org.requests.isEmpty)
        }
    }

    @Test func `only redacted audio is registered when only it may be played`() async throws {
        try await RecordingBench.run(["RECORDINGS_REDACTED_ONLY": "true"]) { bench async throws in
            _ = try await bench.invoke(Events.notification([Events.key(Self.id), Events.redactedKey(Self.id)]))
            #expect(await bench.records()[Self.id]?["File_Name__c"] == Events.redactedKey(Self.id))
        }
    }

    @Test func `of two recordings of one contact the later one stands, whatever their order`() async throws {
        let keys = [Events.key(Self.id, time: "10:05"), Events.key(Self.id, time: "10:07")]
        for order in [keys, keys.reversed()] {
            try await RecordingBench.run { bench async throws in
                #expect(try await bench.failures(Events.queue(order.map { Events.bridge($0) })) == [])
                #expect(await bench.records()[Self.id]?["File_Name__c"] == keys[1])
                #expect(await bench.calls().count == 1)
            }
        }
    }

    @Test func `messages that cannot be read fail alone`() async throws {
        let poison = [
            "", "{", "null", "[]", #"{"hello":"world"}"#, #"{"Records":[]}"#,
            #"{"source":"aws.ec2","detail-type":"x"}"#,
            Events.flow("c", from: nil), #"{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}"#,
        ]
        try await RecordingBench.run { bench async throws in
            let good = Events.bridge(Events.key(Self.id))
            let failed = try await bench.failures(Events.queue([good] + poison + [good]))
            #expect(failed == poison.indices.map { "m\($0 + 1)" })
            #expect(await bench.records()[Self.id] != nil)
            #expect(await bench.calls().count == 1)
        }
    }

    @Test func `a record that Salesforce refuses fails its messages alone`() async throws {
        let tall = Self.id + "-tall"
        let key = "connect/acme/CallRecordings/2026/11/21/\(tall)_20261121T10:05_UTC.wav"
        let configuration = ["RECORDINGS_PREFIX": String(repeating: "p", count: 1000)]
        try await RecordingBench.run(configuration) { bench async throws in
            let long = String(repeating: "p", count: 1000) + "/CallRecordings/2026/11/21/\(tall)_20261121T10:05_UTC.wav"
            let bodies = [Events.bridge(long), Events.bridge(key), Events.notification([long])]
            #expect(try await bench.failures(Events.queue(bodies)) == ["m0", "m2"])
            #expect(bench.log.contains("STRING_TOO_LONG"))
            let error = await #expect(throws: FunctionError.self) { try await bench.invoke(Events.bridge(long)) }
            #expect(error?.code == .recordRejected)
        }
    }

    @Test func `a direct event with an entry that cannot be read fails, the others being written`() async throws {
        try await RecordingBench.run { bench async throws in
            let broken = #"{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{}}"#
            let event = Events.notification([Events.key(Self.id)]).dropLast(2) + ",\(broken)]}"
            let error = await #expect(throws: FunctionError.self) { try await bench.invoke(String(event)) }
            #expect(error?.code == .invalidRequest)
            #expect(await bench.records()[Self.id] != nil)
        }
    }

    @Test func `a thousand notifications cost five calls, in one batch, one event or one message`() async throws {
        let keys = (0..<1000).map { Events.key("contact-\($0)") }
        let forms = [
            Events.queue(keys.map { Events.bridge($0) }), Events.notification(keys),
            Events.queue([Events.notification(keys)]),
        ]
        for form in forms {
            try await RecordingBench.run { bench async throws in
                _ = try await bench.invoke(form, within: .seconds(60))
                #expect(await bench.records().count == 1000)
                #expect(await bench.calls().count == 5)
            }
        }
    }

    @Test(arguments: [SalesforceFault.limit, .html])
    func `a Salesforce at its limit or away ends the batch, and the rest is given back`(_ fault: SalesforceFault)
        async throws
    {
        try await RecordingBench.run { bench async throws in
            let keys = (0..<600).map { Events.key("contact-\($0)") }
            let bodies = ["poison"] + keys.map { Events.bridge($0) }
            _ = try await bench.invoke(Events.queue([bodies[1]]))
            await bench.crm.org.misbehave(fault, times: 9, path: "/composite")
            #expect(try await bench.failures(Events.queue(bodies)) == (0...600).map { "m\($0)" })
            #expect(await bench.calls().count == 2)
            await #expect(throws: FunctionError.self) { try await bench.invoke(Events.notification(keys)) }
        }
    }

    @Test func `what was written before the limit does not come again`() async throws {
        let crm = try ScriptedSalesforce()
        let results = (0..<200).map { #"{"id":"a\#($0)","success":true,"created":true,"errors":[]}"# }
        crm.answer(200, "[\(results.joined(separator: ","))]")
        crm.reply(.answer(ScriptedSalesforce.fault(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")))
        let client = try RegistrationTests.client(crm)
        let link = RecordingLink(base: RecordingBench.base, secret: Redacted("s"))
        let arrivals = Arrivals(
            place: RecordingPlace(bucket: "recordings", prefix: "connect/acme"),
            register: RecordingRegister(object: "X", crm: client, link: link))
        let event = Events.queue((0..<700).map { Events.bridge(Events.key("c-\($0)")) })
        guard case .queue(let queue) = try RecordingEvent(parsing: Array(event.utf8)) else {
            Issue.record("it is a queue's event")
            return
        }
        let context = LambdaContext(
            requestID: "r", deadline: .now + .seconds(8), logging: LogConfiguration { _ in })
        let answer = await arrivals.complete(queue, context)
        #expect(answer.batchItemFailures.map(\.itemIdentifier) == (200..<700).map { "m\($0)" })
        #expect(crm.calls.count == 2)
    }
}
