import AmazonConnect
import Encoding
import Salesforce

/// The task of a contact, as a row of a collection.
struct TaskRow: Sendable {
    enum Kind: Sendable, Equatable {
        /// An agent took the contact.
        case taken
        /// Nobody did: to be called back.
        case missed
        /// The caller left a message, which the link plays.
        case voicemail(link: String)
    }

    /// A task that the org has.
    struct Existing: Sendable, Equatable {
        let subject: String
    }

    static let object: APIName = "Task"
    static let missedSubject = "Missed call: call back"
    static let voicemailSubject = "Voicemail"

    let kind: Kind
    let contact: StreamContact

    /// Returns nil for a contact without a task.
    init?(of contact: StreamContact, _ recording: CallRecording, _ settings: ContactRecordSettings) {
        let record = contact.record
        self.contact = contact
        if !settings.makesTasks {
            return nil
        } else if record.metAgent {
            kind = .taken
        } else if let link = Self.voicemailLink(of: record, recording) {
            kind = .voicemail(link: link)
        } else if settings.makesMissedCallTasks, record.isMissed, settings.wentNowhereElse(record) {
            kind = .missed
        } else {
            return nil
        }
    }

    /// Returns the link to what a caller left; nil for any other contact.
    static func voicemailLink(of record: ContactRecord, _ recording: CallRecording) -> String? {
        record.has("voicemail", "true") && !record.metAgent ? recording.automatedLink : nil
    }

    /// Returns the row of a new task.
    ///
    /// - Parameter status: The status of a task that is done; nil leaves it to the org.
    func creation(at place: Int, _ person: PersonLink, owner: String?, status: String?) -> Row {
        let record = contact.record
        var fields = changes
        fields["Subject"] = .string(subject)
        fields["CallObject"] = .text(contact.id)
        if let start = record.initiated {
            fields["ActivityDate"] = .string(UTCTime(secondsSinceEpoch: Int(start.components.seconds)).date)
        }
        if record.isVoice {
            fields["TaskSubtype"] = "Call"
            fields["CallType"] = .string(record.isOutbound ? "Outbound" : "Inbound")
        }
        if kind == .taken, let status { fields["Status"] = .string(status) }
        if case .voicemail(let link) = kind { fields["Description"] = .string(link) }
        if let id = person.whoID { fields["WhoId"] = .string(id) }
        if let id = person.whatID { fields["WhatId"] = .string(id) }
        if let owner { fields["OwnerId"] = .string(owner) }
        return Row(contact: place, fields: fields, personFields: ["WhoId", "WhatId", "OwnerId"])
    }

    /// Returns the row of a task that exists, which is people's but for the call's outcome.
    func update(at place: Int, of existing: Existing) -> Row {
        var fields = changes
        if case .voicemail(let link) = kind, existing.subject == Self.missedSubject {
            fields["Subject"] = .string(Self.voicemailSubject)
            fields["Description"] = .string(link)
        }
        return Row(contact: place, fields: fields)
    }

    /// The fields that every newer record may change.
    private var changes: [APIName: FieldValue] {
        let record = contact.record
        var fields: [APIName: FieldValue] = [CallRow.contactField: .string(contact.id)]
        if let seconds = record.agent?.interactionSeconds { fields["CallDurationInSeconds"] = .integer(seconds) }
        let disposition = record.attributes["disposition"].flatMap { $0.isEmpty ? nil : $0 }
        if let outcome = disposition ?? record.disconnectReason { fields["CallDisposition"] = .text(outcome) }
        return fields
    }

    private var subject: String {
        let record = contact.record
        switch kind {
        case .missed: return Self.missedSubject
        case .voicemail: return Self.voicemailSubject
        case .taken:
            switch record.channel {
            case "CHAT": return "Chat"
            case "TASK": return "Task"
            case "EMAIL": return "E-mail"
            default: return record.isOutbound ? "Outbound call" : "Inbound call"
            }
        }
    }
}
