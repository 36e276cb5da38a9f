import AWS
import CallRecords
import Calling
import Crypto
import Foundation
import JSON
import LocalServices
import Logging
import Salesforce
import Settings
import Synchronization
import TestSupport

@testable import ConnectRecording
@testable import LambdaRuntime

/// The function with the local Salesforce and a bucket, its log kept.
final class RecordingFixture: Sendable {
    static let secret = "link-secret-of-the-tests"
    static let base = "https://calls.example.com/prod"
    static let id = "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e9f"

    let crm: SalesforceDouble
    let bucket: BucketDouble
    let function: ConnectRecording
    private let lines = Mutex<[String]>([])

    private init(_ crm: SalesforceDouble, _ variables: [String: String], now: Duration) async throws {
        self.crm = crm
        let bucket = try BucketDouble()
        self.bucket = bucket
        let own = [
            "RECORDINGS_BUCKET": "recordings", "RECORDINGS_PREFIX": "connect/acme/",
            "RECORDING_LINK_BASE_URL": "\(Self.base)/",
            "RECORDING_LINK_SECRET": variables["RECORDING_LINK_SECRET_ARN"] == nil ? Self.secret : "",
        ]
        let environment = Environment(
            crm.environment.merging(bucket.environment) { $1 }.merging(own) { $1 }.merging(variables) { $1 })
        let (settings, salesforce, aws) = try environment.read(
            RecordingSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
        let timing = CallTiming(random: { 0 }, sleep: { _ in })
        let secret = try await LinkSecret(
            KeyedSecretReader(settings.link.secret), deadline: .now + .seconds(5))
        function = ConnectRecording(
            settings: settings, secret: secret,
            crm: SalesforceClient(configuration: salesforce, timing: timing),
            s3: S3Client(AWSClient(configuration: aws, timing: timing)), now: { now })
    }

    /// Runs `body` with a function and its services; `now` is 2026-11-21, about noon.
    static func run(
        _ variables: [String: String] = [:], now: Duration = .seconds(1_795_262_400),
        configuration: SalesforceDouble.Configuration = SalesforceDouble.Configuration(),
        _ body: (RecordingFixture) async throws -> Void
    ) async throws {
        var configuration = configuration
        configuration.now = { Date(timeIntervalSince1970: now / .seconds(1)) }
        try await SalesforceDouble.withRunning(configuration) { crm in
            try await body(RecordingFixture(crm, variables, now: now))
        }
    }

    var log: String { lines.withLock { $0.joined() } }

    /// The answer's bytes.
    func response(to event: [UInt8], within time: Duration = .seconds(20)) async throws -> [UInt8] {
        let context = LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration(level: .trace) { [self] line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
        guard case .bytes(let answer) = try await function.handle(event, context: context).body else { return [] }
        return answer
    }

    /// The answer's JSON object.
    func invoke(_ event: String, within time: Duration = .seconds(20)) async throws -> [String: Any] {
        let answer = try await response(to: Array(event.utf8), within: time)
        return try JSONSerialization.jsonObject(with: Data(answer)) as? [String: Any] ?? [:]
    }

    /// Returns the ids of the messages to redeliver.
    func failures(_ event: String) async throws -> [String] {
        let failures = try await invoke(event)["batchItemFailures"] as? [[String: String]] ?? []
        return failures.compactMap { $0["itemIdentifier"] }
    }

    func register(_ contact: String = RecordingFixture.id, from number: String? = "+14155550100") async throws
        -> [String: String]
    {
        try await invoke(Events.flow(contact, from: number)) as? [String: String] ?? [:]
    }

    /// Returns the recordings' records, by contact; a contact with two has none.
    func records() async -> [String: [String: String]] {
        let all = await crm.org.records(of: "Call_Recording_Info__c").map { $0.compactMapValues(\.string) }
        let groups = Dictionary(grouping: all) { $0["Contact_Id__c"] ?? "" }
        return groups.compactMapValues { $0.count == 1 ? $0[0] : nil }
    }

    /// Returns the only record of a contact, with values of every type; empty when there is none, or several.
    func record(_ contact: String = id) async -> [String: JSONValue] {
        let all = await crm.org.records(of: "Call_Recording_Info__c").filter { $0["Contact_Id__c"]?.string == contact }
        return all.count == 1 ? all[0] : [:]
    }

    /// Returns the data calls so far, as `METHOD path` without query.
    func calls() async -> [String] {
        await crm.org.requests.filter { !$0.path.hasPrefix("/services/oauth2") }.map { request in
            "\(request.method) \(request.path.split(separator: "?")[0].replacing("/services/data/v62.0", with: ""))"
        }
    }

    static func link(_ contact: String = id) -> String {
        "\(base)/recordings/\(contact)?sig=\(signature(contact))"
    }

    /// Returns the signature of a contact's id, or of one with the second at which its link expires.
    static func signature(_ signed: String, under secret: String = secret) -> String {
        SHA256.hexadecimal(SHA256.authenticationCode(of: Array(signed.utf8), key: Array(secret.utf8)))
    }
}
