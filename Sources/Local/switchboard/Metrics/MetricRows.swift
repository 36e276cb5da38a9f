import JSON

/// The rows of ConnectMetrics in Salesforce, which reports are made of.
///
/// A stand-in that has rows of its own gives them here, as records by object.
struct MetricRows {
    /// A record's fields by their names, without null ones.
    typealias Record = [String: JSONValue]

    static let objects = ["Queue_Status__c", "Contact_Metric__c"]
    /// The rows of the picture in docs/metrics.md.
    static let sample = "docs/pictures/contact-center.json"

    /// The records by object, in the order in which they were given.
    let records: [String: [Record]]

    init(_ records: [String: [Record]]) {
        self.records = records
    }

    /// Reads a file of rows, or the state of the local Salesforce; refuses one that has neither object.
    init(_ json: JSONValue, named name: String) throws(Refusal) {
        let all = (json["records"] ?? json).object ?? [:]
        guard Self.objects.contains(where: { all[$0] != nil }) else {
            throw Refusal(
                "\(name) has no \(Self.objects.joined(separator: " and no ")): give a list of records for each.")
        }
        var records: [String: [Record]] = [:]
        for object in Self.objects {
            var list: [Record] = []
            for element in all[object]?.array ?? [] {
                guard let record = element.object else {
                    throw Refusal(
                        "\(name) has a \(object) that is not an object: give each record's fields by their names.")
                }
                list.append(record.filter { $0.value != .null })
            }
            records[object] = list
        }
        self.init(records)
    }

    /// The latest time among the rows: reports look back from it. Empty without rows.
    var latest: String {
        let times = records.values.joined().flatMap { record in
            ["As_Of__c", "Interval_End__c"].compactMap { record[$0]?.string }
        }
        return times.max() ?? ""
    }
}
