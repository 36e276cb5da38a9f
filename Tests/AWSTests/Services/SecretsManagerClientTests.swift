import Calling
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct SecretsManagerClientTests {
    private let id = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a/b-X"

    @Test func `a secret's text is fetched, byte for byte`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"Name":"a","SecretString":"{\"KEY\":\"v\"}"}"#))
        let secret = try await SecretsManagerClient(fixture.client).secretString(id: id, deadline: soon)
        #expect(secret == #"{"KEY":"v"}"#)
        let request = try fixture.onlyRequest(signedFor: "secretsmanager")
        #expect(request["X-Amz-Target"] == "secretsmanager.GetSecretValue")
        #expect(request["Content-Type"] == "application/x-amz-json-1.1")
        #expect(request.text == #"{"SecretId":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:a/b-X"}"#)
    }

    @Test func `a binary secret is an error that says so`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"SecretBinary":"AAA="}"#))
        let error = await failure { () async throws(AWSError) in
            try await SecretsManagerClient(fixture.client).secretString(id: id, deadline: soon)
        }
        #expect(error?.code == "SecretBinary")
        #expect(error?.description.contains("the secret is binary: store it as text") == true)
    }

    @Test func `an answer without a secret is an error`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response("{}"))
        let error = await failure { () async throws(AWSError) in
            try await SecretsManagerClient(fixture.client).secretString(id: id, deadline: soon)
        }
        #expect(error?.outcome == .unknown)
    }
}
