import Calling

/// Amazon SQS: messages into one queue.
package struct SQSClient: Sendable {
    /// The most bytes that a message may have, 1 MiB.
    package static let largestMessage = 1_048_576

    private let client: AWSClient
    private let queue: QueueURL

    package init(_ client: AWSClient, queue: QueueURL) {
        self.client = client
        self.queue = queue
        client.expect(Self.endpoint(of: queue, client.configuration))
    }

    /// Sends a text of at most `largestMessage` bytes and returns its MessageId.
    ///
    /// It is sent again when the outcome is unknown, since a queue may deliver any message twice. "SendMessage" in the
    /// Amazon SQS API Reference.
    package nonisolated(nonsending) func sendMessage(
        _ text: String, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> String {
        let action = "SendMessage"
        guard (1...Self.largestMessage).contains(text.utf8.count) else {
            throw AWSError(
                service: AWSService.sqs.name, action: action, outcome: .notSent,
                detail: "a message has 1 to \(Self.largestMessage) bytes")
        }
        var request = AWSRequest.target(
            .sqs, prefix: "AmazonSQS", action: action, version: "1.0",
            body: try jsonBody(of: Input(queue: queue.text, text: text), for: .sqs, action), repetition: .idempotent)
        request.endpoint = Self.endpoint(of: queue, client.configuration)
        return try await client.json(request, as: MessageIdentifier.self, deadline: deadline).messageID
    }

    /// Returns the endpoint that the environment chooses, else the host of the queue's URL.
    private static func endpoint(of queue: QueueURL, _ configuration: AWSConfiguration) -> Endpoint {
        configuration.hasCustomEndpoint(for: .sqs) ? configuration.endpoint(for: .sqs) : queue.endpoint
    }

    private struct Input: Encodable {
        let queue: String
        let text: String

        enum CodingKeys: String, CodingKey {
            case queue = "QueueUrl"
            case text = "MessageBody"
        }
    }
}
