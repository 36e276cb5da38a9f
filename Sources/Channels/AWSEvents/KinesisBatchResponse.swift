/// The response to a batch of a stream: the record named, and every later one of its shard, come again.
///
/// Lambda reads it where the event source mapping has `ReportBatchItemFailures`, and takes the lowest number for the
/// place to go on at. "Configuring partial batch response with Kinesis Data Streams and Lambda" in the AWS Lambda
/// Developer Guide.
package struct KinesisBatchResponse: Sendable, Equatable, Encodable {
    package struct Failure: Sendable, Equatable, Encodable {
        package let itemIdentifier: String
    }

    /// Empty when all records are done with; one at most.
    package let batchItemFailures: [Failure]

    /// - Parameter first: The lowest number of a record that must come again; nil when there is none.
    package init(from first: KinesisEvent.SequenceNumber?) {
        batchItemFailures = first.map { [Failure(itemIdentifier: $0.text)] } ?? []
    }
}
