import JSON

/// Rows of ConnectMetrics in the CRM as a person reads them: the columns are those of the reports on them, by the names
/// that people see.
struct BoardTable {
    /// The most rows that are shown.
    static let limit = 100

    /// A column of a report, or a figure that the report works out.
    private struct Column {
        let label: String
        /// The field's name in the API; nil for a figure that is worked out.
        let field: String?
        let text: (MetricRows.Record) throws(Refusal) -> String
    }

    /// The kinds of rows.
    enum Kind: CaseIterable {
        case now, queues, agents

        var title: String {
            switch self {
            case .now: "Queues as they are"
            case .queues: "Queues by interval"
            case .agents: "Agents by interval"
            }
        }

        /// The reports with its columns, in the folder Contact Center.
        fileprivate var reports: [String] {
            switch self {
            case .now: ["Queues_Now"]
            case .queues: ["Service_Today", "Handle_Time_by_Queue"]
            case .agents: ["Agent_Occupancy"]
            }
        }

        /// The columns before those of the reports, which have them as time frames and groups.
        fileprivate var first: [String] {
            switch self {
            case .now: []
            case .queues: ["Interval_Start__c", "Queue__c", "Channel__c"]
            case .agents: ["Interval_Start__c", "Agent_Username__c"]
            }
        }

        /// The field with the time that the newest rows are known by.
        fileprivate var time: String { self == .now ? "As_Of__c" : "Interval_Start__c" }

        /// True for the rows that it has.
        fileprivate func includes(_ record: MetricRows.Record) -> Bool {
            switch self {
            case .now: true
            case .queues: record["Kind__c"]?.string == "queue"
            case .agents: record["Kind__c"]?.string == "agent"
            }
        }
    }

    let kind: Kind
    let object: String
    private let titles: [String]
    private let columns: [Column]

    /// Reads the reports and the fields' labels; refuses a file that cannot be read.
    init(_ kind: Kind, in folder: SalesforceFolder) throws(Refusal) {
        self.kind = kind
        var reports: [SalesforceReport] = []
        for name in kind.reports { reports.append(try folder.report("Contact_Metrics/\(name)")) }
        object = reports.first?.object ?? ""
        titles = reports.map(\.title)
        var columns: [Column] = []
        var known: Set<String> = []
        for column in kind.first + reports.flatMap(\.columns) {
            let field = SalesforceReport.field(column)
            guard known.insert(field).inserted else { continue }
            columns.append(
                Column(label: try folder.label(of: column, in: object), field: field) { Self.text($0[field]) })
        }
        for report in reports {
            for formula in report.formulas where known.insert(formula.label).inserted {
                columns.append(
                    Column(label: formula.label, field: nil) { record throws(Refusal) in
                        let measure = SalesforceReport.Measure(aggregate: nil, column: formula.name)
                        let value = try report.value(measure, of: [record])
                        guard formula.isPercent else { return DecimalText.of(value, places: formula.places) }
                        return DecimalText.of(value * 100, places: formula.places) + " %"
                    })
            }
        }
        self.columns = columns
    }

    /// Returns the table of an object's records, the newest first, and how many there are in all.
    ///
    /// - Parameter now: The time in ISO 8601: what lies after it has not happened, and comes last.
    func json(_ records: [MetricRows.Record], now: String) throws(Refusal) -> JSONValue {
        let own = records.filter(kind.includes)
        let isLater = { (record: MetricRows.Record) in Self.time(record, kind) > now.prefix(19) }
        let sorted = own.enumerated().sorted { one, two in
            let (first, second) = (isLater(one.element), isLater(two.element))
            if first != second { return second }
            let times = (Self.time(one.element, kind), Self.time(two.element, kind))
            return times.0 == times.1 ? one.offset < two.offset : times.0 > times.1
        }
        var rows: [JSONValue] = []
        for (_, record) in sorted.prefix(Self.limit) {
            var cells: [JSONValue] = []
            for column in columns { cells.append(.string(try column.text(record))) }
            rows.append(.array(cells))
        }
        return [
            "title": .string(kind.title), "object": .string(object), "count": .number(own.count),
            "reports": .array(titles.map(JSONValue.string)), "rows": .array(rows),
            "columns": .array(
                columns.map { .members(["label": .string($0.label), "field": $0.field.map(JSONValue.string)]) }),
        ]
    }

    private static func time(_ record: MetricRows.Record, _ kind: Kind) -> Substring {
        (record[kind.time]?.string ?? "").prefix(19)
    }

    /// Returns a value as people read it: a time in UTC to the second, a number without a fraction of zero.
    private static func text(_ value: JSONValue?) -> String {
        if let number = SalesforceReport.number(value) { return DecimalText.short(number) }
        let text = value?.scalarText ?? ""
        return text.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*/#) == nil
            ? text : String(text.prefix(19)).replacing("T", with: " ")
    }
}
