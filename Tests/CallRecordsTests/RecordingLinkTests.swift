import AWS
import Foundation
import Settings
import Synchronization
import TestSupport
import Testing

@testable import CallRecords

@Suite(.takingTurns) struct RecordingLinkTests {
    private static let base = "https://calls.example.com/prod"

    /// The link's secret where Secrets Manager answers each call with the next text, and the last one again.
    private func withSecret(_ texts: String..., body: (LinkSecret) async throws -> Void) async throws {
        let left = Mutex(texts)
        let aws = try ScriptedServer.answering { _ in
            let text = left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            return ScriptedServer.Response(
                body: Array(try JSONSerialization.data(withJSONObject: ["SecretString": text])))
        }
        let environment = Environment(
            [
                "RECORDING_LINK_SECRET_ARN": "arn:x", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "A",
                "AWS_SECRET_ACCESS_KEY": "S", "AWS_ENDPOINT_URL": "http://\(aws.authority)",
            ])
        let variable = try environment.read(RecordingLink.secretVariable)
        try await body(LinkSecret(KeyedSecretReader(variable), deadline: .now + .seconds(5)))
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
            let link = RecordingLink(base: Self.base, secret: secret)
            let contact = try #require(ContactID("c-1"))
            let links = ["old", "new"].map {
                RecordingLink(base: Self.base, secret: LinkSecret(Redacted($0))).url(of: contact)
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
