/// The response to a batch of messages: those named come again, the others are done with.
///
/// Lambda reads it where the event source mapping has `ReportBatchItemFailures`. "Handling errors for an SQS event
/// source in Lambda" in the AWS Lambda Developer Guide.
package struct SQSBatchResponse: Sendable, Equatable, Encodable {
    package struct Failure: Sendable, Equatable, Encodable {
        package let itemIdentifier: String
    }

    package let batchItemFailures: [Failure]

    package init(failed messages: [SQSEvent.Message]) {
        batchItemFailures = messages.map { Failure(itemIdentifier: $0.id) }
    }
}
