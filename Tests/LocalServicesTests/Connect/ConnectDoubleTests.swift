import AWS
import Encoding
import Foundation
import HTTPTypes
import JSON
import TestSupport
import Testing

@testable import LocalServices

/// The local Amazon Connect, over raw HTTP: what it refuses, and what it answers.
@Suite(.takingTurns) struct ConnectDoubleTests {
    private static let credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
    private static let instance = "2f0f1c5e-1d2b-4c3a-9b8a-7c6d5e4f3a2b"
    private static let traffic = ContactTraffic.made(
        queues: 120, channels: ["VOICE", "CHAT"], agents: 3, isAlwaysBusy: true)
    /// 2027-01-15T08:00:00Z.
    private static let now = 1_800_000_000
    private static let queue = traffic.queues[0].id
    private static let agent = traffic.agents[0].id

    private func run(
        _ change: (inout ConnectDouble.Configuration) -> Void = { _ in }, _ body: (ConnectDouble) async throws -> Void
    ) async throws {
        var configuration = try #require(ConnectDouble.Configuration())
        configuration.traffic = Self.traffic
        configuration.credentials = Self.credentials
        configuration.throttles = false
        configuration.now = { Date(timeIntervalSince1970: Double(Self.now)) }
        change(&configuration)
        try await ConnectDouble.withRunning(configuration, body)
    }

    private static func call(
        _ double: ConnectDouble, _ method: String, _ path: String, _ body: JSONValue? = nil,
        signedBy credentials: Credentials = credentials
    ) async throws -> (status: Int, code: String?, body: JSONValue) {
        let port = try #require(URL(string: double.url)?.port)
        let bytes = body?.bytes ?? []
        var head = HTTPRequest(
            method: try #require(HTTPRequest.Method(rawValue: method)), scheme: "http", authority: "127.0.0.1:\(port)",
            path: path)
        if body != nil { head.headerFields[.contentType] = "application/json" }
        let signer = Signer(credentials: credentials, region: "eu-central-1", service: "connect")
        let signed = signer.sign(head, body: bytes, at: UTCTime(secondsSinceEpoch: now))
        let fields = Dictionary(signed.headerFields.map { ($0.name.rawName, $0.value) }) { $1 }
        let answer = try await LocalHTTP.send(method, path, port: UInt16(port), fields: fields, body: bytes)
        return (
            answer.status ?? 0, answer.fields["x-amzn-ErrorType"], (try? JSONValue(parsing: answer.body)) ?? .null
        )
    }

    private static let current: [String: JSONValue] = [
        "Filters": ["Queues": [.string(queue)]], "Groupings": ["QUEUE"],
        "CurrentMetrics": [["Name": "CONTACTS_IN_QUEUE", "Unit": "COUNT"]], "MaxResults": 100,
    ]
    private static let historical: [String: JSONValue] = [
        "ResourceArn": .string(ConnectDouble.arn), "StartTime": .number(now - 7_200), "EndTime": .number(now),
        "Interval": ["TimeZone": "UTC", "IntervalPeriod": "FIFTEEN_MIN"],
        "Filters": [["FilterKey": "QUEUE", "FilterValues": [.string(queue)]]], "Groupings": ["QUEUE", "CHANNEL"],
        "Metrics": [
            ["Name": "CONTACTS_HANDLED"],
            ["Name": "SERVICE_LEVEL", "Threshold": [["Comparison": "LT", "ThresholdValue": 20]]],
        ], "MaxResults": 100,
    ]

    private static func queues(_ count: Int) -> JSONValue {
        .array(traffic.queues.prefix(count).map { .string($0.id) })
    }

