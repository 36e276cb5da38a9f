import Encoding
package import JSON

/// An event of S3, sent by a notification of its own or through EventBridge, also by way of SNS: the objects that were
/// created.
///
/// Events of other kinds, such as removals and `s3:TestEvent`, contain no created object. Copies and completed
/// multipart uploads are creations like any other. Both kinds are delivered at least once and in any order. "Event
/// message structure" and "EventBridge event message structure" in the Amazon S3 User Guide.
package struct S3Event: Sendable, Equatable {
    package var created: [ObjectCreation] = []
    /// The number of entries that name neither an event nor an object, and of SNS's messages that hold no event of S3.
    package var unreadableCount = 0

    /// Parses an event, the message of a queue with SNS's envelope or without, or what SNS gives to Lambda itself.
    ///
    /// Nil when it is none of these. Of several messages in one event of SNS's those that are none are counted.
    package init?(_ json: JSONValue) {
        if let notification = SNSNotification(envelope: json) {
            self.init(notification)
        } else if let notifications = SNSNotification.all(in: json) {
            let events = notifications.map { S3Event($0) }
            self.init(
                created: events.flatMap { $0?.created ?? [] },
                unreadableCount: events.reduce(0) { $0 + ($1?.unreadableCount ?? 1) })
        } else {
            self.init(direct: json)
        }
    }

    private init(created: [ObjectCreation], unreadableCount: Int) {
        self.created = created
        self.unreadableCount = unreadableCount
    }

    private init?(_ notification: SNSNotification) {
        guard let json = try? JSONValue(parsing: Array(notification.message.utf8)) else { return nil }
        self.init(direct: json)
    }

    /// Parses what S3 or EventBridge sends by itself.
    private init?(direct json: JSONValue) {
        if json["Event"]?.string == "s3:TestEvent" { return }
        if json["source"]?.string == "aws.s3", let type = json["detail-type"]?.string {
            add(type == "Object Created", json["detail"] ?? .null, key: \.self)
            return
        }
        guard let records = json["Records"]?.array, !records.isEmpty,
            records.allSatisfy({ $0["eventSource"]?.string == "aws:s3" })
        else { return nil }
        for record in records {
            let isCreation = record["eventName"]?.string.map { name in
                name.hasPrefix("ObjectCreated:") || name.hasPrefix("s3:ObjectCreated:")
            }
            add(isCreation, record["s3"] ?? .null) { PercentEncoding.decode($0, plusIsSpace: true) }
        }
    }

    /// Adds one entry's object: both kinds have `bucket.name` and `object.key`.
    private mutating func add(_ isCreation: Bool?, _ entry: JSONValue, key: (String) -> String) {
        if isCreation == false { return }
        guard isCreation != nil, let bucket = entry["bucket"]?["name"]?.string, !bucket.isEmpty,
            let key = entry["object"]?["key"]?.string.map(key), !key.isEmpty
        else {
            unreadableCount += 1
            return
        }
        created.append(ObjectCreation(bucket: bucket, key: key))
    }
}
