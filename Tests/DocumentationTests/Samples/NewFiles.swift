import JSON
import LambdaRuntime
import Logging
import AWSEvents
import Settings

/// New objects of a bucket, by way of an SQS queue.
struct NewFiles: RawLambdaFunction {
    init(environment: Environment) throws {}

    func handle(_ event: [UInt8], context: LambdaContext) async throws -> RawResponse {
        guard let queue = SQSEvent(try JSONValue(parsing: event)) else {
            throw FunctionError(.invalidRequest, "The event is not a batch of SQS messages.")
        }
        var failed: [SQSEvent.Message] = []
        for message in queue.messages {
            if let body = try? JSONValue(parsing: Array(message.body.utf8)), let objects = S3Event(body) {
                context.logger.info("\(objects.created.count) new objects")
            } else {
                failed.append(message)
            }
        }
        return try .json(SQSBatchResponse(failed: failed))
    }
}
