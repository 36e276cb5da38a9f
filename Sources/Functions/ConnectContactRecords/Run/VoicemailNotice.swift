import AWS
import AmazonConnect
import Calling
import Encoding
import Idempotency
import JSON
import LambdaRuntime
import Logging
import MessageTemplates
import Settings
import Telephony

/// The e-mail that tells of a voicemail, once for each contact.
struct VoicemailNotice: Sendable {
    enum Ending: Sendable, Equatable {
        /// It was sent, now or before, or may have been.
        case sent
        case refused(code: String)
        case again
    }

    /// The number of e-mails at once.
    static let breadth = 8
    private static let template = "voicemail"
    /// The time for which a contact's e-mail is remembered: its record may come again for weeks.
    private static let keptSeconds = 30 * 86_400

    private let settings: ContactRecordSettings.Notice
    private let ses: SESClient
    private let once: SendOnce

    init(_ settings: ContactRecordSettings.Notice, aws: AWSClient, timing: CallTiming) {
        self.settings = settings
        ses = SESClient(aws)
        once = SendOnce(
            table: settings.table, aws: aws, timing: timing,
            keeping: SendOnce.Keeping(claims: Self.keptSeconds, results: Self.keptSeconds))
    }

    /// Throws an `EnvironmentError` for a template that is missing, or asks for a field that there is not.
    static func check(_ templates: TemplateDirectory) throws(EnvironmentError) {
        do throws(TemplateError) {
            _ = try EmailContent(template, fields(contactID: "x", link: "https://x", nil), templates: templates)
        } catch {
            // What is wrong with a text is said; of a folder without one, what has to be there.
            let fault = error.description.begins(with: "The template voicemail is malformed") ? " \(error)" : ""
            throw EnvironmentError(
                faults: [
                    "TEMPLATES_DIR must hold email/voicemail.subject and .txt or .html, which print contactId, link, "
                        + "number, queue and startedAt alone.\(fault)"
                ])
        }
    }

    /// Sends it unless that has been done; one of unknown outcome counts as sent.
    func send(of contact: StreamContact, link: String, _ context: LambdaContext) async -> Ending {
        let logger = context.logger
        let content: EmailContent
        do throws(TemplateError) {
            content = try EmailContent(
                Self.template, Self.fields(contactID: contact.id, link: link, contact), templates: settings.templates)
        } catch {
            logger.error("\(error)")
            return .refused(code: "")
        }
        let email = Email(
            from: settings.sender.text, to: [settings.recipient.text], subject: content.subject, text: content.text,
            html: content.html)
        // A later record of the contact may say other things of the same voicemail.
        let key = IdempotencyKey(
            function: "ConnectContactRecords", given: contact.id, template: Self.template, destination: "", content: [])
        do throws(SendOnceError<NoticeError>) {
            _ = try await once(
                key, callDeadline: context.callDeadline, deadline: context.deadline, logger: logger
            ) { deadline throws(NoticeError) in
                do throws(AWSError) {
                    return .sent(Receipt(messageID: try await ses.sendEmail(email, deadline: deadline)))
                } catch {
                    guard error.outcome != .unknown else {
                        logger.warning("\(error) A voicemail's e-mail counts as sent.")
                        return .sent(Receipt(messageID: ""))
                    }
                    throw NoticeError(error)
                }
            }
            return .sent
        } catch {
            switch error {
            case .send(let error) where error.isRejection:
                logger.error("\(error)")
                return .refused(code: error.code)
            case .claim(.unknownOutcome), .claim(.keyReused):
                return .sent
            default:
                logger.warning("\(error) The voicemail's record comes again.")
                return .again
            }
        }
    }

    private static func fields(contactID: String, link: String, _ contact: StreamContact?) -> MessageFields {
        let start = contact?.record.initiated.map { time in
            String(UTCTime(secondsSinceEpoch: Int(time.components.seconds)).extended.prefix(19)) + "Z"
        }
        return MessageFields([
            "contactId": .string(contactID), "link": .string(link), "number": .string(contact?.number?.text ?? ""),
            "queue": .string(contact?.record.queue?.name ?? ""), "startedAt": .string(start ?? ""),
        ])
    }
}

/// The refusal of an e-mail that was surely not sent.
struct NoticeError: SendError, Equatable {
    let errorType: String
    let description: String
    /// SES's code.
    let code: String
    /// True when the same e-mail is refused again.
    let isRejection: Bool
    var mayHaveBeenSent: Bool { false }

    init(_ error: AWSError) {
        let delivery = DeliveryError(error)
        errorType = delivery.errorType
        description = delivery.description
        code = error.code
        isRejection = delivery.kind == .rejected
    }
}
