import LambdaRuntime
import Messaging

/// What the environment says about e-mail.
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

    /// Reads them all.
    static var variable: Variable<EmailSettings> {
        Variable { environment, faults in
            do throws(EnvironmentError) {
                let (senders, recipients, from, replyTo, configurationSet) = try environment.read(
                    Variable<AddressList>.required(
                        "EMAIL_ALLOWED_SENDERS", "the addresses and @domains that may send, separated by commas",
                        parse: AddressList.init(parsing:)),
                    Variable<AddressList?>.optional("EMAIL_ALLOWED_RECIPIENTS", parse: AddressList.init(parsing:)),
                    Variable<EmailAddress?>.optional("EMAIL_FROM") { text throws(MalformedVariable) in
                        guard let address = EmailAddress(text) else {
                            throw MalformedVariable("one address such as notices@example.com, without a display name")
                        }
                        return address
                    },
                    Variable<[EmailAddress]>.optional("EMAIL_REPLY_TO", default: [], parse: addresses),
                    Variable<String?>.optional("SES_CONFIGURATION_SET"))
                return EmailSettings(
                    allowedSenders: senders, allowedRecipients: recipients, from: from, replyTo: replyTo,
                    configurationSet: configurationSet)
            } catch {
                faults += error.faults
                return nil
            }
        }
    }

    @Sendable private static func addresses(_ text: String) throws(MalformedVariable) -> [EmailAddress] {
        let elements = text.listElements
        let addresses = elements.compactMap(EmailAddress.init)
        guard !addresses.isEmpty, addresses.count == elements.count else {
            throw MalformedVariable("addresses such as help@example.com, separated by commas")
        }
        return addresses
    }
}
