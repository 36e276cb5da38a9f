import Foundation
import LocalServices
import TestSupport
import Testing

@testable import ConnectMetrics

/// The deletion of old rows.
@Suite(.takingTurns) struct PruneTests {
    private static func ids(_ count: Int) -> [String] {
        (0..<count).map { "a02" + String(("000000000000" + String($0)).suffix(12)) }
    }

    private static func output(_ rows: Int, _ written: Int) -> MetricsOutput {
        var output = MetricsOutput(.prune)
        (output.rows, output.written) = (rows, written)
        return output
    }

    private func run(
        _ variables: [String: String] = [:], _ body: (MetricsFixture) async throws -> Void
    ) async throws {
        try await MetricsFixture.withRunning(.made(queues: 1, agents: 0), variables, body)
    }

    @Test func `rows that are too old are deleted, 200 a request, and Connect is not asked`() async throws {
        try await run { (fixture) async throws in
            fixture.crm.set { $0.old = Self.ids(4_321) }
            #expect(try await fixture.run("prune") == Self.output(4_321, 4_321))
            #expect(fixture.crm.old.isEmpty)
            let requests = fixture.crm.requests
            #expect(requests.count { $0.kind == "query" } == 3 && requests.count { $0.kind == "delete" } == 22)
            // 90 days before 2027-01-15T08:00:00Z.
            #expect(
                requests[0].query.contains("FROM Contact_Metric__c WHERE Interval_Start__c < 2026-10-17T08:00:00Z "))
            #expect(await fixture.connect.centre.requests.isEmpty)
        }
    }

    @Test func `the days are METRICS_KEEP_DAYS`() async throws {
        try await run(["METRICS_KEEP_DAYS": "1"]) { (fixture) async throws in
            #expect(try await fixture.run("prune") == Self.output(0, 0))
            #expect(fixture.crm.requests.map(\.kind) == ["query"])
            #expect(fixture.crm.requests[0].query.contains("< 2027-01-14T08:00:00Z "))
        }
    }

    @Test func `a row that is refused is one line with its code, and holds nothing back`() async throws {
        try await run { (fixture) async throws in
            let ids = Self.ids(2_300)
            fixture.crm.set {
                $0.old = ids
                $0.refusal = { key, time in
                    switch key {
                    case ids[3]: "DELETE_FAILED"
                    case ids[7]: time == 1 ? "UNABLE_TO_LOCK_ROW" : nil
                    case ids[9]: "ENTITY_IS_DELETED"
                    default: nil
                    }
                }
            }
            #expect(try await fixture.run("prune") == Self.output(2_300, 2_298))
            let lines = fixture.lines("ERROR")
            #expect(lines.count == 1 && lines[0].contains("DELETE_FAILED") && lines[0].contains(ids[3]), "\(lines)")
            #expect(!lines[0].contains("ana.silva"))
        }
    }

    @Test func `what does not fit into the time is left to the next night`() async throws {
        try await run { (fixture) async throws in
            fixture.crm.set {
                $0.old = Self.ids(2_000)
                $0.pace = .milliseconds(250)
            }
            let output = try await fixture.run("prune", within: .milliseconds(1_900))
            #expect(output.written >= 200 && output.written < 2_000 && output.written % 200 == 0)
            #expect(fixture.crm.old.count == 2_000 - output.written)
        }
    }

    @Test func `Salesforce that fails, fails the run`() async throws {
        try await run { (fixture) async throws in
            fixture.crm.set {
                $0.old = Self.ids(300)
                $0.response = { _, number in
                    number == 3 ? ScriptedSalesforce.fault(403, "REQUEST_LIMIT_EXCEEDED", "m") : nil
                }
            }
            #expect(await fixture.failure("prune") == "Function.ServiceUnavailable")
            #expect(fixture.crm.old.count == 100)
        }
    }
}
