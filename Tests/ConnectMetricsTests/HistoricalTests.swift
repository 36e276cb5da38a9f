import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

@testable import AWS
@testable import ConnectMetrics

/// The metrics of queues and agents in past intervals.
@Suite(.takingTurns) struct HistoricalTests {
    private static let object = "Contact_Metric__c"
    private static let hour = 3_600
    /// Two queues, of two channels, and an agent, busy at every hour: five rows a quarter.
    private static let busy = ContactTraffic.made(
        queues: 2, channels: ["VOICE", "CHAT"], agents: 1, isAlwaysBusy: true)

    private static func mark(_ fixture: MetricsFixture) -> Int? {
        fixture.item("historical")?["mark"]?.N.flatMap { Int($0) }
    }

    private static func setMark(_ fixture: MetricsFixture, hoursAgo hours: Int) {
        let time = fixture.now - hours * hour
        fixture.aws.put([
            "id": DynamoDBValue(S: "ConnectMetrics#historical#\(ConnectDouble.arn)"),
            "mark": DynamoDBValue(N: "\(time)"),
        ])
    }

    private static func starts(_ fixture: MetricsFixture) -> [Int] {
        let all = fixture.crm.rows(object).values.compactMap { $0["Interval_Start__c"]?.string }
        return Set(all.compactMap { try? Int(Date($0, strategy: .iso8601).timeIntervalSince1970) }).sorted()
    }

