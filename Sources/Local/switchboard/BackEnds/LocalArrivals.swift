import JSON
import LocalServices
import Settings

/// The messages and records that the local services accepted in one run, for people to read.
struct LocalArrivals: Sendable {
    let emails: [Moto.Email]
    let texts: [Moto.TextMessage]
    /// Messages to queues, such as those of what can never work.
    var queued: [QueueMessage] = []
    /// The records created in the local Salesforce; nil when there was none.
    var created: [SalesforceOrg.CreatedRecord]?

    /// A message that a queue took.
    struct QueueMessage: Sendable, Equatable {
        /// The queue's name.
        let queue: String
        let body: String

        /// Returns the messages that a request has brought: one, several of a batch, or none.
        static func all(of request: Moto.RecordedRequest) -> [QueueMessage] {
            let targets = ["AmazonSQS.SendMessage", "AmazonSQS.SendMessageBatch"]
            guard targets.contains(request.target), request.status == 200,
                let input = try? JSONValue(parsing: Array(request.body.utf8)),
                let queue = input["QueueUrl"]?.string?.split(separator: "/").last
            else { return [] }
            let answer = try? JSONValue(parsing: Array(request.answer.utf8))
            let refused = (answer?["Failed"]?.array ?? []).compactMap { $0["Id"]?.string }
            return (input["Entries"]?.array ?? [input]).compactMap { entry in
                guard let body = entry["MessageBody"]?.string, !refused.contains(entry["Id"]?.string ?? "") else {
                    return nil
                }
                return QueueMessage(queue: String(queue), body: body)
            }
        }
    }

    /// Each message in full.
    var full: String {
        let blocks =
            emails.map { email in
                let body = email.text ?? email.html ?? ""
                return """
                    E-mail \(email.messageID)
                      From:    \(email.from)
                      To:      \(email.to.joined(separator: ", "))
                      Subject: \(email.subject)
                    \(Self.indented(body))
                    """
            }
            + texts.map { "SMS \($0.messageID)\n  To: \($0.to)\n\(Self.indented($0.text))" }
            + queued.map { "Message in the queue \($0.queue)\n\(Self.indented($0.body))" }
        let aws =
            blocks.isEmpty
            ? "Nothing arrived at the local AWS." : "Arrived at the local AWS:\n" + blocks.joined(separator: "\n")
        // A function that calls only Salesforce needs no line about e-mails.
        return ([blocks.isEmpty && created != nil ? nil : aws] + [salesforce]).compactMap { $0 }.joined(separator: "\n")
            .printable
    }

    /// Returns what has arrived since `earlier`.
    func since(_ earlier: LocalArrivals?) -> LocalArrivals {
        guard let earlier else { return self }
        let known = Set((earlier.created ?? []).map { $0.fields["Id"]?.string })
        return LocalArrivals(
            emails: Array(emails.dropFirst(earlier.emails.count)), texts: Array(texts.dropFirst(earlier.texts.count)),
            queued: Array(queued.dropFirst(earlier.queued.count)),
            created: created?.filter { !known.contains($0.fields["Id"]?.string) })
    }

    /// `8 e-mails, 2 SMS, 3 queued, 15 records`, without those of which there are none.
    var counts: String {
        [
            emails.isEmpty ? nil : Self.count(emails.count, "e-mail"), texts.isEmpty ? nil : "\(texts.count) SMS",
            queued.isEmpty ? nil : "\(queued.count) queued",
            created.flatMap { $0.isEmpty ? nil : Self.count($0.count, "record") },
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// `e-mail to jo@example.org, SMS to +12065550142, new Lead`.
    var recipients: String {
        let lines =
            emails.map { "e-mail to \($0.to.joined(separator: ", "))" } + texts.map { "SMS to \($0.to)" }
            + queued.map { "message to \($0.queue)" }
            + (created ?? []).map { "new \($0.object)" }
        return lines.joined(separator: ", ")
    }

    /// The created records, a line each.
    private var salesforce: String? {
        guard let created else { return nil }
        guard !created.isEmpty else { return "Nothing was created in the local Salesforce." }
        let lines = created.map { record in
            let fields = record.fields.filter { !Self.system.contains($0.key) && $0.value != .null }
            let texts = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.string ?? $0.value.text)" }
            return "  \(record.object) \(record.fields["Id"]?.string ?? ""): \(texts.joined(separator: ", "))"
        }
        return "Created in the local Salesforce: \(Self.count(created.count, "record"))\n"
            + lines.joined(separator: "\n")
    }

    /// Fields that Salesforce itself fills.
    private static let system: Set = ["Id", "OwnerId", "CreatedDate", "LastModifiedDate", "IsConverted"]

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func indented(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    }
}
