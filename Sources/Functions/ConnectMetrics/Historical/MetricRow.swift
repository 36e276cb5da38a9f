import AWS
import Encoding
import Salesforce

/// The metrics of a queue, by channel, or of an agent in an interval: a row of `Contact_Metric__c`.
struct MetricRow: Sendable {
    static let object: APIName = "Contact_Metric__c"
    static let key: APIName = "Key__c"

    enum Kind: String, Sendable {
        case queue, agent
    }

    /// The fields of a kind with their metrics.
    typealias Fields = [(field: APIName, metric: HistoricalMetric)]

    let kind: Kind
    /// The queue's name and id, or the agent's.
    let subject: ConnectSummary
    /// The channel of a queue; nil of an agent.
    let channel: String?
    /// In seconds since 1970.
    let start: Int
    let end: Int
    /// In the order of the kind's fields.
    let values: [Double?]

    /// `queue|<queue id>|<channel>|<start>` or `agent|<agent id>|<start>`.
    var text: String {
        let parts = [kind.rawValue, subject.id] + (channel.map { [$0] } ?? []) + [Self.text(of: start)]
        return parts.joined(separator: "|")
    }

    /// Returns the row with the fields of its kind; a value that Connect does not have is left out.
    func row(_ fields: Fields) -> RowUpserter.Row {
        let key = text
        let name = FieldValue.string(subject.name.prefix(utf16Units: 255))
        var all: [APIName: FieldValue] = [
            Self.key: .string(key), "Name": .string(subject.title.prefix(utf16Units: 80)),
            "Kind__c": .string(kind.rawValue),
            "Interval_Start__c": .string(Self.text(of: start)), "Interval_End__c": .string(Self.text(of: end)),
        ]
        switch kind {
        case .queue:
            (all["Queue_Id__c"], all["Queue__c"]) = (.string(subject.id), name)
            if let channel { all["Channel__c"] = .string(channel) }
        case .agent:
            (all["Agent_Id__c"], all["Agent_Username__c"]) = (.string(subject.id), name)
        }
        for (place, field) in fields.enumerated() where place < values.count {
            if let value = values[place] { all[field.field] = .metric(value) }
        }
        return RowUpserter.Row(key: key, fields: all)
    }

    /// Returns a time as `2026-11-22T10:15:00Z`.
    static func text(of time: Int) -> String {
        String(UTCTime(secondsSinceEpoch: time).extended.prefix(19)) + "Z"
    }

    /// The fields of queues.
    ///
    /// - Parameter seconds: Those within which a contact is answered in time.
    static func ofQueues(within seconds: Int) -> Fields {
        [
            ("Contacts_Queued__c", HistoricalMetric("CONTACTS_QUEUED")),
            ("Contacts_Handled__c", HistoricalMetric("CONTACTS_HANDLED")),
            ("Contacts_Abandoned__c", HistoricalMetric("CONTACTS_ABANDONED")),
            ("Contacts_Transferred_Out__c", HistoricalMetric("CONTACTS_TRANSFERRED_OUT")),
            ("Contacts_In_Service_Level__c", HistoricalMetric("SUM_CONTACTS_ANSWERED_IN_X", secondsBelow: seconds)),
            ("Service_Level__c", HistoricalMetric("SERVICE_LEVEL", secondsBelow: seconds)),
            ("Abandonment_Rate__c", HistoricalMetric("ABANDONMENT_RATE")),
            ("Average_Answer_Seconds__c", HistoricalMetric("AVG_QUEUE_ANSWER_TIME")),
            ("Average_Abandon_Seconds__c", HistoricalMetric("AVG_ABANDON_TIME")),
            ("Average_Handle_Seconds__c", HistoricalMetric("AVG_HANDLE_TIME")),
            ("Average_Hold_Seconds__c", HistoricalMetric("AVG_HOLD_TIME")),
            ("Average_After_Call_Seconds__c", HistoricalMetric("AVG_AFTER_CONTACT_WORK_TIME")),
            ("Longest_Queued_Seconds__c", HistoricalMetric("MAX_QUEUED_TIME")),
            ("Handle_Seconds__c", HistoricalMetric("SUM_HANDLE_TIME")),
        ]
    }

    /// The fields of agents.
    static var ofAgents: Fields {
        [
            ("Contacts_Handled__c", HistoricalMetric("CONTACTS_HANDLED")),
            ("Average_Handle_Seconds__c", HistoricalMetric("AVG_HANDLE_TIME")),
            ("Handle_Seconds__c", HistoricalMetric("SUM_HANDLE_TIME")),
            ("After_Call_Seconds__c", HistoricalMetric("SUM_AFTER_CONTACT_WORK_TIME")),
            ("Missed_Contacts__c", HistoricalMetric("AGENT_NON_RESPONSE")),
            ("Answer_Rate__c", HistoricalMetric("AGENT_ANSWER_RATE")),
            ("Occupancy__c", HistoricalMetric("AGENT_OCCUPANCY")),
            ("Online_Seconds__c", HistoricalMetric("SUM_ONLINE_TIME_AGENT")),
            ("Idle_Seconds__c", HistoricalMetric("SUM_IDLE_TIME_AGENT")),
            ("Non_Productive_Seconds__c", HistoricalMetric("SUM_NON_PRODUCTIVE_TIME_AGENT")),
        ]
    }
}
