import AWS
import Calling
import Encoding
import Foundation
import HTTPEvents
import LambdaRuntime
import Logging
import Salesforce
import Settings
import Synchronization
import TestSupport

@testable import CRMWrapperAPI

/// The wrapper API with a scripted Salesforce, its log kept.
final class WrapperFixture: Sendable {
    let org: ScriptedSalesforce
    let function: CRMWrapperAPI
    private let lines = Mutex<[String]>([])
    /// The time that has passed on the wall clock, and on the continuous one.
    private let passed: Passed

    private final class Passed: Sendable {
        let wall = Mutex(Duration.zero)
        let continuous = Mutex(Duration.zero)
    }

    /// A response: the status, the headers and the body.
    struct Came {
        let status: Int
        let headers: [String: String]
        let body: String

        /// The body's `error.code`.
        var code: String? {
            let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: [String: String]]
            return object?["error"]?["code"]
        }
    }

    init(_ variables: [String: String] = [:]) throws {
        let org = try ScriptedSalesforce()
        let environment = Environment(org.environment.merging(variables) { $1 })
        let use: SalesforceConfiguration.Use = ServiceCallers.areGiven(in: environment) ? .serviceCallers : .callers
        let (settings, salesforce, callers) = try environment.read(
            WrapperSettings.variable, SalesforceConfiguration.variable(for: use), ServiceCallers.variable)
        let passed = Passed()
        self.org = org
        self.passed = passed
        let start = Moment.now
        let timing = CallTiming(
            wall: { start.wall + passed.wall.withLock(\.self) },
            instant: { .now + passed.continuous.withLock(\.self) }, random: { 0 }, sleep: { _ in })
        function = CRMWrapperAPI(
            settings: settings,
            crm: SalesforceClient(configuration: salesforce, timing: timing),
            callers: callers)
    }

    /// Lets time pass, on both clocks or on one alone.
    func advance(_ wall: Duration, continuous: Duration = .zero) {
        passed.wall.withLock { $0 += wall }
        passed.continuous.withLock { $0 += continuous }
    }

    var log: String { lines.withLock { $0.joined() } }

    static let basic = authorization("agent@example.com:pass:word-ü")

    static func authorization(_ credentials: String) -> String {
        "Basic \(Data(credentials.utf8).base64EncodedString())"
    }

    func send(
        _ method: String, _ target: String, body: String = "", authorization: String? = WrapperFixture.basic,
        headers more: [(String, String)] = [], within time: Duration = .seconds(20)
    ) async throws -> Came {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var headers: HTTPHeaders = ["Host": "crm.example.com", "urlparams": "services/data/v1.0/query"]
        if let authorization { headers.append("authorization", authorization) }
        for (name, value) in more { headers.append(name, value) }
        return try await send(
            HTTPEvent(
                method: method, path: String(parts[0]), rawQuery: parts.count > 1 ? String(parts[1]) : "",
                headers: headers, body: Array(body.utf8)), within: time)
    }

    /// Sends a GET to another function.
    func send(to function: CRMWrapperAPI, _ target: String, authorization: String) async throws -> Came {
        let parts = target.split(separator: "?", maxSplits: 1)
        return try await send(
            HTTPEvent(path: String(parts[0]), rawQuery: String(parts[1]), headers: ["Authorization": authorization]),
            to: function)
    }

    func send(
        _ event: HTTPEvent, to other: CRMWrapperAPI? = nil, within time: Duration = .seconds(20)
    ) async throws -> Came {
        let context = LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration(level: .trace) { [self] line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
        let answer = try await (other ?? function).handle(event, context: context)
        return Came(status: answer.statusCode, headers: answer.headers ?? [:], body: answer.body)
    }

    func query(_ soql: String = "SELECT Id FROM Lead", within time: Duration = .seconds(20)) async throws -> Came {
        try await send("GET", "/getall?q=\(PercentEncoding.encode(soql))", within: time)
    }

    static let created = #"{"id":"00Q1","success":true,"errors":[]}"#
    static let lead = #"{"data":{"LastName":"Silva","Company":"Test"}}"#

    /// Responds to the next creation like Salesforce, and requests one.
    func create(_ path: String = "/createRecord", _ body: String = WrapperFixture.lead) async throws -> Came {
        org.answer(201, Self.created)
        return try await send("POST", path, body: body)
    }
}
