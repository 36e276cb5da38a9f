import Foundation
import LocalServices
import TestSupport
import Testing

@testable import ConnectMetrics

/// The measures of a day's backlog.
@Suite(.takingTurns) struct MetricsMeasureTests {
    @Test func `20,000 rows are made up for in a minute at 100 ms a request, read while they are written`() async throws
    {
        // 50 queues of two channels and 109 agents: 209 rows a quarter, for 24 hours.
        let traffic = ContactTraffic.made(queues: 50, channels: ["VOICE", "CHAT"], agents: 109, isAlwaysBusy: true)
        try await MetricsFixture.withRunning(traffic) { (fixture) async throws in
            await fixture.connect.centre.take(milliseconds: 100)
            fixture.crm.set { $0.pace = .milliseconds(100) }
            fixture.aws.put([
                "id": DynamoDBValue(S: "ConnectMetrics#historical#\(ConnectDouble.arn)"),
                "mark": DynamoDBValue(N: "\(fixture.now - 24 * 3_600)"),
            ])
            let start = ContinuousClock.now
            let output = try await fixture.run("historical", within: .seconds(290))
            let elapsed = ContinuousClock.now - start
            #expect(output.rows == 209 * 96 && output.written == output.rows)
            #expect(elapsed < .seconds(60), "\(elapsed)")

            let asked = await fixture.requests("GetMetricDataV2")
            // Throttled, a request would have come again.
            #expect(asked.allSatisfy { $0.status == 200 })
            for (index, request) in asked.enumerated() {
                let inASecond = asked.dropFirst(index).prefix { $0.time < request.time + .seconds(1) }.count
                #expect(inASecond <= 11)
            }
            let writes = fixture.crm.requests
            let overlapping = writes.count { write in
                asked.contains { write.begin < $0.time && $0.time < write.end ?? write.begin }
            }
            #expect(overlapping > writes.count / 2, "\(overlapping) of \(writes.count)")
        }
    }
}
