import MessageTemplates
import Settings

/// The settings of e-mail.
struct EmailSettings: Sendable {
    /// `EMAIL_ALLOWED_SENDERS`.
    var allowedSenders: AddressList
    /// `EMAIL_ALLOWED_RECIPIENTS`; nil allows every recipient.
    var allowedRecipients: AddressList?
    /// `EMAIL_FROM`: the sender when the event names none; it must be an allowed one too.
    var from: EmailAddress?
    /// `EMAIL_REPLY_TO`.
    var replyTo: [EmailAddress] = []
    /// `SES_CONFIGURATION_SET`.
    var configurationSet: String?

    /// Reads all settings.
    static var variable: Variable<EmailSettings> {
        Variable { environment, faults in
            let list = "a comma-separated list of addresses and @domains"
            guard
                let (senders, recipients, from, replyTo, configurationSet) = environment.read(
                    &faults,
                    .required(
                        "EMAIL_ALLOWED_SENDERS", "the addresses and @domains that may send, separated by commas",
                        expecting: list, parse: AddressList.init(parsing:)),
                    .optional("EMAIL_ALLOWED_RECIPIENTS", expecting: list, parse: AddressList.init(parsing:)),
                    .optional(
                        "EMAIL_FROM", expecting: "one address such as notices@example.com, without a display name",
                        parse: EmailAddress.init(_:)),
                    .optional(
                        "EMAIL_REPLY_TO", default: [],
                        expecting: "addresses such as help@example.com, separated by commas", parse: addresses),
                    .optional("SES_CONFIGURATION_SET"))
            else { return nil }
            return EmailSettings(
                allowedSenders: senders, allowedRecipients: recipients, from: from, replyTo: replyTo,
                configurationSet: configurationSet)
        }
    }

    private static func addresses(_ text: String) -> [EmailAddress]? {
        let elements = text.listElements
        let addresses = elements.compactMap(EmailAddress.init)
        return addresses.isEmpty || addresses.count != elements.count ? nil : addresses
    }
}
