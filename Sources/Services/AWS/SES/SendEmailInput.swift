/// `SendEmail`'s body. Lists and parts that are empty are left out.
struct SendEmailInput: Encodable {
    private let from: String
    private let destination: [String: [String]]
    private let replyTo: [String]?
    private let content: [String: Simple]
    private let configurationSet: String?

    init(_ email: Email) {
        from = email.from
        destination = ["ToAddresses": email.to]
        replyTo = email.replyTo.isEmpty ? nil : email.replyTo
        let parts = ["Text": email.text, "Html": email.html].compactMapValues { $0.map(Part.init(data:)) }
        content = ["Simple": Simple(subject: Part(data: email.subject), body: parts)]
        configurationSet = email.configurationSet
    }

    private enum CodingKeys: String, CodingKey {
        case from = "FromEmailAddress"
        case destination = "Destination"
        case replyTo = "ReplyToAddresses"
        case content = "Content"
        case configurationSet = "ConfigurationSetName"
    }

    private struct Simple: Encodable {
        let subject: Part
        let body: [String: Part]

        enum CodingKeys: String, CodingKey {
            case subject = "Subject"
            case body = "Body"
        }
    }

    private struct Part: Encodable {
        let data: String
        // Without it SES assumes 7-bit ASCII.
        var charset = "UTF-8"

        init(data: String) {
            self.data = data
        }

        enum CodingKeys: String, CodingKey {
            case data = "Data"
            case charset = "Charset"
        }
    }
}
