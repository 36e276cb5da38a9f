import JSON
import TestSupport
import Testing

@testable import switchboard

/// The figures of reports, as the command computes them from rows.
struct ReportTests {
    private static let folder = SalesforceFolder(of: Project(root: TestProcess.root))
    private static let rate = SalesforceReport.Measure(aggregate: nil, column: "FORMULA1")

    private static func row(
        _ queue: String, _ start: String, _ queued: Int, _ inTime: Int, kind: String = "queue"
    ) -> MetricRows.Record {
        [
            "Queue__c": .string(queue), "Interval_Start__c": .string(start), "Kind__c": .string(kind),
            "Interval_End__c": .string(start), "Contacts_Queued__c": .number(queued),
            "Contacts_In_Service_Level__c": .number(inTime),
        ]
    }

    @Test func `a total divides sums, and is no average of averages`() throws {
        let report = try Self.folder.report("Contact_Metrics/Service_Level_by_Queue_and_Day")
        let rows = MetricRows([
            "Contact_Metric__c": [
                Self.row("Billing", "2026-11-27T08:00:00Z", 1, 1), Self.row("Billing", "2026-11-27T08:15:00Z", 80, 40),
                Self.row("Orders", "2026-11-27T08:15:00Z", 10, 5),
                Self.row("amara", "2026-11-27T08:15:00Z", 99, 99, kind: "agent"),
                Self.row("Billing", "2026-10-27T08:15:00Z", 1_000, 0),
            ]
        ])
        let records = try report.records(of: rows)
        #expect(records.count == 3, "agents' rows and those of more than 30 days are others'")
        let groups = report.groups(of: records, by: "Contact_Metric__c.Queue__c")
        #expect(groups.map(\.label) == ["Billing", "Orders"])
        let values = try groups.map { try report.value(Self.rate, of: $0.records) }
        #expect(values == [41.0 / 81, 0.5])
        #expect(try report.value(Self.rate, of: records) == 46.0 / 91)
        let days = report.groups(of: records, by: "Contact_Metric__c.Interval_Start__c")
        #expect(days.map(\.label) == ["2026-11-27"])
        // Nobody waited.
        #expect(try report.value(Self.rate, of: []) == 1)
    }

    @Test func `occupancy is the time that is neither idle nor in a status of one's own`() throws {
        let report = try Self.folder.report("Contact_Metrics/Agent_Occupancy")
        let record: MetricRows.Record = [
            "Online_Seconds__c": .number(3_600), "Idle_Seconds__c": .number(600),
            "Non_Productive_Seconds__c": .number(1_200),
        ]
        #expect(try report.value(Self.rate, of: [record]) == 0.75)
        #expect(try report.value(Self.rate, of: [record, [:]]) == 0.75, "a value that is missing adds nothing")
        #expect(
            try report.value(.init(aggregate: "Sum", column: "Contact_Metric__c.Idle_Seconds__c"), of: [record]) == 600)
        #expect(try report.value(.init(aggregate: nil, column: "RowCount"), of: [record, record]) == 2)
        #expect(throws: Refusal.self) { try report.value(.init(aggregate: nil, column: "FORMULA9"), of: [record]) }
    }

    @Test func `the queues now are those of today, the longest wait first, and no more than the report shows`() throws {
        let report = try Self.folder.report("Contact_Metrics/Queues_Now")
        let queues = (1...120).map { number -> MetricRows.Record in
            [
                "Name": .string("Q\(number)"), "Oldest_Contact_Seconds__c": .number(number),
                "As_Of__c": .string("2026-11-27T08:00:00Z"),
            ]
        }
        let gone: MetricRows.Record = [
            "Name": .string("Gone"), "Oldest_Contact_Seconds__c": .number(999),
            "As_Of__c": .string("2026-11-26T23:59:00Z"),
        ]
        let records = try report.records(of: MetricRows(["Queue_Status__c": [gone] + queues]))
        #expect(records.count == 100 && records.first?["Name"]?.string == "Q120")
    }

    @Test(arguments: [
        ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("8 / 4 / 2", 1), ("A__c:SUM / B__c:SUM", 2),
        ("IF(B__c:SUM = 0, 1, A__c:SUM / B__c:SUM)", 2), ("IF(1 > 2, 10, IF(1 < 2, 20, 30))", 20), ("1 / 0", 0),
        ("RowCount", 4), ("A__c:MAX - B__c:MIN", 5), (" 2.5 ", 2.5),
    ])
    func `a formula is evaluated by the rules of arithmetic`(_ text: String, _ value: Double) throws {
        let formula = try ReportFormula(parsing: text, of: "a report")
        #expect(formula.value(rows: 4) { column, _ in column == "A__c" ? 10 : 5 } == value)
    }

    @Test(arguments: [
        "", "1 +", "A__c", "A__c:MEDIAN", "PREVGROUPVAL(A__c:SUM, B)", "(1", "1 2", "IF(1, 2)", "1 = = 2",
    ])
    func `a formula that is not understood is refused, and not guessed`(_ text: String) {
        #expect { try ReportFormula(parsing: text, of: "Sales") } throws: { "\($0)".hasPrefix("Sales: the formula ") }
    }

    @Test func `numbers are the same texts everywhere`() {
        #expect(DecimalText.of(0.125, places: 2) == "0.13" && DecimalText.of(-0.04, places: 1) == "0.0")
        #expect(DecimalText.of(99.96, places: 1) == "100.0" && DecimalText.of(-2.5, places: 0) == "-3")
        #expect(DecimalText.of(.infinity, places: 0) == "–")
        #expect(
            DecimalText.short(12.5) == "12.5" && DecimalText.short(100) == "100" && DecimalText.short(0.07) == "0.07")
        #expect(
            [0, 0.07, 0.9, 1, 1.1, 138, 400, 9_999].map(DecimalText.ceiling) == [1, 0.08, 1, 1, 2, 200, 400, 10_000])
    }
}
