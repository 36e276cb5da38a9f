import AmazonConnect
import Idempotency
import LambdaRuntime
import MessageTemplates
import Settings
import Telephony

/// The validated event: text and recipient of a message.
struct SMSRequest {
    let destination: PhoneNumber
    let kind: MessageType
    /// The template's name.
    let template: String
    private let fields: MessageFields
    /// The call that the message belongs to: a guide offered again is another contact of the same call.
    private let callContactID: String
    private let givenKey: String?

    /// Throws `Function.InvalidRequest`, `Function.InvalidPhoneNumber` or `Function.RecipientNotAllowed`.
    init(_ event: ContactFlowEvent, settings: SMSSettings) throws {
        let parameters = event.parameters
        let number = try parameters.requiredText("destination", "the phone number to send to")
        template = try parameters.text("template") ?? TemplateDirectory.defaultName
        fields = try MessageFields(parameters)
        callContactID = try event.callContactID
        givenKey = try parameters.text("idempotencyKey")
        kind = try Self.kind(parameters) ?? settings.type
        guard let destination = PhoneNumber(number, defaultCountry: settings.defaultCountry) else {
            throw FunctionError(
                .invalidPhoneNumber,
                settings.defaultCountry == nil
                    ? "The parameter destination must be a number in E.164, such as +12065550100; "
                        + "set SMS_DEFAULT_COUNTRY_CODE to accept national numbers."
                    : "The parameter destination must be a number in E.164, such as +12065550100, or a national one of "
                        + "SMS_DEFAULT_COUNTRY_CODE that can be read in one way only.")
        }
        self.destination = destination
        if let refusal = settings.destinations.refusal(of: destination) {
            throw FunctionError(.recipientNotAllowed, refusal)
        }
    }

    /// Renders `sms/<template>.txt`.
    ///
    /// Throws `Function.InvalidRequest` for an unknown template, a missing field and an empty text, and
    /// `Function.MessageTooLong`.
    func text(from templates: TemplateDirectory, settings: SMSSettings) throws -> SMSText {
        let templates = try templates.templates(template, in: "sms", ["txt"])
        let text = SMSText(try fields.render(templates[0], escaping: .none).withoutTrailingNewlines())
        guard text.text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw FunctionError(.invalidRequest, "The template \(templates[0].name) renders an empty message.")
        }
        guard text.characters <= SMSText.maximumCharacters else {
            throw FunctionError(
                .messageTooLong,
                "The message has \(text.characters) characters: shorten it to \(SMSText.maximumCharacters).")
        }
        guard settings.provider != .sns || text.bytes <= SMSText.maximumBytes else {
            throw FunctionError(
                .messageTooLong,
                "The message has \(text.bytes) bytes in UTF-8, and Amazon SNS takes \(SMSText.maximumBytes): shorten it."
            )
        }
        guard text.parts <= settings.maxParts else {
            throw FunctionError(
                .messageTooLong,
                "The message needs \(text.parts) SMS segments, and SMS_MAX_PARTS allows \(settings.maxParts): shorten it"
                    + (text.isGSM7 ? "." : ", or use GSM 7-bit characters only."))
        }
        return text
    }

    /// Returns the key that repeats of this request share.
    func key(for text: SMSText) -> IdempotencyKey {
        IdempotencyKey(
            function: "SendSMS", given: givenKey, contactID: callContactID, template: template,
            destination: destination.text, content: [text.text])
    }

    private static func kind(_ parameters: Parameters) throws -> MessageType? {
        guard let text = try parameters.text("messageType") else { return nil }
        guard let kind = MessageType(parsing: text) else {
            throw FunctionError(.invalidRequest, "The parameter messageType must be Transactional or Promotional.")
        }
        return kind
    }
}

extension FunctionError.Code {
    /// The recipient is in a country that is not among the allowed ones, or the number begins with a denied prefix.
    static let recipientNotAllowed = Self(rawValue: "Function.RecipientNotAllowed")
    /// The number is not in E.164, and is not one that the default country's numbering plan tells from all others.
    static let invalidPhoneNumber = Self(rawValue: "Function.InvalidPhoneNumber")
    /// The text takes more characters or segments than allowed.
    static let messageTooLong = Self(rawValue: "Function.MessageTooLong")
}
