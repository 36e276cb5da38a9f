import Encoding
import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// From the stream of contact records to ConnectContactRecords, and to the queue of what can never be written.
///
/// The local AWS passes over `batchItemFailures`, bisecting, ages and destinations: `ContactRecordsStackTests` asserts those on
/// the template.
extension StackTests {
    private func put(_ data: [UInt8], key: String, _ stack: DeployedStack) async throws -> String {
        let answer = try await stack.aws.call(
            "Kinesis_20131202.PutRecord", of: .kinesis,
            [
                "StreamName": .string(stack.physicalID("ContactRecordsStream")), "PartitionKey": .string(key),
                "Data": .string(Base64.encode(data)),
            ])
        return try #require(answer["SequenceNumber"]?.string)
    }

    private func rows(of object: String, _ contact: String, _ stack: DeployedStack) async -> [[String: JSONValue]] {
        await stack.deployment.salesforce.org.records(of: object).filter { $0["Contact_Id__c"]?.string == contact }
    }

    /// Returns the data of the first record of an event of the function.
    private func record(_ number: String) throws -> JSONValue {
        let event = try DeployedStack.event("ConnectContactRecords", number)
        let data = try #require(event["Records"]?.array?.first?["kinesis"]?["data"]?.string)
        return try JSONValue(parsing: #require(Base64.decode(data)))
    }

    @Test func `a contact record put into the stream becomes a row and a task, and its recording joins it`()
        async throws
    {
        let stack = try DeployedStack.current
        let contact = "0c0c0c0c-0000-4000-8000-00000000c0de"
        guard case .object(var members) = try record("01") else { return }
        members["ContactId"] = .string(contact)
        _ = try await put(JSONValue.object(members).bytes, key: contact, stack)
        let row = try await stack.eventually {
            await self.rows(of: "Call_Recording_Info__c", contact, stack).first { $0["Last_Update__c"] != nil }
        }
        #expect(row["Channel__c"] == "VOICE" && row["Initiation_Method__c"] == "INBOUND")
        let task = try await stack.eventually { await self.rows(of: "Task", contact, stack).first }
        #expect(task["Subject"] == "Inbound call" && task["Status"] == "Completed", "\(task)")
        let prefix = stack.deployment.recordings.prefix
        let key = "\(prefix)/CallRecordings/2026/11/21/\(contact)_20261121T10:05_UTC.wav"
        try await stack.aws.put([1, 2], at: key, in: stack.deployment.recordings.bucket)
        _ = try await stack.eventually {
            await self.rows(of: "Call_Recording_Info__c", contact, stack).first { $0["File_Name__c"]?.string == key }
        }
        // A repeat makes no second row and no second task.
        _ = try await put(JSONValue.object(members).bytes, key: contact, stack)
        let last = "0d0d0d0d-0000-4000-8000-00000000c0de"
        members["ContactId"] = .string(last)
        _ = try await put(JSONValue.object(members).bytes, key: contact, stack)
        _ = try await stack.eventually { await self.rows(of: "Task", last, stack).first }
        #expect(await rows(of: "Call_Recording_Info__c", contact, stack).count == 1)
        #expect(await rows(of: "Task", contact, stack).count == 1)
    }

    @Test func `a poison record ends in the dead-letter queue as it is, and holds nothing back`() async throws {
        let stack = try DeployedStack.current
        let contact = "0e0e0e0e-0000-4000-8000-00000000c0de"
        let poison = Array("poison \u{FFFD} {".utf8)
        let number = try await put(poison, key: "poison", stack)
        guard case .object(var members) = try record("01") else { return }
        members["ContactId"] = .string(contact)
        _ = try await put(JSONValue.object(members).bytes, key: "poison", stack)
        let dead = try await stack.physicalID("ContactRecordsDeadLetters")
        let letter = try await stack.eventually { try await stack.receive(from: dead, holding: number) }
        let body = try JSONValue(parsing: Array((letter["Body"]?.string ?? "").utf8))
        #expect(body["reason"] == "notJSON" && body["data"]?.string == Base64.encode(poison))
        _ = try await stack.eventually { await self.rows(of: "Call_Recording_Info__c", contact, stack).first }
    }
}
