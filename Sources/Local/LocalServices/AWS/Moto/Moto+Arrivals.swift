import AWS
import Encoding
import Foundation

extension Moto {
    /// An e-mail that the local SES accepted.
    package struct Email: Sendable, Equatable {
        package let messageID: String
        package let from: String
        package let to: [String]
        package let subject: String
        /// The plain text; nil when the e-mail had none.
        package let text: String?
        /// The HTML; nil when the e-mail had none.
        package let html: String?
        package var cc: [String] = []
        package var bcc: [String] = []
        package var replyTo: [String] = []
        /// The time at which it was accepted, in ISO 8601 with milliseconds; nil when it is not known.
        package var time: String?

        /// The bytes of the subject, the text and the HTML.
        package var size: Int { subject.utf8.count + (text?.utf8.count ?? 0) + (html?.utf8.count ?? 0) }
    }

    /// A text message that the local SNS accepted.
    package struct TextMessage: Sendable, Equatable {
        package let messageID: String
        package let to: String
        package let text: String
        /// The sender's name; nil for the account's own number.
        package var from: String?
        /// The time at which it was accepted, in ISO 8601 with milliseconds; nil when it is not known.
        package var time: String?
    }

    /// A recorded call of the local AWS with its response, except calls of moto's own pages and the seeding.
    package struct RecordedRequest: Sendable, Equatable, Decodable {
        package let method: String
        /// The path, percent-decoded.
        package let path: String
        /// The query, unchanged.
        package let query: String
        /// `X-Amz-Target`, empty when there was none.
        package let target: String
        package let body: String
        package let status: Int
        package let answer: String
        /// The time at which it came, in ISO 8601 with milliseconds; nil when it is not known.
        package var time: String?
    }

    /// Returns every message accepted since the start.
    package func messages() async throws -> (emails: [Email], texts: [TextMessage]) {
        let sent: SentMessages = try await get("/moto-api/data.json")
        let requests = try await requests()
        let inputs = Self.sentEmails(requests)
        let publications = Self.publications(requests)
        let emails = (sent.ses?.Message ?? []).map { message in
            let input = inputs[message.id]?.input
            return Email(
                messageID: message.id, from: message.source, to: message.destinations.ToAddresses ?? [],
                subject: message.subject, text: input?.Content.Simple?.Body.Text?.Data,
                html: input?.Content.Simple?.Body.Html?.Data, cc: input?.Destination?.CcAddresses ?? [],
                bcc: input?.Destination?.BccAddresses ?? [], replyTo: input?.ReplyToAddresses ?? [],
                time: inputs[message.id]?.time)
        }
        let texts = (sent.sns?.SMS ?? []).map { message in
            TextMessage(
                messageID: message.message_id, to: message.phone_number, text: message.message,
                from: publications[message.message_id]?.from, time: publications[message.message_id]?.time)
        }
        return (emails, texts)
    }

    /// Returns every call since the start, in the order of arrival.
    package func requests() async throws -> [RecordedRequest] {
        try await get(MotoLauncher.requestsPath)
    }

    /// Returns all items of a table, as the text of a Scan's response in DynamoDB's JSON.
    package func items(inTable table: String = idempotencyTable) async throws -> String {
        try await Seeder(port: port, region: region).items(of: table)
    }

    /// Returns the accepted SES v2 requests by message id: moto itself keeps only one body of an e-mail.
    private static func sentEmails(_ requests: [RecordedRequest]) -> [String: (input: SendEmail, time: String?)] {
        let decoder = JSONDecoder()
        return requests.reduce(into: [:]) { emails, request in
            guard
                request.path == "/v2/email/outbound-emails", request.status == 200,
                let sent = try? decoder.decode(SendEmail.self, from: Data(request.body.utf8)),
                let answer = try? decoder.decode(SendEmail.Response.self, from: Data(request.answer.utf8))
            else { return }
            emails[answer.MessageId] = (sent, request.time)
        }
    }

    /// Returns the senders and the times of the text messages that were published, by message id.
    private static func publications(_ requests: [RecordedRequest]) -> [String: (from: String?, time: String?)] {
        requests.reduce(into: [:]) { publications, request in
            guard
                request.status == 200, let form = FormData.decoded(request.body), form["Action"] == "Publish",
                let id = try? XMLElement(parsing: Array(request.answer.utf8))["PublishResult"]?["MessageId"]?.text
            else { return }
            let attribute = form.first { $0.key.hasSuffix(".Name") && $0.value == "AWS.SNS.SMS.SenderID" }?.key
            let value = attribute.map { "\($0.dropLast("Name".count))Value.StringValue" }
            publications[id] = (value.flatMap { form[$0] }, request.time)
        }
    }

    private func get<Value: Decodable>(_ path: String) async throws -> Value {
        let answer = try await LocalHTTP.send("GET", path, port: port)
        guard answer.status == 200 else {
            throw LocalAWSError("The local AWS did not say what arrived: \(answer.startLine).")
        }
        return try JSONDecoder().decode(Value.self, from: Data(answer.body))
    }
}

/// The part of moto's data.json that holds messages, with moto's names.
private struct SentMessages: Decodable {
    struct SES: Decodable {
        let Message: [Email]?
    }
    struct Email: Decodable {
        let id: String
        let source: String
        let subject: String
        let destinations: Destinations
    }
    struct Destinations: Decodable {
        let ToAddresses: [String]?
    }
    struct SNS: Decodable {
        let SMS: [Text]?
    }
    struct Text: Decodable {
        let message_id: String
        let phone_number: String
        let message: String
    }
    let ses: SES?
    let sns: SNS?
}

/// The part of an SES v2 SendEmail request that people read, with AWS's names.
private struct SendEmail: Decodable {
    struct Destination: Decodable {
        let CcAddresses: [String]?
        let BccAddresses: [String]?
    }
    struct Content: Decodable {
        let Simple: Simple?
    }
    struct Simple: Decodable {
        let Body: Body
    }
    struct Body: Decodable {
        let Text: Part?
        let Html: Part?
    }
    struct Part: Decodable {
        let Data: String
    }
    struct Response: Decodable {
        let MessageId: String
    }
    let Content: Content
    let Destination: Destination?
    let ReplyToAddresses: [String]?
}
