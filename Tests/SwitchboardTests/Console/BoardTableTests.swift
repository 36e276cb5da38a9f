import JSON
import TestSupport
import Testing

@testable import switchboard

/// The rows of ConnectMetrics as the console's board shows them.
struct BoardTableTests {
    private static let folder = SalesforceFolder(of: Project(root: TestProcess.root))
    private static let now = "2026-11-30T01:00:00.000Z"

    private static func row(
        _ kind: String, _ start: String, _ fields: [String: JSONValue] = [:]
    ) -> MetricRows.Record {
        ["Kind__c": .string(kind), "Interval_Start__c": .string(start)].merging(fields) { $1 }
    }

    private static func column(_ label: String, of table: JSONValue) throws -> [String] {
        let labels = table["columns"]?.array?.compactMap { $0["label"]?.string } ?? []
        let place = try #require(labels.firstIndex(of: label), "\(labels)")
        return table["rows"]?.array?.compactMap { $0.array?[place].string } ?? []
    }

    @Test func `the columns have the names that the report and its fields have`() throws {
        let now = try BoardTable(.now, in: Self.folder).json([], now: Self.now)
        #expect(now["object"] == "Queue_Status__c" && now["reports"] == ["Queues Now"])
        let labels = now["columns"]?.array?.compactMap { $0["label"]?.string } ?? []
        #expect(labels.prefix(3) == ["Queue", "Contacts in Queue", "Longest Wait (Seconds)"] && labels.last == "As Of")
        #expect(now["columns"]?.array?[1]["field"] == "Contacts_In_Queue__c")
        let queues = try BoardTable(.queues, in: Self.folder).json([], now: Self.now)
        let names = queues["columns"]?.array?.compactMap { $0["label"]?.string } ?? []
        #expect(names.prefix(3) == ["Interval Start", "Queue", "Channel"])
        #expect(names.contains("Service Level") && names.contains("Handle (Seconds)"))
        #expect(Set(names).count == names.count)
    }

    @Test func `the newest rows come first, those of a time to come last, and of many there are a hundred`() throws {
        let times = ["2026-11-29T08:00:00.000+0000", "2099-01-01T00:00:00.000+0000", "2026-11-29T09:15:00.000+0000"]
        let some = times.map { Self.row("queue", $0) } + [Self.row("agent", "2026-11-29T10:00:00.000+0000")]
        let table = try BoardTable(.queues, in: Self.folder).json(some, now: Self.now)
        let starts = try Self.column("Interval Start", of: table)
        #expect(starts == ["2026-11-29 09:15:00", "2026-11-29 08:00:00", "2099-01-01 00:00:00"])
        #expect(table["count"] == 3)
        let many = (0..<250).map { Self.row("agent", "2026-11-\(10 + $0 % 20)T10:00:00Z") }
        let agents = try BoardTable(.agents, in: Self.folder).json(many, now: Self.now)
        #expect(agents["rows"]?.array?.count == 100 && agents["count"] == 250)
        #expect(try Self.column("Interval Start", of: agents).first == "2026-11-29 10:00:00")
    }

    @Test func `figures that a report works out are worked out for each row`() throws {
        let row = Self.row(
            "queue", "2026-11-29T08:00:00Z",
            [
                "Queue__c": "Sales", "Contacts_Queued__c": .number("8.0"), "Contacts_In_Service_Level__c": .number(6),
                "Contacts_Abandoned__c": .null,
            ])
        let table = try BoardTable(.queues, in: Self.folder).json([row], now: Self.now)
        #expect(try Self.column("Service Level", of: table) == ["75.0 %"])
        #expect(try Self.column("Contacts Queued", of: table) == ["8"])
        #expect(try Self.column("Contacts Abandoned", of: table) == [""])
    }

    @Test func `where the function is not built, the command that builds it is said`() throws {
        let project = try TemporaryProject()
        let absence = try #require(ConsoleBoard(project: Project(root: project.root)).absence)
        #expect(absence["isAvailable"] == false && absence["command"] == "./build.sh ConnectMetrics")
        #expect(absence["reason"]?.string?.contains("is not built") == true)
    }
}
