import AWS
import Crypto
import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// From the recordings' bucket through EventBridge and SQS to ConnectRecording.
extension StackTests {
    private func key(_ contact: String, _ stack: DeployedStack) -> String {
        "\(stack.deployment.recordings.prefix)/CallRecordings/2026/11/21/\(contact)_20261121T10:05_UTC.wav"
    }

    private func record(of contact: String, _ stack: DeployedStack) async -> [String: JSONValue]? {
        let records = await stack.deployment.salesforce.org.records(of: "Call_Recording_Info__c")
        return records.first { $0["Contact_Id__c"]?.string == contact && $0["File_Name__c"]?.string != nil }
    }

    @Test func `an object put into the bucket reaches the record of its contact, whose link plays it`() async throws {
        let stack = try DeployedStack.current
        let flow = try DeployedStack.event("ConnectRecording", "01")
        let contact = try #require(flow["Details"]?["ContactData"]?["ContactId"]?.string)
        let registered = try await stack.invoke("ConnectRecording", flow)
        #expect(registered["account"] == "matched")
        let sound = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let bucket = stack.deployment.recordings.bucket
        try await stack.aws.put(sound, at: key(contact, stack), in: bucket)
        // Neither of these is a recording of a call.
        try await stack.aws.put([1], at: "\(key("other", stack)).json", in: bucket)
        try await stack.aws.put([1], at: "elsewhere/CallRecordings/2026/11/21/x_20261121T10:05_UTC.wav", in: bucket)
        let record = try await stack.eventually { await self.record(of: contact, stack) }
        #expect(record["Id"] == registered["recordId"])
        #expect(record["File_Name__c"]?.string == key(contact, stack))
        let link = try #require(record["Access_URL__c"]?.string)
        let click = try await stack.aws.request("GET", link)
        #expect(click.status == 302)
        let played = try await stack.aws.request("GET", #require(click.fields["Location"]))
        #expect(played.body == sound)
    }

    @Test(arguments: ["Voice", "Chat"])
    func `a file of Contact Lens put into the bucket's root reaches the record of its contact`(medium: String)
        async throws
    {
        let stack = try DeployedStack.current
        let contact = "6a7b8c9d-0000-4000-8000-0000\(medium == "Voice" ? "0000" : "1111")cafe"
        let file = #"{"CustomerMetadata":{"ContactId":"\#(contact)"},"Categories":{"MatchedCategories":["a","b"]}}"#
        try await stack.aws.put(
            Array(file.utf8), at: "Analysis/\(medium)/2026/11/21/\(contact)_analysis_2026-11-21T10:05:42Z.json",
            in: stack.deployment.recordings.bucket)
        let record = try await stack.eventually {
            await stack.deployment.salesforce.org.records(of: "Call_Recording_Info__c").first {
                $0["Contact_Id__c"]?.string == contact
            }
        }
        #expect(record["Categories__c"] == "a;b" && record["Name"]?.string == contact)
    }

    @Test func `a click finds in the bucket what no event has told of`() async throws {
        let stack = try DeployedStack.current
        // Seeded before the bucket had notifications, under the day of today.
        let contact = "2ce3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e02"
        let value = try await stack.aws.call(
            "secretsmanager.GetSecretValue", of: .secretsManager,
            ["SecretId": .string(stack.physicalID("RecordingLinkSecret"))])
        let secret = try JSONValue(parsing: Array((value["SecretString"]?.string ?? "").utf8))
        let key = try #require(secret["RECORDING_LINK_SECRET"]?.string)
        #expect(key.count == 64)
        let code = SHA256.authenticationCode(of: Array(contact.utf8), key: Array(key.utf8))
        let click = try await stack.http("GET", "/recordings/\(contact)?sig=\(SHA256.hexadecimal(code))")
        #expect(click.status == 302, "\(click.text)")
        let played = try await stack.aws.request("GET", #require(click.fields["Location"]))
        #expect(played.status == 200)
        #expect(played.body.starts(with: Array("RIFF".utf8)))
    }

    @Test func `of a batch the good messages are done, and a poison one ends in the dead-letter queue`() async throws {
        let stack = try DeployedStack.current
        let queue = try await stack.physicalID("ArrivalsQueue")
        let dead = try await stack.physicalID("ArrivalsDeadLetters")
        // A hundred receives, six minutes apart, on AWS.
        let attributes = try await stack.attributes(of: queue)
        let redrive = try JSONValue(parsing: Array((attributes["RedrivePolicy"] ?? "").utf8))
        let few: JSONValue = ["deadLetterTargetArn": redrive["deadLetterTargetArn"] ?? .null, "maxReceiveCount": 3]
        try await stack.set(["VisibilityTimeout": "1", "RedrivePolicy": few.text], of: queue)
        let contact = "5f6a7b8c-0000-4000-8000-00000000beef"
        let arrival: JSONValue = [
            "source": "aws.s3", "detail-type": "Object Created",
            "detail": [
                "bucket": ["name": .string(stack.deployment.recordings.bucket)],
                "object": ["key": .string(key(contact, stack))],
            ],
        ]
        let poison = #"{"order": 17"#
        let entries = [("good", arrival.text), ("poison", poison)].map { id, body -> JSONValue in
            ["Id": .string(id), "MessageBody": .string(body)]
        }
        try await stack.aws.call(
            "AmazonSQS.SendMessageBatch", of: .sqs, ["QueueUrl": .string(queue), "Entries": .array(entries)])
        let letter = try await stack.eventually { try await stack.receive(from: dead, holding: poison) }
        #expect(letter["Body"]?.string == poison)
        #expect(await record(of: contact, stack) != nil)
        for url in [queue, dead] {
            let attributes = try await stack.attributes(of: url)
            #expect(attributes["ApproximateNumberOfMessages"] == "0")
            #expect(attributes["ApproximateNumberOfMessagesNotVisible"] == "0")
        }
    }
}
