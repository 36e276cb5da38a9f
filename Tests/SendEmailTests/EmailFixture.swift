import AWS
import AmazonConnect
import Calling
import Foundation
import HTTPClient
import Idempotency
import JSON
import LambdaRuntime
import MessageTemplates
import Settings
import Synchronization
import TestSupport

@testable import SendEmail

/// SendEmail on an AWS double, with the shipped templates.
final class EmailFixture: Sendable {
    let aws: AWSDouble
    private let function: SendEmail
    private let lines = Mutex<[String]>([])

    static let templates = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Functions/SendEmail/templates").standardized.path

    init(_ variables: [String: String] = [:], timing: CallTiming? = nil) throws {
        aws = try AWSDouble()
        let environment = Environment(
            aws.environment.merging([
                "EMAIL_ALLOWED_SENDERS": "@example.com", "EMAIL_ALLOWED_RECIPIENTS": "@example.net",
                "TEMPLATES_DIR": Self.templates,
            ]) { $1 }.merging(variables) { $1 })
        let (settings, templates, table, configuration) = try environment.read(
            EmailSettings.variable, TemplateDirectory.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        let clock = Clock()
        self.clock = clock
        function = SendEmail(
            settings: settings, templates: templates, table: table,
            aws: AWSClient(configuration: configuration, timing: CallTiming(random: { 0 })),
            timing: timing ?? CallTiming(wall: { .seconds(clock.seconds.withLock(\.self)) }))
    }

    private final class Clock: Sendable {
        let seconds = Mutex(1_800_000_000.0)
    }
    private let clock: Clock

    func advance(seconds: Double) { clock.seconds.withLock { $0 += seconds } }

    /// Everything the function logged.
    var log: String { lines.withLock { $0.joined() } }

    static var form: [String: Any] {
        ["appt-day": "Tuesday", "appt-time": "10:30", "message-details": "Dr. Okafor is away."]
    }

    static var parameters: [String: Any] {
        [
            "formData": form, "customerFullName": "Maria Silva", "systemEmail": "desk@example.com",
            "destinationEmail": "maria.silva@example.net",
        ]
    }

    /// Returns the event of a contact flow, with parameters changed or, by NSNull, left out.
    static func event(_ changes: [String: Any] = [:], contact: String = "contact-1") throws -> ContactFlowEvent {
        let parameters = parameters.merging(changes) { $1 }.filter { !($0.value is NSNull) }
        return try decode([
            "Name": "ContactFlowEvent", "Details": ["ContactData": ["ContactId": contact], "Parameters": parameters],
        ])
    }

    /// Returns the event of an agent's guide: a contact of its own, related to the call.
    static func guide(
        _ contact: String, of call: String, _ changes: [String: Any] = [:]
    ) throws -> ContactFlowEvent {
        let data: [String: Any] = [
            "ContactId": contact, "RelatedContactId": call,
            "SegmentAttributes": ["connect:Subtype": ["ValueString": "connect:Guide"]],
        ]
        return try decode([
            "Name": "ContactFlowEvent",
            "Details": ["ContactData": data, "Parameters": parameters.merging(changes) { $1 }],
        ])
    }

    static func decode(_ event: Any) throws -> ContactFlowEvent {
        let data = try JSONSerialization.data(withJSONObject: event, options: .fragmentsAllowed)
        return try ContactFlowEvent(parsing: Array(data))
    }

    /// Invokes the function like Lambda, with so much time.
    func invoke(_ event: ContactFlowEvent, within time: Duration = .seconds(5)) async throws -> EmailOutput {
        let context = LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration { [self] line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
        do {
            return try await function.handle(event, context: context)
        } catch let error as any TypedError {
            throw FunctionError(error)
        }
    }

    func invoke(_ changes: [String: Any] = [:]) async throws -> EmailOutput {
        try await invoke(Self.event(changes))
    }

    /// The bodies of the requests to SES.
    var sent: [[String: Any]] {
        aws.bodies(of: .sendEmail).compactMap {
            try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }

    /// Returns the last e-mail's subject, text or HTML.
    func last(_ part: String) -> String? {
        let simple = (sent.last?["Content"] as? [String: Any])?["Simple"] as? [String: Any]
        let holder = part == "Subject" ? simple : simple?["Body"] as? [String: Any]
        return (holder?[part] as? [String: Any])?["Data"] as? String
    }
}
