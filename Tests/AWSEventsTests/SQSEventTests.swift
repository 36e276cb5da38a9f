import Foundation
import JSON
import AWSEvents
import Testing

struct SQSEventTests {
    static func event(_ text: String) throws -> SQSEvent? {
        SQSEvent(try JSONValue(parsing: Array(text.utf8)))
    }

    @Test func `each message has its id and its body, and a failure names the id`() throws {
        let event = try #require(
            try Self.event(
                #"{"Records":[{"messageId":"m1","body":"{}","eventSource":"aws:sqs"},"#
                    + #"{"messageId":"m2","body":null,"eventSource":"aws:sqs"}]}"#))
        #expect(event.messages.map(\.id) == ["m1", "m2"])
        #expect(event.messages.map(\.body) == ["{}", ""])
        let answer = try JSONEncoder().encode(SQSBatchResponse(failed: [event.messages[1]]))
        #expect(String(decoding: answer, as: UTF8.self) == #"{"batchItemFailures":[{"itemIdentifier":"m2"}]}"#)
        let none = try JSONEncoder().encode(SQSBatchResponse(failed: []))
        #expect(String(decoding: none, as: UTF8.self) == #"{"batchItemFailures":[]}"#)
    }

    @Test(arguments: [
        "{}", #"{"Records":[]}"#, #"{"Records":[{"eventSource":"aws:s3"}]}"#,
        #"{"Records":[{"body":"{}","eventSource":"aws:sqs"}]}"#,
        #"{"Records":[{"messageId":"m","body":"","eventSource":"aws:sqs"},{"eventSource":"aws:kinesis"}]}"#,
    ])
    func `anything else is no batch, and so is one whose failures could not be named`(text: String) throws {
        #expect(try Self.event(text) == nil)
    }
}
