import AWS
import Calling
import Foundation
import JSON
import LocalServices
import Logging
import Salesforce
import Settings
import Synchronization
import TestSupport
import Testing

@testable import ConnectMetrics
@testable import LambdaRuntime

/// The function with the local Amazon Connect, a strict DynamoDB and a Salesforce; its log is kept, and its wall clock is set
/// by hand.
final class MetricsFixture: Sendable {
    let connect: ConnectDouble
    let crm: MetricsCRMDouble
    let aws: AWSDouble
    /// Begins at 2027-01-15T08:00:00Z, a Friday.
    let clock: FrozenClock
    private let function: ConnectMetrics
    private let lines = Mutex<[String]>([])

    private init(
        _ connect: ConnectDouble, _ clock: FrozenClock, _ variables: [String: String]
    ) throws {
        self.connect = connect
        self.clock = clock
        crm = try MetricsCRMDouble()
        aws = try AWSDouble()
        function = try Self.function(connect, crm.environment, aws, clock, variables)
    }

    static func function(
        _ connect: ConnectDouble, _ salesforce: [String: String], _ aws: AWSDouble, _ clock: FrozenClock,
        _ variables: [String: String] = [:]
    ) throws -> ConnectMetrics {
        let environment = Environment(
            aws.environment.merging(salesforce) { $1 }.merging(connect.environment) { $1 }
                .merging(["METRICS_TABLE": "switchboard-idempotency"]) { $1 }.merging(variables) { $1 })
        let (settings, crm, configuration) = try environment.read(
            MetricsSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
        let timing = CallTiming(wall: { clock.moment.wall })
        return ConnectMetrics(
            settings: settings, crm: SalesforceClient(configuration: crm, timing: timing),
            aws: AWSClient(configuration: configuration, timing: timing), timing: timing)
    }

    /// Runs `body` with a centre of that traffic.
    static func withRunning(
        _ traffic: ContactTraffic = .sample(), _ variables: [String: String] = [:], throttles: Bool = true,
        largestPage: Int = 1_000, _ body: (MetricsFixture) async throws -> Void
    ) async throws {
        let clock = FrozenClock()
        var configuration = try #require(ConnectDouble.Configuration())
        configuration.traffic = traffic
        configuration.throttles = throttles
        configuration.largestPage = largestPage
        configuration.credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
        configuration.now = { clock.date }
        try await ConnectDouble.withRunning(configuration) { connect in
            let fixture = try MetricsFixture(connect, clock, variables)
            defer { fixture.aws.stop() }
            try await body(fixture)
            #expect(fixture.crm.violations.isEmpty)
        }
    }

    /// A second process of the same function.
    func twin(_ variables: [String: String] = [:]) throws -> ConnectMetrics {
        try Self.function(connect, crm.environment, aws, clock, variables)
    }

    var now: Int { Int(clock.date.timeIntervalSince1970) }
    var log: String { lines.withLock { $0.joined() } }
    /// Returns the lines of a level since the last call.
    func lines(_ level: String) -> [String] {
        lines.withLock { all in
            defer { all = [] }
            return all.filter {
                $0.contains("\"level\":\"\(level)\"") || $0.contains("[\(level)]") || $0.contains(" \(level) ")
            }
        }
    }

    /// Runs a task; returns what it found and wrote.
    @discardableResult
    func run(_ task: String, by function: ConnectMetrics? = nil, within time: Duration = .seconds(60)) async throws
        -> MetricsOutput
    {
        let context = LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration(level: .trace) { [self] line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
        let event = try MetricsEvent(["task": .string(task)])
        return try await (function ?? self.function).handle(event, context: context)
    }

    /// Runs a task that fails; returns its error's type.
    func failure(_ task: String, within time: Duration = .seconds(60)) async -> String? {
        do {
            _ = try await run(task, within: time)
            Issue.record("The task did not fail.")
            return nil
        } catch {
            return (error as? any TypedError)?.errorType ?? "\(error)"
        }
    }

    /// The table's item of a task, as JSON.
    func item(_ task: String) -> DynamoDBItem? {
        aws.items.first { $0["id"]?.S?.contains("#\(task)#") == true }
    }

    func requests(_ operation: String) async -> [ConnectCentre.RecordedRequest] {
        await connect.centre.requests.filter { $0.operation == operation }
    }

    static func ids(_ traffic: ContactTraffic) -> [String] { traffic.queues.map(\.id) }
}
