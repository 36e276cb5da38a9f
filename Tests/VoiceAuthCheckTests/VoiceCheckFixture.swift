import AWS
import AmazonConnect
import Calling
import Foundation
import HTTPClient
import JSON
import LambdaRuntime
import LocalServices
import Settings
import Synchronization
import TestSupport
import TwilioREST
import VoiceAuth
import VoiceIt

@testable import VoiceAuthCheck

/// VoiceAuthCheck on a local AWS and the local VoiceIt, with a clock that the test sets, and the calls that Twilio makes.
final class VoiceCheckFixture: Sendable {
    let aws: AWSDouble
    let voiceIt: VoiceItDouble
    let store: VoiceStore
    private let function: VoiceAuthCheck
    private let dynamoDB: DynamoDBClient
    private let record = Record()

    private final class Record: Sendable {
        let now = Mutex(1_800_000_000_000)
        let lines = Mutex<[String]>([])
    }

    static let number = "+12065550142"
    static let secret = "the hash secret of the tests"

    /// - Parameter variables: They override those that point to the doubles; `TWILIO_…` has a sweep delete recordings.
    private init(_ variables: [String: String], aws: AWSDouble, voiceIt: VoiceItDouble) async throws {
        self.aws = aws
        self.voiceIt = voiceIt
        let environment = Environment(
            aws.environment.merging(voiceIt.environment) { $1 }.merging(
                ["VOICE_TABLE": "switchboard-idempotency", "VOICE_HASH_SECRET": Self.secret]
            ) { $1 }.merging(variables) { $1 })
        let (settings, voiceItSettings, configuration, twilio, api) = try environment.read(
            VoiceSettings.variable, VoiceItConfiguration.variable, AWSConfiguration.variable,
            TwilioAccount.optionalSecret, TwilioAccount.api)
        let record = record
        dynamoDB = DynamoDBClient(AWSClient(configuration: configuration, timing: CallTiming(random: { 0 })))
        store = VoiceStore(
            rules: settings.rules, hash: try await settings.hash(deadline: .now + .seconds(1)), table: settings.table,
            client: dynamoDB,
            timing: CallTiming(wall: { .milliseconds(record.now.withLock(\.self)) }))
        function = VoiceAuthCheck(
            store: store, voiceprints: VoiceItClient(configuration: voiceItSettings),
            recordings: twilio.map {
                SweptRecordings(
                    client: RecordingClient(api: api, secrets: KeyedSecretReader($0), http: CurlClient()), api: api)
            })
    }

    /// Runs `body` on a fixture, and ends its servers afterwards.
    static func run(
        _ variables: [String: String] = [:], _ body: (VoiceCheckFixture) async throws -> Void
    ) async throws {
        let aws = try AWSDouble()
        defer { aws.stop() }
        try await VoiceItDouble.withRunning { voiceIt in
            try await body(VoiceCheckFixture(variables, aws: aws, voiceIt: voiceIt))
        }
    }

    static let callerID = ["VOICE_AUTH_BINDING": "caller-id"]
    static let gated = ["VOICE_ENROLL": "gated"]
    static let allowed = ["enrollmentAllowed": "true"]

    func advance(seconds: Double) { record.now.withLock { $0 += Int(seconds * 1000) } }

    /// Everything the function logged.
    var log: String { record.lines.withLock { $0.joined() } }

    /// The lines that a person should read.
    var warnings: [String] {
        log.split(separator: "\n").map(String.init).filter { $0.contains("WARN") || $0.contains("ERROR") }
    }

    /// Returns a flow's event; nil for `number` withholds it.
    static func event(
        _ parameters: [String: Any] = [:], contact: String? = "contact-1", number: String? = VoiceCheckFixture.number
    ) throws -> ContactFlowEvent {
        var data: [String: Any] = ["Channel": "VOICE"]
        data["ContactId"] = contact
        data["CustomerEndpoint"] = number.map { ["Address": $0, "Type": "TELEPHONE_NUMBER"] }
        return try decode([
            "Name": "ContactFlowEvent", "Details": ["ContactData": data, "Parameters": parameters],
        ])
    }

    static func decode(_ event: Any) throws -> ContactFlowEvent {
        try ContactFlowEvent(parsing: Array(try JSONSerialization.data(withJSONObject: event)))
    }

    /// Invokes the function like Lambda, with so much time.
    func invoke(_ event: ContactFlowEvent, within time: Duration = .seconds(8)) async throws -> VoiceOutput {
        let context = LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration { [record] line in
                record.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
        do {
            return try await function.handle(event, context: context)
        } catch let error as any TypedError {
            throw FunctionError(error)
        }
    }

    func ask(
        _ phase: String, _ parameters: [String: Any] = [:], contact: String? = "contact-1",
        number: String? = VoiceCheckFixture.number
    ) async throws -> VoiceOutput {
        try await invoke(
            Self.event(parameters.merging(["phase": phase]) { $1 }, contact: contact, number: number))
    }

    func branch(
        _ phase: String, _ parameters: [String: Any] = [:], contact: String? = "contact-1",
        number: String? = VoiceCheckFixture.number
    ) async throws -> String {
        try await ask(phase, parameters, contact: contact, number: number).branch?.rawValue ?? ""
    }

    /// Sends the schedule's event.
    func sweep(within time: Duration = .seconds(10)) async throws -> VoiceOutput {
        try await invoke(Self.decode(["phase": "sweep"]), within: time)
    }

    /// Writes items into the table.
    func seed(_ items: [Item]) async throws {
        for item in items {
            _ = try await dynamoDB.putItem(table: "switchboard-idempotency", item: item, deadline: .now + .seconds(5))
        }
    }

    /// The items of deletions that are not confirmed.
    var notes: [DynamoDBItem] { aws.items.filter { $0["id"]?.S?.hasPrefix("deletions#") == true } }
    /// The existing VoiceIt users.
    var users: [String] { get async { await voiceIt.account.users.keys.sorted() } }
    /// The calls that VoiceIt received, such as `POST /users`, without ids.
    var voiceItCalls: [String] {
        get async {
            await voiceIt.account.calls.map { "\($0.method) /\($0.path.split(separator: "/").first ?? "")" }
        }
    }
}
