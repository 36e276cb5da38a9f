import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

@testable import ConnectMetrics
@testable import LambdaRuntime

/// The events of events/ConnectMetrics, with the local Amazon Connect and the local Salesforce.
@Suite(.takingTurns) struct MetricsEventTests {
    @Test func `every event brings what is expected of it, and the local Salesforce takes every row`() async throws {
        let file = TestProcess.root.appending(path: "events/ConnectMetrics/salesforce.json")
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [
            try SalesforceAddition(JSONValue(parsing: Array(Data(contentsOf: file))))
        ]
        let connect = try #require(ConnectDouble.Configuration())
        try await SalesforceDouble.withRunning(configuration) { crm in
            try await ConnectDouble.withRunning(connect) { (double) async throws in
                let aws = try AWSDouble()
                defer { aws.stop() }
                let clock = FrozenClock()
                // The present, by which the local services go.
                clock.advance(seconds: Date().timeIntervalSince(clock.date))
                let function = try MetricsFixture.function(double, crm.environment, aws, clock)
                for fixture in try EventFixture.all(of: "ConnectMetrics") {
                    try await fixture.check { event in
                        var bytes = Array(event) + [0]
                        let input = try bytes.withUnsafeMutableBytes { bytes in
                            try ConnectMetrics.event(from: UnsafeMutableRawBufferPointer(rebasing: bytes.dropLast()))
                        }
                        let context = LambdaContext(requestID: "r", deadline: .now + .seconds(20))
                        return try JSONText.encode(await function.handle(input, context: context))
                    }
                }
                let written = await crm.org.requests.filter { $0.method == "PATCH" || $0.method == "DELETE" }
                #expect(written.allSatisfy { $0.status == 200 } && written.count >= 2)
                #expect(await crm.org.records(of: "Queue_Status__c").count == 6)
                #expect(
                    await crm.org.records(of: "Contact_Metric__c").contains {
                        $0["Interval_Start__c"]?.string?.hasPrefix("2099") == true
                    })
            }
        }
    }
}
