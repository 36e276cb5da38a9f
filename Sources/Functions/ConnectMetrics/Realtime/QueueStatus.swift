import AWS
import Encoding
import Salesforce

/// A queue as it is: a row of `Queue_Status__c`.
struct QueueStatus: Sendable {
    static let object: APIName = "Queue_Status__c"
    static let key: APIName = "Queue_Id__c"

    /// The fields with their metrics; ages are in seconds, since they are grouped.
    static let fields: [(field: APIName, metric: CurrentMetric)] = [
        ("Agents_Online__c", CurrentMetric("AGENTS_ONLINE")),
        ("Agents_Available__c", CurrentMetric("AGENTS_AVAILABLE")),
        ("Agents_On_Contact__c", CurrentMetric("AGENTS_ON_CONTACT")),
        ("Agents_After_Call_Work__c", CurrentMetric("AGENTS_AFTER_CONTACT_WORK")),
        ("Contacts_In_Queue__c", CurrentMetric("CONTACTS_IN_QUEUE")),
        ("Contacts_Scheduled__c", CurrentMetric("CONTACTS_SCHEDULED")),
        ("Oldest_Contact_Seconds__c", CurrentMetric("OLDEST_CONTACT_AGE", .seconds)),
        ("Slots_Available__c", CurrentMetric("SLOTS_AVAILABLE")),
    ]
    static let metrics = fields.map(\.metric)

    let queue: ConnectSummary
    /// In the order of `fields`.
    let values: [Double]

    /// - Parameter values: Those of Connect; none at all, and one that is missing, count as zeros.
    init(_ queue: ConnectSummary, _ values: [Double?]?) {
        self.queue = queue
        self.values = Self.fields.indices.map { place in
            values.flatMap { place < $0.count ? $0[place] : nil } ?? 0
        }
    }

    /// The row's text for comparison: what it shows, without its time.
    var content: String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for value in values {
            if let whole = Int(exactly: value), whole >= 0 {
                text.append(decimal: whole)
            } else {
                text.append(text: String(value))
            }
            text.append(UInt8(ascii: ","))
        }
        for byte in queue.name.utf8 {
            // A line's end ends an entry.
            switch byte {
            case UInt8(ascii: "\n"): text.append(text: "\\n")
            case UInt8(ascii: "\\"): text.append(text: "\\\\")
            default: text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns the row at the time of the data.
    func row(asOf time: UTCTime) -> RowUpserter.Row {
        var fields: [APIName: FieldValue] = [
            Self.key: .string(queue.id), "Name": .string(queue.title.prefix(utf16Units: 80)),
            "As_Of__c": .string(time.extended),
        ]
        for (place, field) in Self.fields.enumerated() { fields[field.field] = .metric(values[place]) }
        return RowUpserter.Row(key: queue.id, fields: fields)
    }
}

extension FieldValue {
    /// The value of a metric, as Connect gives it.
    static func metric(_ value: Double) -> FieldValue {
        Int(exactly: value).map(FieldValue.integer) ?? .number(value)
    }
}
