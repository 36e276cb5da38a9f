import Salesforce
import Settings
import Testing

@testable import ConnectContactRecords

struct ContactRecordSettingsTests {
    private static let queue = ["DEAD_LETTER_QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/dead"]

    private static func read(_ variables: [String: String]) throws(EnvironmentError) -> ContactRecordSettings {
        try Environment(queue.merging(variables) { $1 }).read(ContactRecordSettings.variable)
    }

    /// The names of the variables at fault.
    private static func faults(_ variables: [String: String]) -> [String] {
        do throws(EnvironmentError) {
            _ = try read(variables)
            return []
        } catch {
            return error.faults.map { String($0.prefix { $0 != " " }) }
        }
    }

    @Test func `the queue alone is required`() throws {
        let settings = try Self.read([:])
        #expect(settings.channels == ["VOICE", "CHAT", "TASK", "EMAIL"])
        #expect(settings.object.text == "Call_Recording_Info__c" && settings.agentField.text == "Username")
        #expect(settings.makesTasks && settings.makesMissedCallTasks)
        #expect(settings.recordings == nil && settings.notice == nil)
        #expect(Self.faults(["DEAD_LETTER_QUEUE_URL": ""]) == ["DEAD_LETTER_QUEUE_URL"])
    }

    @Test func `lists are read with spaces`() throws {
        let settings = try Self.read([
            "CONTACT_RECORD_CHANNELS": "voice, CHAT",
            "CONTACT_ATTRIBUTE_FIELDS": "disposition=Disposition__c, a b = X__c",
            "CONTACT_HANDOVER_NUMBERS": "+12065550100, +12065550101", "TASK_DEFAULT_OWNER": "00G000000000001",
        ])
        #expect(settings.channels == ["VOICE", "CHAT"])
        #expect(settings.attributeFields.map(\.attribute) == ["disposition", "a b"])
        #expect(settings.attributeFields.map(\.field.text) == ["Disposition__c", "X__c"])
        #expect(settings.handovers.count == 2 && settings.isHandover("+12065550101"))
        #expect(!settings.isHandover(nil) && !settings.isHandover("+12065550102"))
    }

    @Test(arguments: [
        ("CONTACT_ATTRIBUTE_FIELDS", "a"), ("CONTACT_ATTRIBUTE_FIELDS", "a=b=c"),
        ("CONTACT_ATTRIBUTE_FIELDS", "a=X__c,b=x__C"),
        ("CONTACT_ATTRIBUTE_FIELDS", "a=queue__C"), ("CONTACT_ATTRIBUTE_FIELDS", "a=attributes"),
        ("CONTACT_HANDOVER_NUMBERS", "2065550100"), ("TASK_DEFAULT_OWNER", "001000000000001"),
        ("AGENT_USER_FIELD", "a b"), ("CONTACT_TASKS", "no"), ("DEAD_LETTER_QUEUE_URL", "http://sqs.example.com/1/q"),
    ])
    func `a value that is none of these is a fault`(name: String, value: String) {
        #expect(Self.faults([name: value]) == [name])
    }

    @Test func `recordings have all variables or none, and a voicemail's e-mail needs them`() {
        #expect(
            Self.faults(["RECORDINGS_BUCKET": "recordings"]) == ["RECORDING_LINK_BASE_URL", "RECORDING_LINK_SECRET"])
        #expect(
            Self.faults(["VOICEMAIL_EMAIL_TO": "desk@example.com"]) == [
                "RECORDINGS_BUCKET", "RECORDING_LINK_BASE_URL", "RECORDING_LINK_SECRET", "EMAIL_FROM",
                "IDEMPOTENCY_TABLE",
            ])
        #expect(Self.faults(["EMAIL_FROM": "desk@example.com"]) == ["VOICEMAIL_EMAIL_TO", "IDEMPOTENCY_TABLE"])
    }
}
