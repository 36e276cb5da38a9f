import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

@testable import ConnectMetrics

/// Queues as they are.
@Suite(.takingTurns) struct RealtimeTests {
    private static let object = "Queue_Status__c"
    private static let full: [String: Double?] = [
        "AGENTS_ONLINE": 9, "AGENTS_AVAILABLE": 4, "AGENTS_ON_CONTACT": 3, "AGENTS_AFTER_CONTACT_WORK": 2,
        "CONTACTS_IN_QUEUE": 7, "CONTACTS_SCHEDULED": 1, "OLDEST_CONTACT_AGE": 61, "SLOTS_AVAILABLE": 5,
    ]

    @Test func `every field has its metric, and a queue that is missing and a null value count as zeros`() async throws
    {
        let traffic = ContactTraffic.made(queues: 3, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            let ids = MetricsFixture.ids(traffic)
            await fixture.connect.centre.set(Self.full, of: ids[0])
            await fixture.connect.centre.set(["AGENTS_ONLINE": nil, "CONTACTS_IN_QUEUE": 2.5], of: ids[1])
            #expect(try await fixture.run("realtime") == Self.output(rows: 3, written: 3))
            let rows = fixture.crm.rows(Self.object)
            #expect(
                rows[ids[0]] == [
                    "attributes": ["type": "Queue_Status__c"], "Queue_Id__c": .string(ids[0]), "Name": "Queue 1",
                    "Agents_Online__c": 9, "Agents_Available__c": 4, "Agents_On_Contact__c": 3,
                    "Agents_After_Call_Work__c": 2, "Contacts_In_Queue__c": 7, "Contacts_Scheduled__c": 1,
                    "Oldest_Contact_Seconds__c": 61, "Slots_Available__c": 5, "As_Of__c": "2027-01-15T08:00:00.000Z",
                ])
            #expect(rows[ids[1]]?["Agents_Online__c"] == 0 && rows[ids[1]]?["Contacts_In_Queue__c"] == .number("2.5"))
            #expect(rows[ids[2]]?["Agents_Online__c"] == 0 && rows[ids[2]]?["Oldest_Contact_Seconds__c"] == 0)
            let requests = await fixture.connect.centre.requests.map {
                (method: $0.method, path: $0.path, body: $0.body)
            }
            let faults = try ConnectOracle.faults(inRequests: requests)
            #expect(faults.joined().isEmpty, "\(faults)")
        }
    }

    @Test func `what has not changed is not written, what has is, and each row at least once an hour`() async throws {
        let traffic = ContactTraffic.made(queues: 4, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            let ids = MetricsFixture.ids(traffic)
            for id in ids { await fixture.connect.centre.set(Self.full, of: id) }
            try await fixture.run("realtime")
            #expect(fixture.crm.taken().map(\.rows.count) == [4])
            fixture.clock.advance(seconds: 60)
            #expect(try await fixture.run("realtime") == Self.output(rows: 4, written: 0))
            #expect(fixture.crm.taken().isEmpty)
            await fixture.connect.centre.set(Self.full.merging(["AGENTS_ONLINE": 8]) { $1 }, of: ids[2])
            #expect(try await fixture.run("realtime") == Self.output(rows: 4, written: 1))
            #expect(fixture.crm.taken().flatMap(\.rows).compactMap { $0["Queue_Id__c"]?.string } == [ids[2]])
            // 59 minutes after the first run, and then an hour.
            fixture.clock.advance(seconds: 58 * 60)
            try await fixture.run("realtime")
            #expect(fixture.crm.taken().isEmpty)
            fixture.clock.advance(seconds: 60)
            #expect(try await fixture.run("realtime").written == 3)
            // A process that has just begun knows as much.
            #expect(try await fixture.run("realtime", by: fixture.twin()).written == 0)
        }
    }

    @Test func `500 queues take six requests to Connect, none to Salesforce, and three when all have changed`()
        async throws
    {
        let traffic = ContactTraffic.made(queues: 500, agents: 5)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            #expect(try await fixture.run("realtime") == Self.output(rows: 500, written: 500))
            #expect(await fixture.connect.centre.requests.count == 6 && fixture.crm.taken().count == 3)
            await fixture.connect.centre.forgetRequests()
            #expect(try await fixture.run("realtime").written == 0)
            #expect(await fixture.connect.centre.requests.count == 5 && fixture.crm.taken().isEmpty)
            let statuses = Set(await fixture.connect.centre.requests.map(\.status))
            #expect(statuses == [200])
            for id in MetricsFixture.ids(traffic) { await fixture.connect.centre.set(Self.full, of: id) }
            #expect(try await fixture.run("realtime").written == 500)
            #expect(fixture.crm.taken().count == 3)
        }
    }

    @Test func `a state that is from the future or cannot be read counts as none`() async throws {
        let traffic = ContactTraffic.made(queues: 2, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            try await fixture.run("realtime")
            #expect(try await fixture.run("realtime").written == 0)
            fixture.clock.advance(seconds: -86_400)
            #expect(try await fixture.run("realtime").written == 2)
            #expect(try await fixture.run("realtime").written == 0)
            fixture.aws.changeItems { $0["rows"] = DynamoDBValue(N: "7") }
            #expect(try await fixture.run("realtime").written == 2)
            fixture.aws.changeItems { $0["rows"] = DynamoDBValue(S: "what\nis this\n\n  \n") }
            #expect(try await fixture.run("realtime").written == 2)
            fixture.aws.changeItems { $0 = ["id": $0["id"] ?? DynamoDBValue()] }
            #expect(try await fixture.run("realtime").written == 2)
            #expect(try await fixture.run("realtime").written == 0)
        }
    }

    @Test(arguments: [AWSDouble.Operation.getItem, .putItem])
    func `without the table every row is written, with one line at WARN`(operation: AWSDouble.Operation) async throws {
        let traffic = ContactTraffic.made(queues: 3, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            try await fixture.run("realtime")
            await fixture.connect.centre.set(Self.full, of: MetricsFixture.ids(traffic)[0])
            fixture.aws.behave { asked, _ in
                asked == operation ? .refuse(status: 400, code: "ResourceNotFoundException") : .normal
            }
            _ = fixture.lines("WARN")
            #expect(try await fixture.run("realtime") == Self.output(rows: 3, written: 3))
            let lines = fixture.lines("WARN")
            #expect(lines.count == 1 && lines[0].contains("METRICS_TABLE"), "\(lines)")
        }
    }

    @Test func `after a run that could not note what it wrote, every row is written until one is noted`() async throws {
        let traffic = ContactTraffic.made(queues: 3, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            let id = MetricsFixture.ids(traffic)[0]
            await fixture.connect.centre.set(Self.full, of: id)
            try await fixture.run("realtime")
            await fixture.connect.centre.set(Self.full.mapValues { _ in 1 }, of: id)
            fixture.aws.behave { asked, _ in asked == .putItem ? .refuse(status: 400, code: "X") : .normal }
            #expect(try await fixture.run("realtime").written == 3)
            fixture.aws.behave { _, _ in .normal }
            // The table says what Connect says again, and Salesforce does not.
            await fixture.connect.centre.set(Self.full, of: id)
            #expect(try await fixture.run("realtime").written == 3)
            #expect(try await fixture.run("realtime").written == 0)
        }
    }

    @Test func `an item whose version is another's is replaced`() async throws {
        let traffic = ContactTraffic.made(queues: 3, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            try await fixture.run("realtime")
            fixture.aws.changeItems { $0["version"] = DynamoDBValue(N: "7") }
            #expect(try await fixture.run("realtime").written == 3)
            #expect(try await fixture.run("realtime").written == 0)
        }
    }

    @Test func `a refused row is a line with key and code, and is sent again`() async throws {
        let traffic = ContactTraffic.made(queues: 3, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            let ids = MetricsFixture.ids(traffic)
            fixture.crm.set { $0.refusal = { key, _ in key == ids[1] ? "FIELD_CUSTOM_VALIDATION_EXCEPTION" : nil } }
            #expect(try await fixture.run("realtime") == Self.output(rows: 3, written: 2))
            let lines = fixture.lines("ERROR")
            #expect(lines.count == 1 && lines[0].contains(ids[1]), "\(lines)")
            #expect(lines[0].contains("FIELD_CUSTOM_VALIDATION_EXCEPTION") && !lines[0].contains("ana.silva"))
            _ = fixture.crm.taken()
            #expect(try await fixture.run("realtime").written == 0)
            #expect(fixture.crm.taken().flatMap(\.rows).compactMap { $0["Queue_Id__c"]?.string } == [ids[1]])
        }
    }

    @Test(arguments: ["UNABLE_TO_LOCK_ROW", "DUPLICATE_VALUE"])
    func `a locked row is sent once more; still locked, the run fails and the others are not written again`(
        code: String
    ) async throws {
        let traffic = ContactTraffic.made(queues: 3, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            let ids = MetricsFixture.ids(traffic)
            fixture.crm.set { $0.refusal = { key, time in key == ids[1] && time == 1 ? code : nil } }
            #expect(try await fixture.run("realtime").written == 3)
            #expect(fixture.crm.taken().map(\.rows.count) == [3, 1])
            for id in ids { await fixture.connect.centre.set(Self.full, of: id) }
            fixture.crm.set { $0.refusal = { key, _ in key == ids[1] ? code : nil } }
            #expect(await fixture.failure("realtime") == "Function.ServiceUnavailable")
            #expect(fixture.crm.taken().map(\.rows.count) == [3, 1])
            fixture.crm.set { $0.refusal = { _, _ in nil } }
            #expect(try await fixture.run("realtime").written == 1)
        }
    }

    @Test func `a queue that vanishes between list and question costs a list, and the run goes on`() async throws {
        let traffic = ContactTraffic.made(queues: 150, agents: 0)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            let ids = MetricsFixture.ids(traffic)
            try await fixture.run("realtime")
            await fixture.connect.centre.remove([ids[120]])
            await fixture.connect.centre.forgetRequests()
            #expect(try await fixture.run("realtime") == Self.output(rows: 149, written: 0))
            #expect(await fixture.requests("ListQueues").count == 1)
            // The list is old after a quarter of an hour.
            fixture.clock.advance(seconds: 840)
            try await fixture.run("realtime")
            #expect(await fixture.requests("ListQueues").count == 1)
            fixture.clock.advance(seconds: 60)
            try await fixture.run("realtime")
            #expect(await fixture.requests("ListQueues").count == 2)
        }
    }

    @Test func `chosen queues are those that there are, and another is named`() async throws {
        let traffic = ContactTraffic.made(queues: 5, agents: 0)
        let ids = MetricsFixture.ids(traffic)
        try await MetricsFixture.withRunning(traffic, ["METRICS_QUEUES": "\(ids[3]),gone-1,\(ids[0])"]) {
            (fixture) async throws in
            #expect(try await fixture.run("realtime") == Self.output(rows: 2, written: 2))
            let lines = fixture.lines("WARN")
            #expect(lines.count == 1 && lines[0].contains("gone-1"), "\(lines)")
            #expect(Set(fixture.crm.rows(Self.object).keys) == [ids[0], ids[3]])
        }
    }

    @Test(arguments: [
        (ServiceFault.code("InvalidParameterException"), "Function.ConnectRejected", 1),
        (.code("AccessDeniedException", status: 403), "Function.ServiceUnavailable", 1),
        (.html, "Function.ServiceUnavailable", 1),
        (.code("ThrottlingException", status: 429), "Function.ServiceUnavailable", 2),
        (.busy, "Function.ServiceUnavailable", 2),
    ])
    func `Connect's refusals fail the run, and what passes is asked again until the time is over`(
        fault: ServiceFault, type: String, least: Int
    ) async throws {
        try await MetricsFixture.withRunning(.made(queues: 2, agents: 0)) { (fixture) async throws in
            await fixture.connect.centre.misbehave(fault, times: 1_000, path: "/metrics/current")
            #expect(await fixture.failure("realtime", within: .seconds(4)) == type)
            let asked = await fixture.requests("GetCurrentMetricData").count
            #expect(least == 1 ? asked == 1 : asked >= least)
            #expect(fixture.crm.requests.isEmpty)
        }
    }

    @Test func `Connect that throttles twice is asked again`() async throws {
        try await MetricsFixture.withRunning(.made(queues: 2, agents: 0)) { (fixture) async throws in
            await fixture.connect.centre.misbehave(
                .code("ThrottlingException", status: 429), times: 2, path: "/metrics/current")
            #expect(try await fixture.run("realtime").written == 2)
        }
    }

    @Test func `Salesforce that fails leaves the rows to the next run`() async throws {
        try await MetricsFixture.withRunning(.made(queues: 2, agents: 0)) { (fixture) async throws in
            fixture.crm.set { $0.response = { _, _ in ScriptedSalesforce.fault(403, "REQUEST_LIMIT_EXCEEDED", "m") } }
            #expect(await fixture.failure("realtime") == "Function.ServiceUnavailable")
            fixture.crm.set { $0.response = { _, _ in nil } }
            #expect(try await fixture.run("realtime").written == 2)
        }
    }

    @Test func `after two runs at once the org has what the queues are`() async throws {
        let traffic = ContactTraffic.made(queues: 30, agents: 0)
        try await MetricsFixture.withRunning(traffic, throttles: false) { (fixture) async throws in
            let twin = try fixture.twin()
            let ids = MetricsFixture.ids(traffic)
            for round in 0..<4 {
                for id in ids { await fixture.connect.centre.set(["AGENTS_ONLINE": Double(round)], of: id) }
                async let first = fixture.run("realtime")
                for id in ids.prefix(15) { await fixture.connect.centre.set(["AGENTS_ONLINE": 50], of: id) }
                async let second = fixture.run("realtime", by: twin)
                _ = try await (first, second)
            }
            try await fixture.run("realtime")
            let rows = fixture.crm.rows(Self.object)
            let shown = ids.map { rows[$0]?["Agents_Online__c"]?.int }
            #expect(shown == ids.indices.map { $0 < 15 ? 50 : 3 })
        }
    }

    private static func output(rows: Int, written: Int) -> MetricsOutput {
        var output = MetricsOutput(.realtime)
        (output.rows, output.written) = (rows, written)
        return output
    }
}
