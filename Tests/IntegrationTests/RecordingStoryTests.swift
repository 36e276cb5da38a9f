import Foundation
import HTTPClient
import HTTPTypes
import JSON
import LocalServices
import TestSupport
import Testing

/// The built bootstrap of ConnectRecording with the local AWS and the local Salesforce.
@Suite(.serialized, .takingTurns) struct RecordingStoryTests {
    /// Runs a warm function with its services.
    func run(_ body: (LocalFunction, SalesforceDouble, Moto) async throws -> Void) async throws {
        try await SalesforceDouble.withRunning { crm in
            try await Moto.withRunningForTests { moto in
                let own = [
                    "RECORDINGS_BUCKET": "recordings", "RECORDINGS_PREFIX": "connect/acme",
                    "RECORDING_LINK_BASE_URL": "https://calls.example.com", "RECORDING_LINK_SECRET": "0123456789abcdef",
                ]
                var configuration = LocalFunction.Configuration(
                    name: "ConnectRecording", bootstrap: TestProcess.bootstrap("ConnectRecording"),
                    environment: crm.environment.merging(moto.environment) { $1 }.merging(own) { $1 })
                let log = try LogFile(named: "ConnectRecording")
                configuration.output = log.descriptor
                try await LocalFunction.withRunning(configuration) { try await body($0, crm, moto) }
            }
        }
    }

    func invoke(_ function: LocalFunction, _ event: JSONValue) async throws -> JSONValue {
        let outcome = await function.invoke(event.bytes).outcome
        #expect(!outcome.isError)
        return try JSONValue(parsing: outcome.payload)
    }

    static func key(_ contact: String) -> String {
        "connect/acme/CallRecordings/2026/11/21/\(contact)_20261121T10:05_UTC.wav"
    }

    static func notification(_ contact: String) -> JSONValue {
        let key = key(contact).replacing(":", with: "%3A")
        return [
            "Records": [
                [
                    "eventSource": "aws:s3", "eventName": "ObjectCreated:Copy",
                    "s3": ["bucket": ["name": "recordings"], "object": ["key": .string(key)]],
                ]
            ]
        ]
    }

    @Test func `a call is registered, its recording arrives, its record is whole, and a click brings its bytes`()
        async throws
    {
        let contact = "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e00"
        try await run { function, crm, moto in
            let registered = try await invoke(
                function,
                [
                    "Name": "ContactFlowEvent",
                    "Details": [
                        "ContactData": [
                            "ContactId": .string(contact), "Channel": "VOICE",
                            "CustomerEndpoint": ["Address": "+14155550100", "Type": "TELEPHONE_NUMBER"],
                        ]
                    ],
                ])
            #expect(registered["status"] == "registered")
            #expect(registered["account"] == "matched")
            let sound = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await moto.add(
                Moto.Seeds(
                    tables: [], buckets: [LocalBucket("recordings", objects: [(Self.key(contact), sound)])]))
            #expect(try await invoke(function, Self.notification(contact)) == ["recordings": 1])
            let record = try #require(await crm.org.records(of: "Call_Recording_Info__c").first)
            #expect(record["Id"] == registered["recordId"])
            #expect(record["File_Name__c"]?.string == Self.key(contact))
            let link = try #require(record["Access_URL__c"]?.string.flatMap(URLComponents.init(string:)))
            let answer = try await invoke(
                function,
                [
                    "version": "2.0", "rawPath": .string(link.path), "rawQueryString": .string(link.query ?? ""),
                    "requestContext": ["http": ["method": "GET", "path": .string(link.path)]],
                ])
            #expect(answer["statusCode"] == 302)
            let location = try #require(answer["headers"]?["Location"]?.string)
            #expect(try await moto.fetch(location)?.bytes == sound)
        }
    }

    @Test func `a thousand notifications in a hundred batches are written once each, and memory stays flat`()
        async throws
    {
        try await run { function, crm, _ in
            func batch(_ number: Int) -> [UInt8] {
                let records = (0..<10).map { index -> JSONValue in
                    let body = Self.notification("contact-\(number * 10 + index)").text
                    return ["messageId": .string("m\(index)"), "eventSource": "aws:sqs", "body": .string(body)]
                }
                return JSONValue.object(["Records": .array(records)]).bytes
            }
            let batches = (0..<100).map(batch)
            var memory: [Int] = []
            for round in 0..<4 {
                let start = ContinuousClock.now
                for batch in batches {
                    let report = await function.invoke(batch)
                    #expect(String(decoding: report.outcome.payload, as: UTF8.self) == #"{"batchItemFailures":[]}"#)
                    memory.append(report.maxMemory ?? 0)
                }
                if round == 1 {
                    print("\(1000 / ((ContinuousClock.now - start) / .seconds(1))) notifications a second")
                }
            }
            #expect(await crm.org.records(of: "Call_Recording_Info__c").count == 1000)
            let (middle, end) = (memory[150], memory[399])
            #expect(end - middle <= 512 << 10, "\(middle) bytes became \(end)")
        }
    }
}
