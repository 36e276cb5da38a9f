import AWS
import AmazonConnect
import Calling
import Foundation
import Idempotency
import JSON
import LambdaRuntime
import MessageTemplates
import Settings
import Synchronization
import TestSupport

@testable import SendSMS

/// SendSMS on an AWS double, with the shipped templates and one, `plain`, that prints the field `text`.
final class SMSFixture: Sendable {
    let aws: AWSDouble
    private let function: SendSMS
    private let clock = Clock()
    private let folder: URL
    private let lines = Mutex<[String]>([])

    private final class Clock: Sendable {
        let seconds = Mutex(1_800_000_000.0)
    }

    init(_ variables: [String: String] = [:]) throws {
        aws = try AWSDouble()
        folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        let shipped = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Functions/SendSMS/templates").standardized
        try FileManager.default.copyItem(at: shipped, to: folder)
        try Data("{{text}}\n\n".utf8).write(to: folder.appending(path: "sms/plain.txt"))
        let environment = Environment(
            aws.environment.merging([
                "TEMPLATES_DIR": folder.path, "SMS_ALLOWED_COUNTRY_CODES": "*",
            ]) { $1 }.merging(variables) { $1 })
        let (settings, templates, table, configuration) = try environment.read(
            SMSSettings.variable, TemplateDirectory.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        let clock = clock
        function = SendSMS(
            settings: settings, templates: templates, table: table,
            aws: AWSClient(configuration: configuration, timing: CallTiming(random: { 0 })),
            timing: CallTiming(wall: { .seconds(clock.seconds.withLock(\.self)) }))
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func advance(seconds: Double) { clock.seconds.withLock { $0 += seconds } }

    /// Everything the function logged.
    var log: String { lines.withLock { $0.joined() } }

    static var form: [String: Any] {
        ["appt-day": "Tuesday", "appt-time": "10:30", "message-details": "Dr. Okafor is away."]
    }

    static let number = "+12065550142"

    static var parameters: [String: Any] {
        ["formData": form, "customerFullName": "Maria Silva", "destination": number]
    }

    static func event(_ changes: [String: Any] = [:], contact: String = "contact-1") throws -> ContactFlowEvent {
        try event(changes, data: ["ContactId": contact])
    }

    /// Returns the event of an agent's guide: a contact of its own, related to the call.
    static func guide(_ contact: String, of call: String, _ changes: [String: Any] = [:]) throws -> ContactFlowEvent {
        try event(
            changes,
            data: [
                "ContactId": contact, "RelatedContactId": call,
                "SegmentAttributes": ["connect:Subtype": ["ValueString": "connect:Guide"]],
            ])
    }

    private static func event(_ changes: [String: Any], data: [String: Any]) throws -> ContactFlowEvent {
        let parameters = parameters.merging(changes) { $1 }.filter { !($0.value is NSNull) }
        return try decode([
            "Name": "ContactFlowEvent", "Details": ["ContactData": data, "Parameters": parameters],
        ])
    }

    static func decode(_ event: Any) throws -> ContactFlowEvent {
        let data = try JSONSerialization.data(withJSONObject: event, options: .fragmentsAllowed)
        return try ContactFlowEvent(parsing: Array(data))
    }

    /// Invokes the function like Lambda, with so much time.
    func invoke(_ event: ContactFlowEvent, within time: Duration = .seconds(5)) async throws -> SMSOutput {
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

    func invoke(_ changes: [String: Any] = [:]) async throws -> SMSOutput {
        try await invoke(Self.event(changes))
    }

    /// Invokes with the template that prints just this text.
    func send(text: String) async throws -> SMSOutput {
        try await invoke(["template": "plain", "formData": ["text": text]])
    }

    /// The fields of the last Publish.
    var published: [String: String]? { aws.bodies(of: .publish).last.map(AWSDouble.form) }

    /// The attributes of the last Publish, by name.
    var attributes: [String: String] {
        guard let form = published else { return [:] }
        return Dictionary(
            form.compactMap { name, value in
                name.hasSuffix(".Name")
                    ? (value, form[name.dropLast(4) + "Value.StringValue"] ?? "") : nil
            }, uniquingKeysWith: { first, _ in first })
    }
}
