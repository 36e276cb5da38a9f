import Calling
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct SQSClientTests {
    private func queue() throws -> QueueURL {
        try #require(QueueURL("https://sqs.eu-central-1.amazonaws.com/123456789012/dead"))
    }

    @Test func `a message is sent to the queue by its URL`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"MessageId":"m1","MD5OfMessageBody":"x"}"#))
        let id = try await SQSClient(fixture.client, queue: queue()).sendMessage(#"{"a":"ü"}"#, deadline: soon)
        #expect(id == "m1")
        let request = try fixture.onlyRequest(signedFor: "sqs")
        #expect(request.target == "/")
        #expect(request["Content-Type"] == "application/x-amz-json-1.0")
        #expect(request["X-Amz-Target"] == "AmazonSQS.SendMessage")
        #expect(
            try isSameJSON(
                request.text,
                #"{"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/dead","MessageBody":"{\"a\":\"ü\"}"}"#
            ))
    }

    @Test func `without an endpoint of the environment the queue's own host is called`() async throws {
        let server = try ScriptedServer.answering { _ in ScriptedServer.Response(#"{"MessageId":"m1"}"#) }
        let client = AWSClient(
            configuration: AWSConfiguration(region: "eu-central-1", credentials: ClientFixture.credentials))
        let queue = try #require(QueueURL("http://127.0.0.1:\(server.port)/123456789012/dead"))
        #expect(try await SQSClient(client, queue: queue).sendMessage("x", deadline: soon) == "m1")
        #expect(server.requests.map(\.target) == ["/"])
    }

    @Test func `an empty message and one over 1 MiB are not sent`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"MessageId":"m1"}"#))
        let client = SQSClient(fixture.client, queue: try queue())
        for text in ["", String(repeating: "a", count: SQSClient.largestMessage + 1)] {
            let error = await failure { () async throws(AWSError) in
                try await client.sendMessage(text, deadline: soon)
            }
            #expect(error?.outcome == .notSent)
        }
        #expect(fixture.server.requests.isEmpty)
        let largest = String(repeating: "a", count: SQSClient.largestMessage)
        #expect(try await client.sendMessage(largest, deadline: soon) == "m1")
    }

    @Test func `a queue that is not there is an error`() async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(
                status: 400, #"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"x"}"#))
        let client = SQSClient(fixture.client, queue: try queue())
        let error = await failure { () async throws(AWSError) in
            try await client.sendMessage("x", deadline: soon)
        }
        #expect(error?.description == "SQS refused SendMessage: status 400, QueueDoesNotExist.")
    }

    @Test(arguments: [
        "", "dead", "https://sqs.eu-central-1.amazonaws.com", "http://sqs.eu-central-1.amazonaws.com/1/dead",
        "arn:aws:sqs:eu-central-1:123456789012:dead", "https://sqs.eu-central-1.amazonaws.com/1/dead?x=1",
    ])
    func `anything but a queue's URL is none`(text: String) {
        #expect(QueueURL(text) == nil)
    }
}
