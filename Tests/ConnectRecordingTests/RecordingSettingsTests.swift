import AWS
import Foundation
import JSON
import Salesforce
import Settings
import Synchronization
import TestSupport
import Testing

@testable import ConnectRecording

struct RecordingSettingsTests {
    static let least = [
        "RECORDINGS_BUCKET": "recordings", "RECORDING_LINK_BASE_URL": "https://Calls.example.com/prod/",
        "RECORDING_LINK_SECRET": "s",
    ]

    @Test func `what is not set has its default`() throws {
        let settings = try Environment(Self.least).read(RecordingSettings.variable)
        #expect(settings.place == RecordingPlace(bucket: "recordings"))
        #expect(settings.linkBase == "https://Calls.example.com/prod")
        #expect(settings.urlSeconds == 300)
        #expect(settings.object == "Call_Recording_Info__c")
        #expect(settings.phoneFields == ["Phone", "Phone_Number_Without_Format__c"])
        #expect(settings.mode == .sobject)
    }

    @Test func `every fault is named at once`() throws {
        let environment = Environment([
            "RECORDINGS_BUCKET": "Not A Bucket", "RECORDING_LINK_BASE_URL": "calls.example.com",
            "RECORDING_URL_SECONDS": "604801", "RECORDING_OBJECT": "Call Recording", "ACCOUNT_PHONE_FIELDS": "Phone,,X",
            "SALESFORCE_RECORDING_MODE": "soap", "RECORDINGS_REDACTED_ONLY": "perhaps",
        ])
        let error = #expect(throws: EnvironmentError.self) { try environment.read(RecordingSettings.variable) }
        for name in [
            "RECORDINGS_BUCKET", "RECORDING_LINK_BASE_URL", "RECORDING_URL_SECONDS", "RECORDING_OBJECT",
            "ACCOUNT_PHONE_FIELDS", "SALESFORCE_RECORDING_MODE", "RECORDINGS_REDACTED_ONLY",
            "RECORDING_LINK_SECRET",
        ] {
            #expect(error?.description.contains("\(name) ") == true, "\(name)")
        }
    }

    @Test(arguments: [
        "https://calls.example.com/my calls", "https://calls.example.com/\n", "https://calls.example.com/?x=1",
        "https://user@calls.example.com", "ftp://calls.example.com", "https://",
        "https://calls.example.com/" + String(repeating: "p", count: 120),
    ])
    func `a base that is none, or would not stand in a link as it is, is refused`(base: String) {
        let environment = Environment(Self.least.merging(["RECORDING_LINK_BASE_URL": base]) { $1 })
        let error = #expect(throws: EnvironmentError.self) { try environment.read(RecordingSettings.variable) }
        #expect(error?.faults.count == 1)
    }

    /// The link's secret where Secrets Manager answers each call with the next text, and the last one again.
    private func withSecret(_ texts: String..., body: (LinkSecret) async throws -> Void) async throws {
        let left = Mutex(texts)
        let aws = try ScriptedServer.answering { _ in
            let text = left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            return ScriptedServer.Answer(
                body: Array(try JSONSerialization.data(withJSONObject: ["SecretString": text])))
        }
        let environment = Environment(
            Self.least.merging([
                "RECORDING_LINK_SECRET_ARN": "arn:x", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "A",
                "AWS_SECRET_ACCESS_KEY": "S", "AWS_ENDPOINT_URL": "http://\(aws.authority)",
            ]) { $1 })
        let settings = try environment.read(RecordingSettings.variable)
        try await body(LinkSecret(KeyedSecretReader(settings.linkSecret), deadline: .now + .seconds(5)))
        withExtendedLifetime(aws) {}
    }

    @Test func `the secret of the links is read from Secrets Manager`() async throws {
        try await withSecret(#"{"RECORDING_LINK_SECRET":"from-aws"}"#) { #expect($0.text == "from-aws") }
        let error = await #expect(throws: EnvironmentError.self) { try await withSecret("text") { _ in } }
        #expect(error?.description.contains("RECORDING_LINK_SECRET_ARN") == true)
    }

    @Test func `a rotated secret is read again when a signature does not hold, and signs from then on`() async throws {
        let texts = [#"{"RECORDING_LINK_SECRET":"old"}"#, #"{"RECORDING_LINK_SECRET":"new"}"#]
        try await withSecret(texts[0], texts[1]) { secret in
            let link = RecordingLink(base: RecordingFixture.base, secret: secret)
            let contact = try #require(ContactID("c-1"))
            let links = ["old", "new"].map {
                RecordingLink(base: RecordingFixture.base, secret: LinkSecret(Redacted($0))).url(of: contact)
            }
            let signatures = links.map { String($0.suffix(64)) }
            let deadline = ContinuousClock.now + .seconds(5)
            #expect(try await link.isValid(signatures[0], of: "c-1", deadline: deadline))
            // What has no signature's form is nothing to ask for.
            #expect(try await !link.isValid("x", of: "c-1", deadline: deadline))
            #expect(link.url(of: contact) == links[0])
            #expect(try await link.isValid(signatures[1], of: "c-1", deadline: deadline))
            #expect(link.url(of: contact) == links[1])
            #expect(try await !link.isValid(signatures[0], of: "c-1", deadline: deadline))
        }
    }
}
