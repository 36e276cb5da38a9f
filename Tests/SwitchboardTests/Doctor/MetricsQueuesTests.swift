import Foundation
import Settings
import TestSupport
import Testing

@testable import switchboard

/// The doctor's finding on the queues that ConnectMetrics writes.
struct MetricsQueuesTests {
    private static let instance =
        "arn:aws:connect:eu-central-1:123456789012:instance/2f0f1c5e-0000-4000-8000-000000000001"

    private static func findings(
        _ variables: [String: String], _ server: ScriptedServer, region: String = "eu-central-1"
    ) async -> [Finding] {
        var settings = DoctorSettings()
        settings.shell = [
            "AWS_REGION": region, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "very-secret",
            "AWS_ENDPOINT_URL_CONNECT": "http://\(server.authority)", "CONNECT_INSTANCE_ARN": instance,
        ].merging(variables) { $1 }
        return await MetricsQueuesCheck(settings: LiveSettings(variables: settings)).findings()
    }

    /// Two pages of one queue each.
    private static func twoQueues() throws -> ScriptedServer {
        try ScriptedServer.answering { request in
            request.target.contains("nextToken=a%2Fb")
                ? .init(#"{"QueueSummaryList":[{"Id":"q2","QueueType":"STANDARD"}]}"#)
                : .init(#"{"QueueSummaryList":[{"Id":"q1","QueueType":"STANDARD"}],"NextToken":"a/b"}"#)
        }
    }

    @Test func `queues that the variable names must be standard queues of the instance, on any page`() async throws {
        let server = try Self.twoQueues()
        let subject = "Amazon Connect and ConnectMetrics"
        #expect(
            await Self.findings(["METRICS_TABLE": "t"], server) == [
                .ok(subject, "all of 2 standard queues are written")
            ])
        #expect(
            await Self.findings(["METRICS_TABLE": "t", "METRICS_QUEUES": "q2"], server)
                == [.ok(subject, "1 of 2 standard queues are written")])
        let wrong = await Self.findings(["METRICS_TABLE": "t", "METRICS_QUEUES": "q1, q3"], server)
        #expect(wrong.map(\.state) == [.mend] && wrong.first?.text.contains("names q3,") == true)
        #expect(server.requests.allSatisfy { $0.method == "GET" && $0.target.contains("queueTypes=STANDARD") })
        #expect(
            server.requests.first?.target.hasPrefix("/queues-summary/2f0f1c5e-0000-4000-8000-000000000001?") == true)
    }

    @Test func `nothing is asked where ConnectMetrics has no settings, or the instance is elsewhere`() async throws {
        let server = try Self.twoQueues()
        #expect(await Self.findings([:], server).isEmpty)
        #expect(await Self.findings(["METRICS_TABLE": "t"], server, region: "us-east-1").isEmpty)
        #expect(server.requests.isEmpty)
        let empty = try ScriptedServer.answering { _ in .init(#"{"QueueSummaryList":[]}"#) }
        #expect(await Self.findings(["METRICS_TABLE": "t"], empty).first?.text.contains("no standard queue") == true)
    }
}
