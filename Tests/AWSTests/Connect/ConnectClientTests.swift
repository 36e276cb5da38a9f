import Calling
import Foundation
import JSON
import TestSupport
import Testing

@testable import AWS

/// Requests to Amazon Connect, and what is read of its responses.
@Suite(.takingTurns) struct ConnectClientTests {
    private static let queues = ["1b2c3d4e-0000-4000-a000-000000000001", "1b2c3d4e-0000-4000-a000-000000000002"]
    private static let query = ConnectClient.MetricQuery(
        from: 1_798_675_200, to: 1_798_689_600, by: .quarter, filter: .queue, values: queues,
        groupings: [.queue, .channel],
        metrics: [HistoricalMetric("CONTACTS_HANDLED"), HistoricalMetric("SERVICE_LEVEL", secondsBelow: 20)])
    private static let present = [CurrentMetric("CONTACTS_IN_QUEUE"), CurrentMetric("OLDEST_CONTACT_AGE", .seconds)]
    private static let empty = ScriptedServer.Response(#"{"MetricResults":[]}"#)

    private func later() -> ContinuousClock.Instant { .now + .seconds(60) }

    private static func parts(_ target: String) -> (path: String, query: [String: String]) {
        let url = URLComponents(string: target)
        let items = url?.percentEncodedQueryItems ?? []
        return (url?.path ?? "", Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 })
    }

