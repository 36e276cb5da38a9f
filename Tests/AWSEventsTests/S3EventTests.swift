import JSON
import AWSEvents
import Testing

struct S3EventTests {
    static func event(_ text: String) throws -> S3Event? {
        S3Event(try JSONValue(parsing: Array(text.utf8)))
    }

    static func notification(_ name: String, _ key: String) -> String {
        #"{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"\#(name)","#
            + #""s3":{"bucket":{"name":"b"},"object":{"key":"\#(key)","size":1}}}"#
    }

    @Test(arguments: [
        "ObjectCreated:Put", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload", "s3:ObjectCreated:Put",
    ])
    func `a notification of any way of creation brings its object`(name: String) throws {
        let event = try Self.event(#"{"Records":[\#(Self.notification(name, "k"))]}"#)
        #expect(event?.created == [ObjectCreation(bucket: "b", key: "k")])
        #expect(event?.unreadableCount == 0)
    }

    @Test(arguments: [
        ("a+b%3Ac%2Bd", "a b:c+d"), ("%C3%A9%2Fx", "é/x"), ("a%20b", "a b"), ("100%", "100%"), ("plain", "plain"),
    ])
    func `a notification's key is form-encoded, an EventBridge key is raw`(_ sent: String, _ key: String) throws {
        let one = try Self.event(#"{"Records":[\#(Self.notification("ObjectCreated:Copy", sent))]}"#)
        #expect(one?.created.map(\.key) == [key])
        let other = try Self.event(
            #"{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{"key":"\#(sent)"},"#
                + #""reason":"CopyObject"}}"#)
        #expect(other?.created.map(\.key) == [sent])
    }

    @Test(arguments: [
        #"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-21T10:00:00.000Z","Bucket":"b"}"#,
        #"{"source":"aws.s3","detail-type":"Object Deleted","detail":{"bucket":{"name":"b"},"object":{"key":"k"}}}"#,
        #"{"source":"aws.s3","detail-type":"Object Tags Added","detail":{}}"#,
        #"{"Records":[\#(notification("ObjectRemoved:Delete", "k"))]}"#,
    ])
    func `what creates nothing is an event without objects`(text: String) throws {
        #expect(try Self.event(text) == Self.event(#"{"Event":"s3:TestEvent"}"#))
        #expect(try Self.event(text)?.created == [])
    }

    @Test(arguments: [
        #"{"eventSource":"aws:s3"}"#, #"{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"}"#,
        #"{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":""}}}"#,
        #"{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":"b","object":{"key":"k"}}}"#,
        #"{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":7}}}"#,
    ])
    func `an entry that names no object is counted, and hides no other`(record: String) throws {
        let event = try Self.event(#"{"Records":[\#(record),\#(Self.notification("ObjectCreated:Put", "k"))]}"#)
        #expect(event?.created.map(\.key) == ["k"])
        #expect(event?.unreadableCount == 1)
    }

    @Test(arguments: [
        "null", "[]", "7", "{}", #"{"Records":[]}"#, #"{"Records":[{}]}"#, #"{"Records":[{"eventSource":"aws:sns"}]}"#,
        #"{"Records":[{"eventSource":"aws:s3"},{"eventSource":"aws:sqs"}]}"#, #"{"Records":{"eventSource":"aws:s3"}}"#,
        #"{"source":"aws.connect","detail-type":"Object Created"}"#, #"{"source":"aws.s3"}"#,
    ])
    func `anything else is not S3's`(text: String) throws {
        #expect(try Self.event(text) == nil)
    }
}
