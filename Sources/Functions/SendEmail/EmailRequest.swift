import AmazonConnect
import Idempotency
import LambdaRuntime
import MessageTemplates
import Settings

/// The validated event: sender, recipient and content of an e-mail.
struct EmailRequest {
    let sender: EmailAddress
    let recipient: EmailAddress
    /// The template's name.
    let template: String
    let fields: MessageFields
    /// The call that the message belongs to: a guide offered again is another contact of the same call.
    private let callContactID: String
    private let givenKey: String?

    /// Throws `Function.InvalidRequest`, `Function.SenderNotAllowed` or `Function.RecipientNotAllowed`.
    init(_ event: ContactFlowEvent, settings: EmailSettings) throws {
        let parameters = event.parameters
        recipient = try Self.address(
            try parameters.requiredText("destinationEmail", "the address to send to"), of: "destinationEmail")
        if let text = try parameters.text("systemEmail") {
            sender = try Self.address(text, of: "systemEmail")
        } else if let from = settings.from {
            sender = from
        } else {
            throw FunctionError(
                .invalidRequest, "The parameter systemEmail is missing: give the sender's address, or set EMAIL_FROM.")
        }
        template = try parameters.text("template") ?? TemplateDirectory.defaultName
        fields = try MessageFields(parameters)
        callContactID = try event.callContactID
        givenKey = try parameters.text("idempotencyKey")
        guard settings.allowedSenders.allows(sender) else {
            throw FunctionError(.senderNotAllowed, "The sender is not one of those in EMAIL_ALLOWED_SENDERS.")
        }
        guard settings.allowedRecipients?.allows(recipient) ?? true else {
            throw FunctionError(.recipientNotAllowed, "The recipient is not one of those in EMAIL_ALLOWED_RECIPIENTS.")
        }
    }

    /// Returns the key that repeats of this request share.
    func key(for content: EmailContent) -> IdempotencyKey {
        IdempotencyKey(
            function: "SendEmail", given: givenKey, contactID: callContactID, template: template,
            destination: recipient.key, content: [content.subject, content.text, content.html])
    }

    private static func address(_ text: String, of parameter: String) throws(FunctionError) -> EmailAddress {
        guard let address = EmailAddress(text) else {
            throw FunctionError(
                .invalidRequest,
                "The parameter \(parameter) must be one address such as name@example.com: no list, no display name.")
        }
        return address
    }
}

extension FunctionError.Code {
    /// The sender is not in the list of allowed ones.
    static let senderNotAllowed = Self(rawValue: "Function.SenderNotAllowed")
    /// The recipient is not in the list of allowed ones.
    static let recipientNotAllowed = Self(rawValue: "Function.RecipientNotAllowed")
}
