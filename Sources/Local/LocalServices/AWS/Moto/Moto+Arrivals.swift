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
    }

    /// A text message that the local SNS accepted.
    package struct TextMessage: Sendable, Equatable {
        package let messageID: String
        package let to: String
        package let text: String
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
    }

    /// Returns every message accepted since the start.
    package func messages() async throws -> (emails: [Email], texts: [TextMessage]) {
        let sent: SentMessages = try await get("/moto-api/data.json")
        let bodies = try await emailBodies()
        let emails = (sent.ses?.Message ?? []).map { message in
            let content = bodies[message.id]?.Simple
            return Email(
                messageID: message.id, from: message.source, to: message.destinations.ToAddresses ?? [],
                subject: message.subject, text: content?.Body.Text?.Data,
                html: content?.Body.Html?.Data)
        }
        let texts = (sent.sns?.SMS ?? []).map {
            TextMessage(messageID: $0.message_id, to: $0.phone_number, text: $0.message)
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

    /// Returns the contents of the accepted SES v2 requests by message id: moto itself keeps only one body of an
    /// e-mail.
    private func emailBodies() async throws -> [String: SendEmail.Content] {
        let decoder = JSONDecoder()
        return try await requests().reduce(into: [:]) { bodies, request in
            guard
                request.path == "/v2/email/outbound-emails", request.status == 200,
                let sent = try? decoder.decode(SendEmail.self, from: Data(request.body.utf8)),
                let answer = try? decoder.decode(SendEmail.Response.self, from: Data(request.answer.utf8))
            else { return }
            bodies[answer.MessageId] = sent.Content
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

/// The part of an SES v2 SendEmail request that holds the bodies, with AWS's names.
private struct SendEmail: Decodable {
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
}
