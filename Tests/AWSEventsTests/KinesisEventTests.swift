import AWSEvents
import Foundation
import JSON
import Testing

struct KinesisEventTests {
    static func event(_ text: String) throws -> KinesisEvent {
        try KinesisEvent(parsing: Array(text.utf8))
    }

    private static func record(_ kinesis: String, source: String = "aws:kinesis") -> String {
        #"{"eventSource":"\#(source)","eventName":"aws:kinesis:record","kinesis":\#(kinesis)}"#
    }

    @Test func `each record has its number and its data as they came`() throws {
        let event = try Self.event(
            "{\"Records\":[\(Self.record(#"{"sequenceNumber":"49","data":"e30="}"#)),"
                + "\(Self.record(#"{"sequenceNumber":"50","data":null}"#))]}")
        #expect(event.records.map(\.sequenceNumber.text) == ["49", "50"])
        #expect(event.records.map(\.data) == ["e30=", ""])
    }

    @Test(arguments: [
        "{}", "[]", #"{"Records":[]}"#, #"{"Records":[{"eventSource":"aws:sqs","messageId":"m"}]}"#,
        #"{"Records":[{"eventSource":"aws:kinesis","kinesis":{"data":"e30="}}]}"#,
        #"{"Records":[{"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":7,"data":"e30="}}]}"#,
        #"{"Records":[{"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"1"}},{"eventSource":"aws:s3"}]}"#,
    ])
    func `anything else is no batch, and so is one whose failure could not be named`(text: String) {
        #expect(throws: InvalidInput.self) { try Self.event(text) }
    }

    @Test(arguments: [
        ("9", "10"), ("099", "100"),
        (
            "49590338271490256608559692538361571095921575989136588898",
            "49590338271490256608559692538361571095921575989136588899"
        ),
    ])
    func `numbers are compared as numbers, of whatever length`(lower: String, higher: String) {
        #expect(KinesisEvent.SequenceNumber(lower) < KinesisEvent.SequenceNumber(higher))
        #expect(!(KinesisEvent.SequenceNumber(higher) < KinesisEvent.SequenceNumber(lower)))
    }

    @Test func `a response names one record, or none`() throws {
        let one = try JSONEncoder().encode(KinesisBatchResponse(from: KinesisEvent.SequenceNumber("49")))
        #expect(String(decoding: one, as: UTF8.self) == #"{"batchItemFailures":[{"itemIdentifier":"49"}]}"#)
        let none = try JSONEncoder().encode(KinesisBatchResponse(from: nil))
        #expect(String(decoding: none, as: UTF8.self) == #"{"batchItemFailures":[]}"#)
    }
}