    @Test(arguments: ["list_queues", "list_users", "get_current_metric_data", "get_metric_data_v2"])
    func `a request is botocore's`(operation: String) async throws {
        let list = operation.hasPrefix("list")
        let name = operation == "list_queues" ? "QueueSummaryList" : "UserSummaryList"
        let fixture = try ConnectFixture { request in
            guard list else { return Self.empty }
            let isFirst = operation == "list_queues" && !request.target.contains("nextToken")
            return ScriptedServer.Response(
                "{\"\(name)\":[]\(isFirst ? ",\"NextToken\":\"to/ken+1==\"" : "")}")
        }
        switch operation {
        case "list_queues": _ = try await fixture.client.queues(deadline: later())
        case "list_users": _ = try await fixture.client.users(deadline: later())
        case "get_current_metric_data":
            _ = try await fixture.client.currentMetrics(Self.present, ofQueues: Self.queues, deadline: later())
        default: _ = try await fixture.client.metrics(Self.query, deadline: later())
        }
        let request = try #require(fixture.server.requests.last)
        let theirs = try #require(
            BotocoreVectors.calls.first { $0.service == "connect" && $0.operation == operation })
        let url = try #require(URLComponents(string: theirs.url))
        let (ours, expected) = (Self.parts(request.target), Self.parts(theirs.url))
        #expect(request.method == theirs.method && ours.path == url.percentEncodedPath && ours.query == expected.query)
        #expect(request["Content-Type"] == theirs.headers["Content-Type"])
        if theirs.body.isEmpty {
            #expect(request.text.isEmpty)
        } else {
            let body = request.text.replacing("us-west-2", with: "eu-central-1")
            #expect(try isSameJSON(body, theirs.body))
        }
        // The instance's Region, whatever the environment's is.
        #expect(request["Authorization"]?.contains("/us-west-2/connect/aws4_request") == true)
    }

    @Test func `requests are what botocore's model allows`() async throws {
        let fixture = try ConnectFixture { request in
            request.target.hasPrefix("/metrics")
                ? Self.empty : ScriptedServer.Response(#"{"QueueSummaryList":[],"UserSummaryList":[]}"#)
        }
        _ = try await fixture.client.queues(deadline: later())
        _ = try await fixture.client.users(deadline: later())
        _ = try await fixture.client.currentMetrics(Self.present, ofQueues: Self.queues, deadline: later())
        _ = try await fixture.client.metrics(Self.query, deadline: later())
        let requests = fixture.server.requests.map { (method: $0.method, path: $0.target, body: $0.text) }
        let odd = (method: "POST", path: "/metrics/data", body: #"{"ResourceArn":"a","Metrics":[{"Nmae":"x"}]}"#)
        let faults = try ConnectOracle.faults(inRequests: requests + [odd])
        #expect(faults.prefix(4).joined().isEmpty && faults.last?.contains("Nmae") == true, "\(faults)")
    }

    @Test func `pages are followed to the last one`() async throws {
        let fixture = try ConnectFixture { request in
            let token = (try? JSONValue(parsing: request.body))?["NextToken"]?.string
            let page = token.flatMap { Int($0.dropFirst(5)) } ?? 0
            let next = page < 2 ? #","NextToken":"token\#(page + 1)""# : ""
            return ScriptedServer.Response(
                #"{"MetricResults":[{"Dimensions":{"QUEUE":"q\#(page)"},"Collections":[]}]\#(next)}"#)
        }
        let results = try await fixture.client.metrics(Self.query, deadline: later())
        #expect(results.map(\.queue) == ["q0", "q1", "q2"])
        #expect(fixture.server.requests.count == 3)
    }

    @Test func `a page that announces an earlier one is not followed without end`() async throws {
        let fixture = try ConnectFixture(ScriptedServer.Response(#"{"MetricResults":[],"NextToken":"t"}"#))
        let error = await failure { () async throws(AWSError) in
            try await fixture.client.metrics(Self.query, deadline: later())
        }
        #expect(error?.outcome == .unknown && fixture.server.requests.count == 2)
    }

    @Test func `lists have the names, and agents' own queues and odd ids are passed over`() async throws {
        let fixture = try ConnectFixture { request in
            ScriptedServer.Response(
                request.target.hasPrefix("/queues")
                    ? #"{"QueueSummaryList":[{"Id":"q-1","Name":"Sales","QueueType":"STANDARD"},{"Id":"a b","Name":"x"}]}"#
                    : #"{"UserSummaryList":[{"Id":"a-1","Username":"ana"},{"Username":"nobody"}]}"#)
        }
        #expect(try await fixture.client.queues(deadline: later()) == [ConnectSummary(id: "q-1", name: "Sales")])
        #expect(try await fixture.client.users(deadline: later()) == [ConnectSummary(id: "a-1", name: "ana")])
    }

    @Test func `throttling and failures are tried again as long as the time allows`() async throws {
        let answers = [429, 500, 503, 429, 502].map { status in
            ScriptedServer.Response(status: status, #"{"Message":"x"}"#)
        }
        let fixture = try ConnectFixture(answers[0], answers[1], answers[2], answers[3], answers[4], Self.empty)
        _ = try await fixture.client.metrics(Self.query, deadline: later())
        #expect(fixture.server.requests.count == 6)
        let throttled = try ConnectFixture(answers[0])
        let error = await failure { () async throws(AWSError) in
            try await throttled.client.metrics(Self.query, deadline: throttled.clock.timing.instant() + .seconds(30))
        }
        #expect(error?.status == 429 && throttled.server.requests.count > 4)
        #expect(throttled.clock.elapsed < .seconds(30))
    }

    @Test(arguments: [
        (400, "InvalidParameterException"), (403, "AccessDeniedException"), (404, "ResourceNotFoundException"),
    ])
    func `any other refusal is asked once`(status: Int, code: String) async throws {
        let fixture = try ConnectFixture(
            ScriptedServer.Response(status: status, headers: [("x-amzn-ErrorType", code)], #"{"Message":"queue 1"}"#))
        let error = await failure { () async throws(AWSError) in
            try await fixture.client.currentMetrics(Self.present, ofQueues: Self.queues, deadline: later())
        }
        #expect(error?.code == code && fixture.server.requests.count == 1)
        #expect(error?.isRejection == (status != 403) && error?.description.contains("queue 1") == false)
    }

    @Test(arguments: [
        ("arn:aws:connect:eu-central-1:123456789012:instance/2f0f1c5e-1d2b", true),
        ("arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/a", true),
        ("arn:aws:connect:eu-central-1:123456789012:instance/2f0f/queue/1", false),
        ("arn:aws:s3:eu-central-1:123456789012:instance/2f0f", false), ("2f0f1c5e-1d2b", false),
        ("arn:aws:connect:EU:123456789012:instance/a", false), ("arn:aws:connect::123456789012:instance/a", false),
        ("arn:aws:connect:eu-central-1:1234:instance/a", false),
        ("arn:aws:connect:eu-central-1:123456789012:instance/", false),
        ("arn:aws:connect:eu-central-1:123456789012:instance/a/../b", false),
    ])
    func `an instance is its ARN`(arn: String, isOne: Bool) {
        #expect((ConnectInstance(arn: arn) != nil) == isOne)
    }
}
