import Calling
import Encoding
import HTTPTypes
import JSON

/// Amazon Connect: lists of an instance's queues and agents, and their metrics.
///
/// Requests go to the instance's Region, at the rate that Connect allows each operation ("Amazon Connect service quotas"
/// in its Administrator Guide), and are tried again as long as the deadline allows.
package final class ConnectClient: Sendable {
    /// The most queues or agents that one request names.
    package static let mostFilterValues = 100
    /// The most results of a page.
    static let pageSize = 100

    package let instance: ConnectInstance
    private let client: AWSClient
    private let timing: CallTiming
    private let paces: [Operation: ConnectPace]
    let knownPages = KnownPages()

    /// An operation that this client calls.
    enum Operation: String, CaseIterable, Sendable {
        case listQueues = "ListQueues"
        case listUsers = "ListUsers"
        case currentMetrics = "GetCurrentMetricData"
        case metrics = "GetMetricDataV2"

        /// The requests a second, and at once.
        fileprivate var rate: (perSecond: Double, burst: Double) {
            switch self {
            case .listQueues, .listUsers: (2, 1)
            // Below the 5 a second and 8 at once that Connect allows: requests do not arrive as evenly as they leave.
            case .currentMetrics: (4.5, 6)
            // One at a time, and below the 10 that Connect allows: those that go out together are throttled where another of
            // the account has just asked.
            case .metrics: (9, 1)
            }
        }
    }

    package init(_ client: AWSClient, instance: ConnectInstance) {
        self.client = client.inRegion(instance.region)
        self.instance = instance
        timing = client.timing
        paces = Dictionary(
            uniqueKeysWithValues: Operation.allCases.map { operation in
                let rate = operation.rate
                return (
                    operation, ConnectPace(perSecond: rate.perSecond, burst: rate.burst, timing: client.timing)
                )
            })
        self.client.expect(.connect)
    }

    /// Returns the instance's queues of type `STANDARD`: not those that each agent has. `ListQueues` in the Amazon Connect API
    /// Reference.
    package nonisolated(nonsending) func queues(
        deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> [ConnectSummary] {
        try await list(.listQueues, "/queues-summary/\(instance.id)", [("queueTypes", "STANDARD")], deadline: deadline)
    }

    /// Returns the instance's users. `ListUsers` in the Amazon Connect API Reference.
    package nonisolated(nonsending) func users(
        deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> [ConnectSummary] {
        try await list(.listUsers, "/users-summary/\(instance.id)", [], deadline: deadline)
    }

    private nonisolated(nonsending) func list(
        _ operation: Operation, _ path: String, _ query: [(name: String, value: String)],
        deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> [ConnectSummary] {
        var summaries: [ConnectSummary] = []
        var pages = PageTokens()
        while true {
            var parts = query
            if let token = pages.current { parts.append(("nextToken", token)) }
            parts.append(("maxResults", "1000"))
            let text = parts.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
            let request = AWSRequest(
                .connect, action: operation.rawValue, method: .get, path: "\(path)?\(text)", repetition: .idempotent)
            let answer = try await self.answer(to: request, of: operation, deadline: deadline)
            guard let page = try? JSONText.decode(SummaryPage.self, from: answer.body) else {
                throw .unreadable(request, answer)
            }
            summaries += page.summaries
            guard let token = page.nextToken, !token.isEmpty else { return summaries }
            try pages.follow(token, request, answer)
        }
    }

    /// Sends a request in its turn, again and again while Connect throttles or fails, until the deadline.
    nonisolated(nonsending) func answer(
        to request: AWSRequest, of operation: Operation, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> AWSResponse {
        var request = request
        request.tries = 1
        request.maximumAnswerBytes = 8 << 20
        let policy = RetryPolicy<AWSError>.standard(.idempotent, tries: nil)
        return try await policy.run(timing, before: deadline) { [request] () async throws(AWSError) in
            guard await paces[operation]?.turn(before: deadline) ?? true else {
                throw AWSError(
                    service: request.service.name, action: request.action, outcome: .notSent,
                    detail: "its turn comes after the deadline")
            }
            return try await client.answer(to: request, deadline: deadline)
        }
    }

    /// Returns true for what the ids of instances, queues and agents are made of.
    package static func isID(_ text: some StringProtocol) -> Bool {
        (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
    }
}

/// The tokens of the pages that were asked for: one that comes again would be followed without end.
struct PageTokens {
    private var seen: Set<String> = []
    private(set) var current: String?

    mutating func follow(_ token: String, _ request: AWSRequest, _ answer: AWSResponse) throws(AWSError) {
        guard seen.insert(token).inserted else {
            throw .unreadable(request, answer, because: "a page announces an earlier one")
        }
        current = token
    }
}

/// A page of either list.
private struct SummaryPage: Decodable {
    let summaries: [ConnectSummary]
    let nextToken: String?

    private enum CodingKeys: String, CodingKey {
        case queues = "QueueSummaryList"
        case users = "UserSummaryList"
        case nextToken = "NextToken"
    }

    private struct Summary: Decodable {
        let Id: String?
        let Name: String?
        let Username: String?
    }

    init(from decoder: any Decoder) throws {
        let page = try decoder.container(keyedBy: CodingKeys.self)
        let key: CodingKeys = page.contains(.queues) ? .queues : .users
        summaries = try page.decode([Summary?].self, forKey: key).compactMap { summary in
            guard let summary, let id = summary.Id, ConnectClient.isID(id) else { return nil }
            return ConnectSummary(id: id, name: summary.Name ?? summary.Username ?? "")
        }
        nextToken = try page.decodeIfPresent(String.self, forKey: .nextToken)
    }
}
