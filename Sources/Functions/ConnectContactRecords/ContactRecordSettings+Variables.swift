import AWS
import CallRecords
import Customers
import Encoding
import Idempotency
import MessageTemplates
import Salesforce
import Settings
import Telephony

extension ContactRecordSettings {
    /// Reads all settings.
    static var variable: Variable<ContactRecordSettings> {
        Variable { environment, faults in
            let writing = environment.read(
                &faults, channels, attributeFields,
                .optional(
                    "RECORDING_OBJECT", default: "Call_Recording_Info__c" as APIName,
                    expecting: "an object's API name such as Call_Recording_Info__c", parse: { APIName($0) }),
                CustomerFields.phones("CRM_CONTACT_PHONE_FIELDS", of: .contact),
                CustomerFields.phones("CRM_LEAD_PHONE_FIELDS", of: .lead),
                .optional(
                    "ACCOUNT_PHONE_FIELDS", default: ["Phone", "Phone_Number_Without_Format__c"] as [APIName],
                    expecting: "a comma-separated list of the account's fields, such as Phone", parse: APIName.list),
                handovers)
            let tasks = environment.read(
                &faults,
                .optional(
                    "AGENT_USER_FIELD", default: "Username" as APIName,
                    expecting: "a field of User, such as Username or Email", parse: { APIName($0) }),
                .optional("TASK_STATUS_COMPLETED"),
                .optional(
                    "TASK_DEFAULT_OWNER", expecting: "the id of a user or a queue, of 15 or 18 characters",
                    parse: { CRMID($0, prefixes: ["005", "00G"])?.text }),
                .optional("CONTACT_TASKS", default: true), .optional("MISSED_CALL_TASKS", default: true))
            let rest = environment.read(
                &faults, recordings, notice,
                .required(
                    "DEAD_LETTER_QUEUE_URL", "the URL of the queue that takes records which can never be written",
                    expecting: "a queue's URL such as https://sqs.eu-central-1.amazonaws.com/123456789012/name",
                    parse: { QueueURL($0) }))
            guard let writing, let tasks, let rest else { return nil }
            var settings = ContactRecordSettings(queue: rest.2)
            settings.channels = writing.0
            settings.attributeFields = writing.1
            settings.object = writing.2
            settings.phones = [.contact: writing.3, .lead: writing.4, .account: writing.5]
            settings.handovers = writing.6
            (settings.agentField, settings.completedStatus, settings.defaultOwner) = (tasks.0, tasks.1, tasks.2)
            (settings.makesTasks, settings.makesMissedCallTasks) = (tasks.3, tasks.4)
            (settings.recordings, settings.notice) = (rest.0, rest.1)
            return settings
        }
    }

    private static var channels: Variable<Set<String>> {
        .optional(
            "CONTACT_RECORD_CHANNELS", default: ["VOICE", "CHAT", "TASK", "EMAIL"],
            expecting: "a comma-separated list of channels such as VOICE,CHAT"
        ) { text in
            let names = text.listElements.map { $0.uppercased() }
            let areNames = names.allSatisfy { $0.utf8.allSatisfy { $0.isASCIILetter || $0 == UInt8(ascii: "_") } }
            return names.isEmpty || !areNames ? nil : Set(names)
        }
    }

    private static var attributeFields: Variable<[AttributeField]> {
        .optional(
            "CONTACT_ATTRIBUTE_FIELDS", default: [],
            expecting: "a comma-separated list of attributes and fields such as disposition=Disposition__c, each once "
                + "and none of them a field of the call record's own"
        ) { text in
            let fields = text.listElements.map { element -> AttributeField? in
                let parts = element.parts(at: "=", omittingEmptyParts: false)
                guard parts.count == 2, let attribute = String(parts[0]).listElements.first,
                    let name = String(parts[1]).listElements.first, let field = APIName(name)
                else { return nil }
                return AttributeField(attribute: attribute, field: field)
            }
            let known = fields.compactMap(\.self)
            let names = Set(known.map { $0.field.text.lowercased() })
            guard known.count == fields.count, names.count == known.count, !known.isEmpty,
                Set(known.map(\.attribute)).count == known.count,
                names.isDisjoint(with: CallRow.ownFields.map { $0.lowercased() })
            else { return nil }
            return known
        }
    }

    private static var handovers: Variable<Set<PhoneNumber>> {
        .optional(
            "CONTACT_HANDOVER_NUMBERS", default: [],
            expecting: "a comma-separated list of numbers in E.164, such as +12065550100"
        ) { text in
            let elements = text.listElements
            let numbers = elements.compactMap { PhoneNumber($0) }
            return numbers.isEmpty || numbers.count != elements.count ? nil : Set(numbers)
        }
    }

    /// All of the recordings' variables, or none.
    private static var recordings: Variable<Recordings?> {
        Variable { environment, faults in
            let names = [
                "RECORDINGS_BUCKET", "RECORDING_LINK_BASE_URL", RecordingLinkSettings.secretName, LinkSecret.name,
            ]
            // A voicemail's e-mail has the link.
            guard names.contains(where: { environment[$0] != nil }) || environment["VOICEMAIL_EMAIL_TO"] != nil else {
                return .some(nil)
            }
            return environment.read(&faults, RecordingPlace.variable, RecordingLinkSettings.variable)
                .map { Recordings(place: $0, link: $1) }
        }
    }

    private static var notice: Variable<Notice?> {
        Variable { environment, faults in
            let names = ["VOICEMAIL_EMAIL_TO", "EMAIL_FROM"]
            guard names.contains(where: { environment[$0] != nil }) else { return .some(nil) }
            return environment.read(
                &faults, address("VOICEMAIL_EMAIL_TO", "the address that is told of voicemails"),
                address("EMAIL_FROM", "the address that tells it"), IdempotencyTable.variable,
                TemplateDirectory.variable
            ).map { Notice(recipient: $0, sender: $1, table: $2, templates: $3) }
        }
    }

    private static func address(_ name: String, _ purpose: String) -> Variable<EmailAddress> {
        .required(
            name, purpose, expecting: "one address such as desk@example.com, without a display name",
            parse: { EmailAddress($0) })
    }
}
