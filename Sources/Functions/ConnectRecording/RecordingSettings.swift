import AWS
import CallRecords
import Calling
import Salesforce
import Settings

/// The settings of recordings, apart from those of Salesforce and AWS.
struct RecordingSettings: Sendable {
    /// `SALESFORCE_RECORDING_MODE`: the way in which a call is registered.
    enum Mode: String, CaseIterable, Sendable {
        /// Registers by an upsert of the object, with the account that has the caller's number.
        case sobject
        /// Registers by the published Apex endpoint, which finds the account itself.
        case apex
    }

    /// `RECORDINGS_BUCKET`, `RECORDINGS_PREFIX` and `RECORDINGS_REDACTED_ONLY`.
    var place: RecordingPlace
    /// `RECORDING_LINK_BASE_URL`, `RECORDING_LINK_SECRET_ARN` and `RECORDING_LINK_DAYS`.
    var link: RecordingLinkSettings
    /// `RECORDING_URL_SECONDS`: the lifetime of a presigned URL.
    var urlSeconds = 300
    /// `RECORDING_OBJECT`.
    var object: APIName = "Call_Recording_Info__c"
    /// `ACCOUNT_PHONE_FIELDS`.
    var phoneFields: [APIName] = ["Phone", "Phone_Number_Without_Format__c"]
    var mode = Mode.sobject
    /// `CONTACT_LENS`: the files of Contact Lens are read.
    var hasContactLens = true
    /// `RECORDING_TRANSCRIPTS`: their conversations are written, too.
    var hasTranscripts = false
}

extension RecordingSettings {
    /// Reads all settings.
    static var variable: Variable<RecordingSettings> {
        Variable { environment, faults in
            let values = environment.read(
                &faults, RecordingPlace.variable, RecordingLinkSettings.variable,
                .optional("RECORDING_URL_SECONDS", default: 300, in: 1...604_800),
                .optional(
                    "RECORDING_OBJECT", default: "Call_Recording_Info__c" as APIName,
                    expecting: "an object's API name such as Call_Recording_Info__c", parse: { APIName($0) }),
                .optional(
                    "ACCOUNT_PHONE_FIELDS", default: ["Phone", "Phone_Number_Without_Format__c"] as [APIName],
                    expecting: "a comma-separated list of the account's fields, such as Phone", parse: APIName.list),
                .optional("SALESFORCE_RECORDING_MODE", default: Mode.sobject), .optional("CONTACT_LENS", default: true),
                .optional("RECORDING_TRANSCRIPTS", default: false))
            return values.map { place, link, seconds, object, fields, mode, hasContactLens, hasTranscripts in
                RecordingSettings(
                    place: place, link: link, urlSeconds: seconds, object: object, phoneFields: fields, mode: mode,
                    hasContactLens: hasContactLens, hasTranscripts: hasTranscripts)
            }
        }
    }
}