    /// Changes of a request for the present that make it one that is refused.
    static let refusedPresent: [([String: JSONValue], Int)] = [
        (["Filters": ["Queues": queues(101)]], 400), (["Filters": ["Queues": []]], 400), (["Filters": [:]], 400),
        (["Filters": ["Queues": ["gone"]]], 404), (["Filters": ["Queues": .string(queue)]], 400),
        (["Filters": ["Queues": queues(1), "RoutingProfiles": ["r"]]], 400),
        (["Filters": ["Queues": queues(1), "Channels": ["PHONE"]]], 400),
        (["Filters": ["Queues": queues(1), "Colour": ["red"]]], 400), (["Filters": .null], 400),
        (["Groupings": ["QUEUE", "CHANNEL"]], 400), (["Groupings": ["AGENT"]], 400),
        (["Groupings": ["QUEUE", "CHANNEL", "CHANNEL"]], 400), (["CurrentMetrics": []], 400),
        (["CurrentMetrics": [["Name": "CONTACTS_LOST", "Unit": "COUNT"]]], 400),
        (["CurrentMetrics": [["Name": "CONTACTS_IN_QUEUE", "Unit": "SECONDS"]]], 400),
        (["CurrentMetrics": [["Name": "CONTACTS_IN_QUEUE"]]], 400), (["MaxResults": 101], 400),
        (["MaxResults": 0], 400),
        (["NextToken": "unknown"], 400), (["Colour": "red"], 400),
    ]

    @Test(arguments: refusedPresent.indices)
    func `what Connect refuses of a request for the present is refused`(index: Int) async throws {
        try await run { (double) async throws in
            let path = "/metrics/current/\(Self.instance)"
            #expect(try await Self.call(double, "POST", path, .object(Self.current)).status == 200)
            let (change, status) = Self.refusedPresent[index]
            let answer = try await Self.call(double, "POST", path, .object(Self.current.merging(change) { $1 }))
            #expect(answer.status == status, "\(change): \(answer)")
            #expect(answer.code?.hasSuffix("Exception") == true)
        }
    }

    private static func metric(_ name: String, _ threshold: JSONValue? = nil) -> [String: JSONValue] {
        ["Metrics": [.members(["Name": .string(name), "Threshold": threshold])]]
    }

    private static func filters(_ filters: (String, JSONValue)...) -> [String: JSONValue] {
        ["Filters": .array(filters.map { ["FilterKey": .string($0.0), "FilterValues": $0.1] })]
    }

    /// Changes of a request for past intervals that make it one that is refused.
    static let refusedPast: [([String: JSONValue], Int)] = [
        (["ResourceArn": "arn:aws:connect:eu-central-1:123456789012:instance/other"], 404), (["StartTime": .null], 400),
        (["StartTime": .number(now)], 400), (["EndTime": .number(now + 900)], 400),
        (["StartTime": .number(now - 3 * 86_400)], 400), (["StartTime": .number(now - 100 * 86_400)], 400),
        (["StartTime": .number(now - 1_000)], 400),
        (["Interval": ["IntervalPeriod": "FIVE_MIN"]], 400),
        (["Interval": ["IntervalPeriod": "HOUR", "Zone": "UTC"]], 400),
        (filters(), 400), (filters(("CHANNEL", ["VOICE"])), 400), (filters(("QUEUE", [])), 400),
        (filters(("QUEUE", queues(101))), 400), (filters(("QUEUE", ["gone"])), 404),
        (filters(("COLOUR", ["red"])), 400),
        (filters(("QUEUE", queues(99)), ("AGENT", [.string(agent), "a"])), 400),
        (filters(("QUEUE", queues(1)), ("QUEUE", queues(1))), 400),
        (filters(("QUEUE", queues(1)), ("CHANNEL", ["PHONE"])), 400),
        (["Groupings": ["COLOUR"]], 400), (["Groupings": ["QUEUE", "CHANNEL", "AGENT", "QUEUE", "QUEUE"]], 400),
        (metric("CONTACTS_LOST"), 400), (["Metrics": []], 400), (metric("SERVICE_LEVEL"), 400),
        (metric("SERVICE_LEVEL", [["Comparison": "GT", "ThresholdValue": 20]]), 400),
        (metric("SERVICE_LEVEL", [["Comparison": "LT", "ThresholdValue": 604_801]]), 400),
        (metric("CONTACTS_HANDLED", [["Comparison": "LT", "ThresholdValue": 20]]), 400),
        (metric("AGENT_OCCUPANCY"), 400), (metric("SUM_ONLINE_TIME_AGENT"), 400),
        (["Groupings": ["AGENT"]], 400), (["MaxResults": 101], 400), (["NextToken": ""], 400), (["Colour": "red"], 400),
    ]