    @Test func `a first run writes the last hour, queues and agents together, with every field's metric`() async throws
    {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            fixture.clock.advance(seconds: 200)
            let end = fixture.now - 200
            #expect(try await fixture.run("historical").written == 20)
            #expect(fixture.crm.taken().map(\.rows.count) == [20])
            #expect(Self.starts(fixture) == [end - 3600, end - 2700, end - 1800, end - 900])
            #expect(Self.mark(fixture) == end)

            let queue = Self.busy.queues[0].id
            let start = "2027-01-15T07:30:00Z"
            let row = try #require(fixture.crm.rows(Self.object)["queue|\(queue)|CHAT|\(start)"])
            let quarter = Self.busy.quarter(at: end - 1800)
            var figures = ConnectFigures()
            figures.contacts = quarter.streams[.init(queue: 0, channel: "CHAT")] ?? []
            var expected: [String: JSONValue] = [
                "attributes": ["type": "Contact_Metric__c"], "Key__c": .string("queue|\(queue)|CHAT|\(start)"),
                "Name": "Queue 1", "Queue__c": "Queue 1", "Queue_Id__c": .string(queue), "Channel__c": "CHAT",
                "Kind__c": "queue", "Interval_Start__c": .string(start), "Interval_End__c": "2027-01-15T07:45:00Z",
            ]
            let ofQueues = [
                "Contacts_Queued__c": "CONTACTS_QUEUED", "Contacts_Handled__c": "CONTACTS_HANDLED",
                "Contacts_Abandoned__c": "CONTACTS_ABANDONED",
                "Contacts_Transferred_Out__c": "CONTACTS_TRANSFERRED_OUT",
                "Contacts_In_Service_Level__c": "SUM_CONTACTS_ANSWERED_IN_X", "Service_Level__c": "SERVICE_LEVEL",
                "Abandonment_Rate__c": "ABANDONMENT_RATE", "Average_Answer_Seconds__c": "AVG_QUEUE_ANSWER_TIME",
                "Average_Abandon_Seconds__c": "AVG_ABANDON_TIME", "Average_Handle_Seconds__c": "AVG_HANDLE_TIME",
                "Average_Hold_Seconds__c": "AVG_HOLD_TIME",
                "Average_After_Call_Seconds__c": "AVG_AFTER_CONTACT_WORK_TIME",
                "Longest_Queued_Seconds__c": "MAX_QUEUED_TIME", "Handle_Seconds__c": "SUM_HANDLE_TIME",
            ]
            for (field, metric) in ofQueues { expected[field] = Self.json(figures.value(metric, below: 20)) }
            #expect(row.isSame(as: expected))

            let agent = Self.busy.agents[0]
            let other = try #require(fixture.crm.rows(Self.object)["agent|\(agent.id)|\(start)"])
            var time = ConnectFigures()
            time.add(quarter.agents[0])
            expected = [
                "attributes": ["type": "Contact_Metric__c"], "Key__c": .string("agent|\(agent.id)|\(start)"),
                "Name": "agent1", "Agent_Username__c": "agent1", "Agent_Id__c": .string(agent.id), "Kind__c": "agent",
                "Interval_Start__c": .string(start), "Interval_End__c": "2027-01-15T07:45:00Z",
            ]
            let ofAgents = [
                "Contacts_Handled__c": "CONTACTS_HANDLED", "Average_Handle_Seconds__c": "AVG_HANDLE_TIME",
                "Handle_Seconds__c": "SUM_HANDLE_TIME", "After_Call_Seconds__c": "SUM_AFTER_CONTACT_WORK_TIME",
                "Missed_Contacts__c": "AGENT_NON_RESPONSE", "Answer_Rate__c": "AGENT_ANSWER_RATE",
                "Occupancy__c": "AGENT_OCCUPANCY", "Online_Seconds__c": "SUM_ONLINE_TIME_AGENT",
                "Idle_Seconds__c": "SUM_IDLE_TIME_AGENT", "Non_Productive_Seconds__c": "SUM_NON_PRODUCTIVE_TIME_AGENT",
            ]
            for (field, metric) in ofAgents { expected[field] = Self.json(time.value(metric)) }
            #expect(other.isSame(as: expected))
            let requests = await fixture.connect.centre.requests.map {
                (method: $0.method, path: $0.path, body: $0.body)
            }
            let faults = try ConnectOracle.faults(inRequests: requests)
            #expect(faults.joined().isEmpty, "\(faults)")
        }
    }

    @Test func `a later run writes what is new, and the hour before the mark again`() async throws {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            try await fixture.run("historical")
            let mark = try #require(Self.mark(fixture))
            fixture.clock.advance(seconds: 899)
            #expect(try await fixture.run("historical").rows == 20)
            #expect(Self.mark(fixture) == mark)
            fixture.clock.advance(seconds: 1)
            #expect(try await fixture.run("historical").rows == 25)
            #expect(Self.mark(fixture) == mark + 900 && fixture.crm.rows(Self.object).count == 25)
        }
    }

    @Test(arguments: [(10, 24, 11), (48, 24, 24), (48, 72, 49), (5, 1, 1)])
    func `a run makes up for those that failed, as far back as it may, in blocks of four hours`(
        hoursAgo: Int, limit: Int, hours: Int
    ) async throws {
        try await MetricsFixture.withRunning(
            Self.busy, ["METRICS_BACKFILL_HOURS": "\(limit)"], throttles: false
        ) { (fixture) async throws in
            Self.setMark(fixture, hoursAgo: hoursAgo)
            #expect(try await fixture.run("historical").written == hours * 20)
            #expect(Self.starts(fixture).first == fixture.now - hours * Self.hour && Self.mark(fixture) == fixture.now)
            let spans = await fixture.requests("GetMetricDataV2").compactMap { request -> [Int]? in
                let body = try? JSONValue(parsing: Array(request.body.utf8))
                return [body?["StartTime"]?.int ?? 0, body?["EndTime"]?.int ?? 0]
            }
            #expect(spans.allSatisfy { $0[1] - $0[0] <= 4 * Self.hour })
            #expect(spans.map { $0[0] } == spans.map { $0[0] }.sorted())
            let first = fixture.crm.requests.map { $0.rows.compactMap { $0["Interval_Start__c"]?.string }.min() ?? "" }
            #expect(first == first.sorted())
        }
    }

    @Test(arguments: [("THIRTY_MIN", 10), ("HOUR", 5)])
    func `intervals may be longer`(interval: String, rows: Int) async throws {
        try await MetricsFixture.withRunning(Self.busy, ["METRICS_INTERVAL": interval]) { (fixture) async throws in
            fixture.clock.advance(seconds: 1_700)
            #expect(try await fixture.run("historical").written == rows)
            #expect(Self.mark(fixture) == fixture.now - 1_700)
        }
    }

    @Test func `pages are read to the last, and one row is written once`() async throws {
        try await MetricsFixture.withRunning(Self.busy, throttles: false, largestPage: 3) { (fixture) async throws in
            #expect(try await fixture.run("historical").written == 20)
            #expect(await fixture.requests("GetMetricDataV2").count == 8)
        }
    }

    @Test func `what was written before a failure stays, and its mark`() async throws {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            Self.setMark(fixture, hoursAgo: 10)
            let start = fixture.now - 11 * Self.hour
            // The third block's rows.
            fixture.crm.set {
                $0.response = { request, number in
                    number == 3 ? ScriptedSalesforce.fault(400, "INVALID_FIELD", "m of ana.silva") : nil
                }
            }
            #expect(await fixture.failure("historical") == "Function.ServiceUnavailable")
            #expect(Self.mark(fixture) == start + 8 * Self.hour)
            #expect(fixture.log.contains("MetricsMark") && fixture.log.contains("ageSeconds"))
            fixture.crm.set { $0.response = { _, _ in nil } }
            #expect(try await fixture.run("historical").written == (3 + 1) * 20)
            #expect(Self.starts(fixture).count == 44)
        }
    }

    @Test func `a block that Connect refuses leaves those before it written`() async throws {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            Self.setMark(fixture, hoursAgo: 6)
            let start = fixture.now - 7 * Self.hour
            try await fixture.run("realtime")
            // Two requests a block: queues and agents.
            await fixture.connect.centre.misbehave(.slow(milliseconds: 1), times: 2, path: "/metrics/data")
            await fixture.connect.centre.misbehave(.code("InvalidParameterException"), times: 1, path: "/metrics/data")
            #expect(await fixture.failure("historical") == "Function.ConnectRejected")
            #expect(Self.mark(fixture) == start + 4 * Self.hour)
        }
    }

    @Test func `without the table nothing is written`() async throws {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            fixture.aws.behave { _, _ in .refuse(status: 400, code: "ResourceNotFoundException") }
            #expect(await fixture.failure("historical") == "Function.ServiceUnavailable")
            #expect(fixture.crm.requests.isEmpty)
            #expect(await fixture.requests("GetMetricDataV2").isEmpty)
        }
    }

    @Test func `a mark from the future, and one that is none, count as none`() async throws {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            Self.setMark(fixture, hoursAgo: -3)
            #expect(try await fixture.run("historical").written == 20)
            #expect(Self.mark(fixture) == fixture.now)
            fixture.aws.changeItems { $0["mark"] = DynamoDBValue(S: "yesterday") }
            #expect(try await fixture.run("historical").written == 20)
        }
    }

    @Test func `no data is no row, and the mark moves`() async throws {
        try await MetricsFixture.withRunning(.made(queues: 3, agents: 0)) { (fixture) async throws in
            // At midnight nobody calls.
            fixture.clock.advance(seconds: 16 * 3_600)
            #expect(try await fixture.run("historical").rows == 0)
            #expect(fixture.crm.requests.isEmpty && Self.mark(fixture) == fixture.now)
        }
    }

    @Test(arguments: ["UNABLE_TO_LOCK_ROW", "DUPLICATE_VALUE"])
    func `a row that stays locked holds the mark`(code: String) async throws {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            fixture.crm.set { $0.refusal = { key, _ in key.hasPrefix("agent|") ? code : nil } }
            #expect(await fixture.failure("historical") == "Function.ServiceUnavailable")
            #expect(Self.mark(fixture) == nil && fixture.crm.taken().map(\.rows.count) == [20, 4])
            fixture.crm.set { $0.refusal = { key, time in key.hasPrefix("agent|") && time == 3 ? code : nil } }
            #expect(try await fixture.run("historical").written == 20)
        }
    }

    @Test func `a row that is refused for good holds nothing`() async throws {
        try await MetricsFixture.withRunning(Self.busy) { (fixture) async throws in
            let agent = Self.busy.agents[0].id
            fixture.crm.set { $0.refusal = { key, _ in key.hasPrefix("agent|") ? "STRING_TOO_LONG" : nil } }
            let output = try await fixture.run("historical")
            #expect(output.rows == 20 && output.written == 16 && Self.mark(fixture) == fixture.now)
            let lines = fixture.lines("ERROR")
            #expect(
                lines.count == 4
                    && lines.allSatisfy { $0.contains("agent|\(agent)|") && $0.contains("STRING_TOO_LONG") })
        }
    }

    @Test func `an agent who vanishes costs new lists, once`() async throws {
        let traffic = ContactTraffic.made(queues: 2, agents: 3, isAlwaysBusy: true)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            try await fixture.run("historical")
            await fixture.connect.centre.remove([traffic.agents[1].id])
            fixture.clock.advance(seconds: 800)
            #expect(try await fixture.run("historical").rows == 16)
            let lists = await (fixture.requests("ListQueues").count, fixture.requests("ListUsers").count)
            #expect(lists == (2, 2))
            await fixture.connect.centre.misbehave(.code("ResourceNotFoundException"), times: 9, path: "/metrics/data")
            #expect(await fixture.failure("historical") == "Function.ConnectRejected")
        }
    }

    @Test func `the log has no user name, and says how old the mark is`() async throws {
        try await MetricsFixture.withRunning(.sample()) { (fixture) async throws in
            fixture.clock.advance(seconds: 123)
            try await fixture.run("historical")
            #expect(!fixture.log.contains("ana.silva") && !fixture.log.contains("Kundendienst"))
            #expect(fixture.log.contains("123") && fixture.log.contains("MetricsRun"))
        }
    }

    @Test func `blocks begin at the intervals' limits and end with the last whole one`() {
        func blocks(_ mark: Int?, _ now: Int, _ interval: MetricInterval = .quarter, _ hours: Int = 24) -> [Range<Int>]
        {
            Backlog(after: mark, now: now, by: interval, backfillHours: hours).blocks
        }
        let day = 1_800_057_600
        #expect(blocks(nil, day + 899) == [day - 3_600..<day])
        #expect(blocks(day - 900, day + 10) == [day - 4_500..<day])
        #expect(blocks(day - 5 * 3_600, day) == [day - 21_600..<day - 7_200, day - 7_200..<day])
        // The interval was shorter before.
        #expect(blocks(day + 2_700, day + 3_000, .hour) == [day - 3_600..<day])
        #expect(blocks(day + 2_700, day + 3_600, .hour) == [day - 3_600..<day + 3_600])
        #expect(blocks(0, day, .quarter, 72).count == 18)
    }

    private static func json(_ value: Double?) -> JSONValue? { value.map { .number("\($0)") } }
}

extension [String: JSONValue] {
    fileprivate func isSame(as other: [String: JSONValue]) -> Bool {
        JSONValue.object(self).isSame(as: .object(other))
    }
}
