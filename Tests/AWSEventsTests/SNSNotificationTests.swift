import AWSEvents
import JSON
import Testing

/// S3's events by way of SNS, in the forms of "Fanout to Amazon SQS queues" and "Using AWS Lambda with Amazon SNS".
struct SNSNotificationTests {
    private static let notification = #"{"Records":[\#(S3EventTests.notification("ObjectCreated:Copy", "a%3Ab+c"))]}"#
    private static let bridge =
        #"{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{"key":"a:b c"}}}"#

    private static func envelope(_ message: String, type: String = "Notification") -> String {
        JSONValue.object([
            "Type": .string(type), "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "Subject": "Amazon S3 Notification",
            "TopicArn": "arn:aws:sns:eu-central-1:123456789012:recordings", "Message": .string(message),
            "Timestamp": "2026-11-21T10:12:32.402Z", "SignatureVersion": "1", "Signature": "EXAMPLE",
        ]).text
    }

    private static func lambda(_ messages: String...) -> String {
        let records = messages.map { message -> JSONValue in
            [
                "EventSource": "aws:sns", "EventVersion": "1.0",
                "EventSubscriptionArn": "arn:aws:sns:eu-central-1:123456789012:recordings:2bcfbf39",
                "Sns": ["Type": "Notification", "MessageId": "95df01b4", "Message": .string(message)],
            ]
        }
        return JSONValue.object(["Records": .array(records)]).text
    }

    @Test(arguments: [envelope(notification), envelope(bridge), lambda(notification), lambda(bridge)])
    func `what SNS wraps is read like what it wraps`(text: String) throws {
        let event = try S3EventTests.event(text)
        #expect(event?.created == [ObjectCreation(bucket: "b", key: "a:b c")])
        #expect(event?.unreadableCount == 0)
    }

    @Test func `of several messages in an event those that are none of S3's are counted, and hide no other`() throws {
        let event = try S3EventTests.event(Self.lambda(Self.bridge, "{", "text", Self.notification, Self.lambda("x")))
        #expect(event?.created.count == 2 && event?.unreadableCount == 3)
        let partly = #"{"Records":[{"eventSource":"aws:s3"},\#(S3EventTests.notification("ObjectCreated:Put", "k"))]}"#
        #expect(try S3EventTests.event(Self.lambda(partly))?.unreadableCount == 1)
        #expect(try S3EventTests.event(Self.envelope(partly))?.unreadableCount == 1)
        // S3 tries a topic as it tries a queue.
        let test = #"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}"#
        for text in [Self.envelope(test), Self.lambda(test)] {
            #expect(try S3EventTests.event(text)?.created == [] && S3EventTests.event(text)?.unreadableCount == 0)
        }
    }

    @Test(arguments: [
        envelope("You have chosen to subscribe to the topic", type: "SubscriptionConfirmation"),
        envelope(notification, type: "notification"), envelope(""), envelope("text"), envelope(#"{"order":17}"#),
        envelope(envelope(notification)), #"{"Type":"Notification"}"#, #"{"Type":"Notification","Message":7}"#,
        #"{"Message":"{}"}"#, #"{"Records":[{"EventSource":"aws:sns"}]}"#, #"{"Records":[{"Sns":"x"}]}"#,
        #"{"Records":[{"EventSource":"aws:sns","Sns":{}}]}"#,
        #"{"Records":[{"Sns":{"Message":"{}"}},{"eventSource":"aws:s3"}]}"#,
    ])
    func `another envelope, or one around anything else, is none of S3's`(text: String) throws {
        #expect(try S3EventTests.event(text) == nil)
    }

    @Test(arguments: ["7", "{}", #"["x"]"#])
    func `a message that is no text is no event, and is counted`(message: String) throws {
        let event = try S3EventTests.event(#"{"Records":[{"EventSource":"aws:sns","Sns":{"Message":\#(message)}}]}"#)
        #expect(event?.created == [] && event?.unreadableCount == 1)
    }
}
