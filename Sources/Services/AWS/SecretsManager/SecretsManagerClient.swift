import Calling

/// AWS Secrets Manager.
package struct SecretsManagerClient: Sendable {
    private let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
    }

    /// Returns the current value of the secret with that ARN or name.
    ///
    /// A binary secret fails with code `SecretBinary`. `GetSecretValue` in the AWS Secrets Manager API Reference.
    package nonisolated(nonsending) func secretString(id: String, deadline: ContinuousClock.Instant)
        async throws(AWSError) -> String
    {
        let action = "GetSecretValue"
        let request = AWSRequest.target(
            .secretsManager, prefix: "secretsmanager", action: action, version: "1.1",
            body: try jsonBody(of: ["SecretId": id], for: .secretsManager, action), repetition: .idempotent)
        let answer = try await client.answer(to: request, deadline: deadline)
        let output = try client.decode(Output.self, from: answer, to: request)
        if let secret = output.secretString { return secret }
        guard output.secretBinary != nil else { throw .unreadable(request, answer) }
        throw AWSError(
            service: request.service.name, action: action, status: answer.status, code: "SecretBinary",
            outcome: .refused, detail: "the secret is binary: store it as text")
    }

    private struct Output: Decodable {
        let secretString: String?
        let secretBinary: String?

        enum CodingKeys: String, CodingKey {
            case secretString = "SecretString"
            case secretBinary = "SecretBinary"
        }
    }
}
