package import JSON

/// A message that Amazon SNS passes on.
///
/// "Fanout to Amazon SQS queues" in the Amazon SNS Developer Guide, "Invoking Lambda functions with Amazon SNS
/// notifications" in the AWS Lambda Developer Guide. With raw message delivery a queue gets the message by itself.
package struct SNSNotification: Sendable, Equatable {
    /// The text that was published; empty for anything but a string.
    package let message: String

    /// Parses the envelope of a message in a queue; nil for raw delivery and for other types, such as
    /// `SubscriptionConfirmation`.
    package init?(envelope json: JSONValue) {
        guard json["Type"]?.string == "Notification", json["Records"] == nil, let message = json["Message"] else {
            return nil
        }
        self.init(message)
    }

    /// Parses an event that SNS gives to Lambda itself, `Records[].Sns`; nil for any other event.
    package static func all(in event: JSONValue) -> [SNSNotification]? {
        guard let records = event["Records"]?.array, !records.isEmpty else { return nil }
        let messages = records.compactMap { $0["Sns"]?["Message"] }
        return messages.count == records.count ? messages.map { SNSNotification($0) } : nil
    }

    private init(_ message: JSONValue) {
        self.message = message.string ?? ""
    }
}
