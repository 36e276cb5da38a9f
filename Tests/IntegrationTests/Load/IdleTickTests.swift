import AWS
import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// The cost of a minute in which nothing has changed: of the built bootstrap.
@Suite(.serialized, .takingTurns) struct IdleTickTests {
    private static let ticks = 12
    /// The first one signs in and writes, and the next one finds its place in memory.
    private static let warming = 2

    /// The measure is 3 ms. With 500 queues, each busy, a minute's five responses have 340 KB, which the kernel alone takes 2 ms
    /// for: that has a bound of its own, which a busy machine keeps, too.
    @Test(arguments: [(6, 3.0), (100, 3.0), (500, 9.0)])
    func `an idle tick takes little CPU`(queues: Int, most: Double) async throws {
        var configuration = try #require(ConnectDouble.Configuration())
        configuration.traffic = .made(queues: queues, agents: 40, isAlwaysBusy: true)
        configuration.now = { Date(timeIntervalSince1970: 1_800_000_000) }
        let costs = try await SalesforceDouble.withRunning { crm in
            try await ConnectDouble.withRunning(configuration) { (connect) async throws in
                let aws = try AWSDouble()
                defer { aws.stop() }
                let costs = try await Self.costs(
                    aws.environment.merging(crm.environment) { $1 }.merging(connect.environment) { $1 }
                        .merging(["METRICS_TABLE": "switchboard-idempotency"]) { $1 })
                let asked = await connect.centre.requests.count
                #expect(asked == 1 + (queues + 99) / 100 * Self.ticks)
                let written = await crm.org.requests.count { $0.method == "PATCH" }
                #expect(written == (queues + 199) / 200)
                return costs
            }
        }
        let sorted = costs.sorted()
        print("An idle tick of \(queues) queues: \(sorted[sorted.count / 2]) ms of CPU, at least \(sorted[0])")
        #expect(sorted[sorted.count / 2] <= most, "\(sorted)")
    }

    /// Returns the CPU time of each tick after the first ones.
    private static func costs(_ variables: [String: String]) async throws -> [Double] {
        let events = (0..<ticks).map { RuntimeAPIScript.Event("e\($0)", #"{"task":"realtime"}"#) }
        let run = try await ProcessMeter.run("ConnectMetrics", environment: variables, on: events)
        let answers = run.answers.map(\.text)
        let idle = answers.dropFirst().allSatisfy { $0.contains(#""written":0"#) }
        try #require(answers.count == ticks && idle, "\(answers) \(run.log)")
        let readings = run.readings.dropFirst(warming)
        return zip(readings, readings.dropFirst()).map { $1.milliseconds - $0.milliseconds }
    }
}