    @Test(arguments: refusedPast.indices)
    func `what Connect refuses of a request for past intervals is refused`(index: Int) async throws {
        try await run { (double) async throws in
            #expect(try await Self.call(double, "POST", "/metrics/data", .object(Self.historical)).status == 200)
            let (change, status) = Self.refusedPast[index]
            let body = JSONValue.object(Self.historical.merging(change) { $1 })
            let answer = try await Self.call(double, "POST", "/metrics/data", body)
            #expect(answer.status == status, "\(change): \(answer)")
            #expect(answer.code?.hasSuffix("Exception") == true)
        }
    }

    @Test func `responses have the shapes of botocore's model, and its metrics are known`() async throws {
        try await run { (double) async throws in
            var answers: [(operation: String, body: String)] = []
            func ask(_ operation: String, _ method: String, _ path: String, _ body: JSONValue? = nil) async throws {
                let answer = try await Self.call(double, method, path, body)
                #expect(answer.status == 200, "\(operation): \(answer)")
                answers.append((operation, answer.body.text))
            }
            try await ask("ListQueues", "GET", "/queues-summary/\(Self.instance)?maxResults=5")
            try await ask("ListQueues", "GET", "/queues-summary/\(Self.instance)?queueTypes=STANDARD&queueTypes=AGENT")
            try await ask("ListUsers", "GET", "/users-summary/\(Self.instance)")
            let present = ConnectMetricRules.present.sorted { $0.key < $1.key }.map { name, unit -> JSONValue in
                ["Name": .string(name), "Unit": .string(unit)]
            }
            for groupings: JSONValue in [[], ["QUEUE"]] {
                let body = Self.current.merging(["CurrentMetrics": .array(present), "Groupings": groupings]) { $1 }
                try await ask("GetCurrentMetricData", "POST", "/metrics/current/\(Self.instance)", .object(body))
            }
            try await ask("GetMetricDataV2", "POST", "/metrics/data", .object(Self.historical))
            let agents = Self.filters(("AGENT", [.string(Self.agent)])).merging(["Groupings": ["AGENT"]]) { $1 }
                .merging(Self.metric("AGENT_OCCUPANCY")) { $1 }
            try await ask("GetMetricDataV2", "POST", "/metrics/data", .object(Self.historical.merging(agents) { $1 }))
            let faults = try ConnectOracle.faults(inResponses: answers)
            #expect(faults.joined().isEmpty, "\(faults)")
            let odd = try ConnectOracle.faults(inResponses: [("ListUsers", #"{"UserSummaryList":[{"Name":"x"}]}"#)])
            #expect(odd[0].contains("Name"))
            // What the double calls a metric is one to botocore, too.
            let requests = try ConnectOracle.faults(inRequests: [
                (
                    "POST", "/metrics/current/i",
                    JSONValue.object([
                        "Filters": ["Queues": ["q"]], "CurrentMetrics": .array(present),
                    ]).text
                ),
                (
                    "POST", "/metrics/current/i",
                    #"{"Filters":{"Queues":["q"]},"CurrentMetrics":[{"Name":"CONTACTS_LOST"}]}"#
                ),
            ])
            #expect(requests[0].isEmpty && requests[1].contains("CONTACTS_LOST"))
        }
    }

    @Test func `pages need the same request, and each token is for one page`() async throws {
        try await run { (double) async throws in
            let path = "/metrics/current/\(Self.instance)"
            let body = Self.current.merging(["Filters": ["Queues": Self.queues(100)], "MaxResults": 60]) { $1 }
            let first = try await Self.call(double, "POST", path, .object(body)).body
            #expect(first["MetricResults"]?.array?.count == 60)
            let token = try #require(first["NextToken"])
            let next = JSONValue.object(body.merging(["NextToken": token]) { $1 })
            let other = JSONValue.object(body.merging(["NextToken": token, "MaxResults": 50]) { $1 })
            #expect(try await Self.call(double, "POST", path, other).status == 400)
            let again = try #require(try await Self.call(double, "POST", path, .object(body)).body["NextToken"])
            let second = try await Self.call(double, "POST", path, .object(body.merging(["NextToken": again]) { $1 }))
                .body
            #expect(second["MetricResults"]?.array?.count == 40 && second["NextToken"] == nil)
            #expect(try await Self.call(double, "POST", path, next).status == 400)
        }
    }

    @Test func `lists have parameters of their own, and the instance is the one that there is`() async throws {
        try await run { (double) async throws in
            for (path, status) in [
                ("/queues-summary/\(Self.instance)?queueTypes=STANDARD&maxResults=1000", 200),
                ("/queues-summary/\(Self.instance)?queueTypes=OTHER", 400), ("/queues-summary/other", 404),
                ("/queues-summary/\(Self.instance)?maxResults=1001", 400), ("/queues/\(Self.instance)", 404),
                ("/users-summary/\(Self.instance)?queueTypes=STANDARD", 400),
                ("/users-summary/\(Self.instance)?x=1", 400),
            ] { #expect(try await Self.call(double, "GET", path).status == status, "\(path)") }
            let standard = try await Self.call(
                double, "GET", "/queues-summary/\(Self.instance)?queueTypes=STANDARD&maxResults=1000")
            #expect(standard.body["QueueSummaryList"]?.array?.count == 120)
        }
    }

    @Test func `a signature of somebody else, or for another service, is refused`() async throws {
        try await run { (double) async throws in
            let other = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "other")
            let answer = try await Self.call(double, "GET", "/users-summary/\(Self.instance)", signedBy: other)
            #expect(answer.status == 403 && answer.code == "InvalidSignatureException")
        }
    }

    @Test func `requests beyond the rate are throttled`() async throws {
        try await run({ $0.throttles = true }) { (double) async throws in
            var statuses: [Int] = []
            for _ in 0..<14 {
                statuses.append(
                    try await Self.call(
                        double, "POST", "/metrics/current/\(Self.instance)", .object(Self.current)
                    ).status)
            }
            #expect(statuses.prefix(8) == [200, 200, 200, 200, 200, 200, 200, 200] && statuses.contains(429))
            try await Task.sleep(for: .milliseconds(300))
            let later = try await Self.call(
                double, "POST", "/metrics/current/\(Self.instance)", .object(Self.current))
            #expect(later.status == 200)
        }
    }

    @Test func `a day is the same by its seed, in whatever parts it is asked for`() {
        let day = 1_800_057_600 - 86_400
        let sample = ContactTraffic.sample(seed: 7)
        func contacts(_ traffic: ContactTraffic) -> [Int] {
            (0..<96).map { traffic.quarter(at: day + $0 * 900).streams.values.reduce(0) { $0 + $1.count } }
        }
        let all = contacts(sample)
        #expect(contacts(.sample(seed: 7)) == all && contacts(.sample(seed: 8)) != all)
        // Nobody calls at night, and at noon some do.
        #expect(all.prefix(28).allSatisfy { $0 == 0 } && all[40..<60].allSatisfy { $0 > 5 })
        let agents = (0..<96).flatMap { sample.quarter(at: day + $0 * 900).agents }
        #expect(agents.allSatisfy { $0.idle >= 0 && $0.busy >= 0 && $0.online <= 900 })
        let handled = agents.reduce(0) { $0 + $1.contacts.count }
        #expect(handled > all.reduce(0, +) * 7 / 10)
    }
}
