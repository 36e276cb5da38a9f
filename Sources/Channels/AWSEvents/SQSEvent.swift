package import JSON

/// A batch of messages from Amazon SQS.
///
/// "Using Lambda with Amazon SQS" in the AWS Lambda Developer Guide.
package struct SQSEvent: Sendable, Equatable {
    package struct Message: Sendable, Equatable {
        /// `messageId`, by which a failure is reported.
        package let id: String
        package let body: String
    }

    package let messages: [Message]

    /// Returns nil when the event is not a batch of messages, or a message has no id by which to report it.
    package init?(_ json: JSONValue) {
        guard let records = json["Records"]?.array, !records.isEmpty,
            records.allSatisfy({ $0["eventSource"]?.string == "aws:sqs" })
        else { return nil }
        messages = records.compactMap { record in
            guard let id = record["messageId"]?.string, !id.isEmpty else { return nil }
            // Treat a missing or non-string body as empty.
            return Message(id: id, body: record["body"]?.string ?? "")
        }
        if messages.count != records.count { return nil }
    }
}
