import AWS
import CallRecords
import Customers
import MessageTemplates
import Salesforce
import Telephony

/// The settings of contact records, apart from those of Salesforce and AWS.
struct ContactRecordSettings: Sendable {
    /// An element of `CONTACT_ATTRIBUTE_FIELDS`.
    struct AttributeField: Sendable, Equatable {
        let attribute: String
        let field: APIName
    }

    /// The recordings' place and links; a call record has neither without them.
    struct Recordings: Sendable {
        /// `RECORDINGS_BUCKET`, `RECORDINGS_PREFIX` and `RECORDINGS_REDACTED_ONLY`.
        var place: RecordingPlace
        /// `RECORDING_LINK_BASE_URL`, `RECORDING_LINK_SECRET_ARN` and `RECORDING_LINK_DAYS`.
        var link: RecordingLinkSettings
    }

    /// The e-mail about a voicemail.
    struct Notice: Sendable {
        /// `VOICEMAIL_EMAIL_TO`.
        var recipient: EmailAddress
        /// `EMAIL_FROM`.
        var sender: EmailAddress
        /// `IDEMPOTENCY_TABLE`.
        var table: String
        /// `TEMPLATES_DIR`.
        var templates: TemplateDirectory
    }

    /// `CONTACT_RECORD_CHANNELS`, in upper case.
    var channels: Set<String> = ["VOICE", "CHAT", "TASK", "EMAIL"]
    var attributeFields: [AttributeField] = []
    /// `RECORDING_OBJECT`.
    var object: APIName = "Call_Recording_Info__c"
    /// `CRM_CONTACT_PHONE_FIELDS`, `CRM_LEAD_PHONE_FIELDS` and `ACCOUNT_PHONE_FIELDS`.
    var phones: [CustomerObject: [APIName]] = [:]
    /// `CONTACT_HANDOVER_NUMBERS`.
    var handovers: Set<PhoneNumber> = []
    /// `AGENT_USER_FIELD`: the field of User that has an agent's user name.
    var agentField: APIName = "Username"
    /// `TASK_STATUS_COMPLETED`; nil asks the org.
    var completedStatus: String?
    /// `TASK_DEFAULT_OWNER`: the owner of missed calls that nobody owns; nil leaves it to the org.
    var defaultOwner: String?
    /// `CONTACT_TASKS`.
    var makesTasks = true
    /// `MISSED_CALL_TASKS`.
    var makesMissedCallTasks = true
    var recordings: Recordings?
    var notice: Notice?
    /// `DEAD_LETTER_QUEUE_URL`.
    var queue: QueueURL
}

extension ContactRecordSettings {
    /// Returns true for an endpoint that is a number of our own, which a flow transfers to and comes back from.
    func isHandover(_ address: String?) -> Bool {
        address.flatMap { PhoneNumber($0) }.map(handovers.contains) ?? false
    }
}
