import AWS
import Encoding
import JSON
package import Timeline

/// The messages that queues take and the records that streams take, one event each, however many a request brings.
extension OutboundExchange {
    /// The message or record of a queue or a stream.
    package struct Message: Sendable {
        package var channel: TimelineEvent.Channel
        /// The queue's or the stream's name.
        package var name: String
        package var body: [UInt8]
        /// The message's id, or the record's sequence number.
        package var id: String?
        /// The key that chooses a record's shard.
        package var partitionKey: String?
        /// The code of an entry that was not taken, while others of its request were; nil for one that was.
        package var error: String?

        package init(
            _ channel: TimelineEvent.Channel, _ name: String, body: [UInt8], id: String? = nil,
            partitionKey: String? = nil, error: String? = nil
        ) {
            self.channel = channel
            self.name = name
            self.body = body
            self.id = id
            self.partitionKey = partitionKey
            self.error = error
        }

        package var event: TimelineEvent {
            let thing = channel == .stream ? "Record" : "Message"
            return TimelineEvent(
                channel, "message", "\(thing) to \(name)\(error.map { " was not taken: \($0)" } ?? "")",
                outcome: error == nil ? .ok : .refused,
                detail: .members([
                    "name": .string(name), "body": TimelineBody.value(body) ?? "", "id": id.map(JSONValue.string),
                    "partitionKey": partitionKey.map(JSONValue.string), "error": error.map(JSONValue.string),
                ]))
        }
    }

    /// Returns the events of what a request to SQS or Kinesis has brought; none for another request, and for one of
    /// which only the beginning is known.
    func messages(_ aws: NamedAWSRequest) -> [TimelineEvent] {
        let messages: [Message] =
            switch (aws.service, aws.operation) {
            case ("SQS", "SendMessage"):
                aws.input["MessageBody"]?.string.map { body in
                    let id = answer?["MessageId"]?.string ?? xml?.descendant("MessageId")?.text
                    return [Message(.queue, aws.subject, body: Array(body.utf8), id: id)]
                } ?? []
            case ("SQS", "SendMessageBatch"): batch(aws)
            case ("Kinesis", "PutRecord"): record(aws.input, answer, aws.subject).map { [$0] } ?? []
            case ("Kinesis", "PutRecords"):
                (aws.input["Records"]?.array ?? []).enumerated().compactMap { place, entry in
                    let results = answer?["Records"]?.array ?? []
                    return record(entry, place < results.count ? results[place] : nil, aws.subject)
                }
            default: []
            }
        return messages.map(\.event)
    }

    /// Returns the entries of "SendMessageBatch" in the Amazon SQS API Reference, of the JSON protocol or the older form.
    private func batch(_ aws: NamedAWSRequest) -> [Message] {
        let entries = aws.input["Entries"]?.array ?? Self.entries(ofForm: aws.input)
        let (taken, failed) = results
        return entries.compactMap { entry in
            guard let body = entry["MessageBody"]?.string else { return nil }
            let id = entry["Id"]?.string ?? ""
            return Message(.queue, aws.subject, body: Array(body.utf8), id: taken[id], error: failed[id])
        }
    }

    /// The message ids and the codes of a batch's entries, by the entries' own ids.
    private var results: (taken: [String: String], failed: [String: String]) {
        if let answer {
            func texts(_ list: String, _ member: String) -> [String: String] {
                (answer[list]?.array ?? []).reduce(into: [:]) { texts, entry in
                    if let id = entry["Id"]?.string { texts[id] = entry[member]?.string }
                }
            }
            return (texts("Successful", "MessageId"), texts("Failed", "Code"))
        }
        let result = xml?["SendMessageBatchResult"]
        func texts(_ list: String, _ member: String) -> [String: String] {
            (result?.children ?? []).filter { $0.name == list }.reduce(into: [:]) { texts, entry in
                if let id = entry["Id"]?.text { texts[id] = entry[member]?.text }
            }
        }
        return (texts("SendMessageBatchResultEntry", "MessageId"), texts("BatchResultErrorEntry", "Code"))
    }

    /// Returns the entries of a form: `SendMessageBatchRequestEntry.1.MessageBody`, and so on.
    private static func entries(ofForm form: JSONValue) -> [JSONValue] {
        (1...10).map { number in
            let prefix = "SendMessageBatchRequestEntry.\(number)."
            return .members(["Id": form["\(prefix)Id"], "MessageBody": form["\(prefix)MessageBody"]])
        }
    }

    private func record(_ entry: JSONValue, _ result: JSONValue?, _ stream: String) -> Message? {
        guard let data = entry["Data"]?.string else { return nil }
        return Message(
            .stream, stream, body: Base64.decode(data) ?? Array(data.utf8), id: result?["SequenceNumber"]?.string,
            partitionKey: entry["PartitionKey"]?.string, error: result?["ErrorCode"]?.string)
    }
}
