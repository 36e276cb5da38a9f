import AWS
import AWSEvents
import CallRecords
import Calling
import Foundation
import JSON
import Logging
import Salesforce
import Settings
import Synchronization
import TestSupport
import Testing

@testable import ConnectContactRecords
@testable import LambdaRuntime

/// The function with a strict Salesforce, SES and DynamoDB, and a queue; its log is kept.
final class ContactRecordsFixture: Sendable {
    static let templates = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Functions/ConnectContactRecords/templates").standardized.path
    static let secret = "link-secret-of-the-tests"
    /// The variables of recordings and of the voicemails' e-mail.
    static let recordings = [
        "RECORDINGS_BUCKET": "recordings", "RECORDING_LINK_BASE_URL": "https://calls.example.com/prod",
        "RECORDING_LINK_SECRET": secret,
    ]
    static let notice = recordings.merging([
        "VOICEMAIL_EMAIL_TO": "desk@example.com", "EMAIL_FROM": "calls@example.com", "TEMPLATES_DIR": templates,
    ]) { $1 }

    let crm: ContactCRMDouble
    let aws: AWSDouble
    let queue: ScriptedServer
    private let answers: QueueAnswers
    private let function: ConnectContactRecords
    private let lines = Mutex<[String]>([])

    init(_ variables: [String: String] = [:], timing: CallTiming = CallTiming(sleep: { _ in })) throws {
        let crm = try ContactCRMDouble()
        let aws = try AWSDouble()
        let answers = QueueAnswers()
        let queue = try ScriptedServer.answering { _ in
            let status = answers.next()
            return status == 200
                ? ScriptedServer.Response(#"{"MessageId":"m"}"#)
                : ScriptedServer.Response(status: status, #"{"__type":"AWS.SimpleQueueService.Fault"}"#)
        }
        self.answers = answers
        self.queue = queue
        self.crm = crm
        self.aws = aws
        let environment = Environment(
            crm.environment.merging(aws.environment) { $1 }.merging([
                "AWS_ENDPOINT_URL_SQS": "http://\(queue.authority)",
                "DEAD_LETTER_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/dead",
            ]) { $1 }.merging(variables) { $1 })
        let (settings, salesforce, configuration) = try environment.read(
            ContactRecordSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
        function = ConnectContactRecords(
            settings: settings, secret: settings.recordings.map { _ in LinkSecret(Redacted(Self.secret)) },
            crm: SalesforceClient(configuration: salesforce, timing: timing),
            aws: AWSClient(configuration: configuration, timing: timing), timing: timing)
    }

    /// Sets the status of the queue's responses, by the number of the message.
    func answerQueue(_ status: @escaping @Sendable (_ number: Int) -> Int) { answers.set(status) }

    var log: String { lines.withLock { $0.joined() } }
    /// The messages that the queue got, refused ones included.
    var letters: [JSONValue] {
        queue.requests.compactMap { request in
            let body = try? JSONValue(parsing: request.body)
            return body?["MessageBody"]?.string.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
        }
    }

    /// Returns a member of each of them, in their order.
    func letters(_ member: String) -> [String] { letters.map { $0[member]?.string ?? "" } }

    /// Gives the function a batch; returns the number that comes again.
    ///
    /// The numbers of the records are 1, 2 and so on.
    func invoke(_ records: [String], within time: Duration = .seconds(20)) async throws -> String? {
        try await invoke(data: records.map { Array($0.utf8) }, within: time)
    }

    func invoke(data records: [[UInt8]], within time: Duration = .seconds(20)) async throws -> String? {
        let context = LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration(level: .trace) { [self] line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
        let batch = records.enumerated().map { index, data -> JSONValue in
            let kinesis: JSONValue = [
                "sequenceNumber": .string(String(index + 1)), "data": .string(Data(data).base64EncodedString()),
            ]
            return ["eventSource": "aws:kinesis", "kinesis": kinesis]
        }
        let event = try KinesisEvent(["Records": .array(batch)] as JSONValue)
        let failures = try await function.handle(event, context: context).batchItemFailures
        try #require(failures.count <= 1)
        return failures.first?.itemIdentifier
    }

    /// The statuses that the queue answers with.
    private final class QueueAnswers: Sendable {
        private struct State {
            var count = 0
            var status: @Sendable (Int) -> Int = { _ in 200 }
        }
        private let state = Mutex(State())

        func set(_ status: @escaping @Sendable (Int) -> Int) { state.withLock { $0.status = status } }

        func next() -> Int {
            state.withLock { state in
                state.count += 1
                return state.status(state.count)
            }
        }
    }
}
