import CallRecords
import Salesforce
import Settings
import Testing

@testable import ConnectRecording

struct RecordingSettingsTests {
    static let least = [
        "RECORDINGS_BUCKET": "recordings", "RECORDING_LINK_BASE_URL": "https://Calls.example.com/prod/",
        "RECORDING_LINK_SECRET": "0123456789abcdef",
    ]

    @Test func `what is not set has its default`() throws {
        let settings = try Environment(Self.least).read(RecordingSettings.variable)
        #expect(settings.place == RecordingPlace(bucket: "recordings"))
        #expect(settings.link.base == "https://Calls.example.com/prod" && settings.link.days == nil)
        #expect(settings.urlSeconds == 300)
        #expect(settings.object == "Call_Recording_Info__c")
        #expect(settings.phoneFields == ["Phone", "Phone_Number_Without_Format__c"])
        #expect(settings.mode == .sobject)
        #expect(settings.hasContactLens && !settings.hasTranscripts)
    }

    @Test func `every fault is named at once`() throws {
        let environment = Environment([
            "RECORDINGS_BUCKET": "Not A Bucket", "RECORDING_LINK_BASE_URL": "calls.example.com",
            "RECORDING_URL_SECONDS": "604801", "RECORDING_OBJECT": "Call Recording", "ACCOUNT_PHONE_FIELDS": "Phone,,X",
            "SALESFORCE_RECORDING_MODE": "soap", "RECORDINGS_REDACTED_ONLY": "perhaps",
            "CONTACT_LENS": "off", "RECORDING_TRANSCRIPTS": "full",
        ])
        let error = #expect(throws: EnvironmentError.self) { try environment.read(RecordingSettings.variable) }
        for name in [
            "RECORDINGS_BUCKET", "RECORDING_LINK_BASE_URL", "RECORDING_URL_SECONDS", "RECORDING_OBJECT",
            "ACCOUNT_PHONE_FIELDS", "SALESFORCE_RECORDING_MODE", "RECORDINGS_REDACTED_ONLY",
            "RECORDING_LINK_SECRET", "CONTACT_LENS", "RECORDING_TRANSCRIPTS",
        ] {
            #expect(error?.description.contains("\(name) ") == true, "\(name)")
        }
    }

    @Test(arguments: [
        "https://calls.example.com/my calls", "https://calls.example.com/\n", "https://calls.example.com/?x=1",
        "https://user@calls.example.com", "ftp://calls.example.com", "https://",
        "https://calls.example.com/" + String(repeating: "p", count: 113),
    ])
    func `a base that is none, or would not stand in a link as it is, is refused`(base: String) {
        let environment = Environment(Self.least.merging(["RECORDING_LINK_BASE_URL": base]) { $1 })
        let error = #expect(throws: EnvironmentError.self) { try environment.read(RecordingSettings.variable) }
        #expect(error?.faults.count == 1)
    }
}
