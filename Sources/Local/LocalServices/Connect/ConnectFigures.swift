import JSON

/// The sums that metrics are worked out from.
package struct ConnectFigures: Sendable {
    package var contacts: [LocalContact] = []
    private var online = 0
    private var nonProductive = 0
    private var busy = 0
    private var missed = 0

    package init() {}

    package mutating func add(_ time: ContactTraffic.AgentTime) {
        contacts += time.contacts
        online += time.online
        nonProductive += time.nonProductive
        busy += time.busy
        missed += time.missed
    }

    /// False where Connect answers nothing at all.
    var hasData: Bool { !contacts.isEmpty || online > 0 }

    private var handled: [LocalContact] { contacts.filter { !$0.isAbandoned } }
    private var abandoned: [LocalContact] { contacts.filter(\.isAbandoned) }

    /// Returns a metric's value, with its threshold; nil where it cannot be worked out.
    func value(_ metric: JSONValue) -> Double? {
        let threshold = metric["Threshold"]?.array?.first
        return value(
            metric["Name"]?.string ?? "", below: threshold?["ThresholdValue"]?.int ?? 0,
            orEqual: threshold?["Comparison"]?.string == "LTE")
    }

    /// Returns a metric's value; nil where it cannot be worked out.
    package func value(_ name: String, below seconds: Int = 0, orEqual: Bool = false) -> Double? {
        let inTime = handled.count { orEqual ? $0.wait <= seconds : $0.wait < seconds }
        switch name {
        case "CONTACTS_QUEUED": return Double(contacts.count)
        case "CONTACTS_HANDLED": return Double(handled.count)
        case "CONTACTS_ABANDONED": return Double(abandoned.count)
        case "CONTACTS_TRANSFERRED_OUT": return Double(contacts.count(where: \.isTransferred))
        case "SUM_CONTACTS_ANSWERED_IN_X": return Double(inTime)
        case "SERVICE_LEVEL": return Self.percent(inTime, of: contacts.count)
        case "ABANDONMENT_RATE": return Self.percent(abandoned.count, of: contacts.count)
        case "AVG_QUEUE_ANSWER_TIME": return Self.average(handled.map(\.wait))
        case "AVG_ABANDON_TIME": return Self.average(abandoned.map(\.wait))
        case "AVG_HANDLE_TIME": return Self.average(handled.map(\.handle))
        case "AVG_HOLD_TIME": return Self.average(handled.map(\.hold))
        case "AVG_AFTER_CONTACT_WORK_TIME": return Self.average(handled.map(\.work))
        case "MAX_QUEUED_TIME": return contacts.map(\.wait).max().map(Double.init)
        case "SUM_HANDLE_TIME": return Double(handled.reduce(0) { $0 + $1.handle })
        case "SUM_AFTER_CONTACT_WORK_TIME": return Double(handled.reduce(0) { $0 + $1.work })
        case "AGENT_NON_RESPONSE": return Double(missed)
        case "AGENT_ANSWER_RATE": return Self.percent(handled.count, of: handled.count + missed)
        case "AGENT_OCCUPANCY": return Self.percent(busy, of: online - nonProductive)
        case "SUM_ONLINE_TIME_AGENT": return Double(online)
        case "SUM_IDLE_TIME_AGENT": return Double(online - nonProductive - busy)
        case "SUM_NON_PRODUCTIVE_TIME_AGENT": return Double(nonProductive)
        default: return nil
        }
    }

    private static func percent(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? (Double(part) / Double(whole) * 10_000).rounded() / 100 : nil
    }

    private static func average(_ values: [Int]) -> Double? {
        values.isEmpty ? nil : (Double(values.reduce(0, +)) / Double(values.count) * 100).rounded() / 100
    }
}
