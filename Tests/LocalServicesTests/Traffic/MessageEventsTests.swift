import Encoding
import JSON
import LocalServices
import Testing
import Timeline

/// The messages of queues and the records of streams that a request brings.
struct MessageEventsTests {
    private func messages(
        _ service: String, _ target: String?, _ body: JSONValue? = nil, form: String = "", answer: String = "{}",
        status: Int = 200
    ) -> [TimelineEvent] {
        var fields: HTTPFields = [
            "Authorization":
                "AWS4-HMAC-SHA256 Credential=AK/20261129/eu-central-1/\(service)/aws4_request, Signature=ab"
        ]
        fields["X-Amz-Target"] = target
        if body == nil { fields["Content-Type"] = "application/x-www-form-urlencoded" }
        let exchange = OutboundExchange(
            service: .aws, url: "http://h/",
            request: HTTPMessage(
                startLine: "POST http://h/ HTTP/1.1", fields: fields, body: body?.bytes ?? Array(form.utf8)),
            response: HTTPMessage(startLine: "HTTP/1.1 \(status) X", fields: [:], body: Array(answer.utf8)),
            startedAt: "2026-11-29T12:36:00.123Z", milliseconds: 3)
        let events = exchange.events(function: "F", invocation: 7, source: nil)
        let requests = events.count { $0.channel == .aws }
        #expect(requests == 1 && events.first?.channel == .aws)
        return Array(events.dropFirst())
    }

    private static let batch: JSONValue = [
        "QueueUrl": "http://h/1/Q",
        "Entries": [
            ["Id": "a", "MessageBody": #"{"n":1}"#], ["Id": "b", "MessageBody": "two"],
            ["Id": "c", "MessageBody": "three"],
        ],
    ]

    @Test func `each message of a batch is an event, and one that was not taken is refused`() {
        let answer = """
            {"Successful":[{"Id":"c","MessageId":"m-3"},{"Id":"a","MessageId":"m-1"}],
             "Failed":[{"Id":"b","Code":"InternalError","SenderFault":false}]}
            """
        let events = messages("sqs", "AmazonSQS.SendMessageBatch", Self.batch, answer: answer)
        #expect(events.map(\.channel) == [.queue, .queue, .queue] && events.allSatisfy { $0.kind == "message" })
        #expect(events.map { $0.detail?["body"] } == [["n": 1], "two", "three"])
        #expect(events.map { $0.detail?["id"] } == ["m-1", nil, "m-3"])
        #expect(events.map(\.outcome) == [.ok, .refused, .ok])
        #expect(events[1].title == "Message to Q was not taken: InternalError")
        #expect(events.allSatisfy { $0.function == "F" && $0.invocation == 7 && $0.detail?["name"] == "Q" })
    }

    @Test func `a batch in the older form is told in the same way`() {
        let form =
            "Action=SendMessageBatch&QueueUrl=http%3A%2F%2Fh%2F1%2FQ&SendMessageBatchRequestEntry.1.Id=a"
            + "&SendMessageBatchRequestEntry.1.MessageBody=one+1&SendMessageBatchRequestEntry.2.Id=b"
            + "&SendMessageBatchRequestEntry.2.MessageBody=two"
        let answer = """
            <SendMessageBatchResponse><SendMessageBatchResult>
            <SendMessageBatchResultEntry><Id>a</Id><MessageId>m-1</MessageId></SendMessageBatchResultEntry>
            <BatchResultErrorEntry><Id>b</Id><Code>AccessDenied</Code></BatchResultErrorEntry>
            </SendMessageBatchResult></SendMessageBatchResponse>
            """
        let events = messages("sqs", nil, form: form, answer: answer)
        #expect(events.map { $0.detail?["body"] } == ["one 1", "two"])
        #expect(events.map { $0.detail?["id"] } == ["m-1", nil] && events.map(\.outcome) == [.ok, .refused])
    }

    @Test func `a record of a stream has its own bytes, and not their Base64`() {
        let data = Base64.encode(Array(#"{"contact":"c-1"}"#.utf8))
        let one = messages(
            "kinesis", "Kinesis_20131202.PutRecord",
            ["StreamName": "contacts", "Data": .string(data), "PartitionKey": "k"],
            answer: #"{"SequenceNumber":"49","ShardId":"s"}"#)
        #expect(one.map(\.channel) == [.stream] && one.first?.title == "Record to contacts")
        #expect(one.first?.detail?["body"] == ["contact": "c-1"] && one.first?.detail?["id"] == "49")
        let binary = messages(
            "kinesis", "Kinesis_20131202.PutRecord",
            ["StreamName": "contacts", "Data": "AAEC/w==", "PartitionKey": "k"])
        #expect(binary.first?.detail?["body"] == "(4 bytes)")
    }

    @Test func `each of many records is an event with its key and its end`() {
        let records = (1...3).map { number -> JSONValue in
            ["Data": .string(Base64.encode(Array("r\(number)".utf8))), "PartitionKey": .string("k\(number)")]
        }
        let answer = """
            {"FailedRecordCount":1,"Records":[{"SequenceNumber":"1"},
             {"ErrorCode":"ProvisionedThroughputExceededException","ErrorMessage":"slow"},{"SequenceNumber":"3"}]}
            """
        let events = messages(
            "kinesis", "Kinesis_20131202.PutRecords",
            ["StreamARN": "arn:aws:kinesis:r:1:stream/contacts", "Records": .array(records)], answer: answer)
        #expect(events.map { $0.detail?["body"] } == ["r1", "r2", "r3"])
        #expect(events.map { $0.detail?["partitionKey"] } == ["k1", "k2", "k3"])
        #expect(events.map(\.outcome) == [.ok, .refused, .ok])
        #expect(events.last?.title == "Record to contacts")
    }

    @Test func `a batch that was refused as a whole, or was cut, is a request alone`() {
        #expect(messages("sqs", "AmazonSQS.SendMessageBatch", Self.batch, status: 400).isEmpty)
        #expect(messages("sqs", "AmazonSQS.SendMessage", .string("cut")).isEmpty)
        #expect(messages("sqs", "AmazonSQS.ReceiveMessage", ["QueueUrl": "http://h/1/Q"]).isEmpty)
    }
}
