import TestSupport
import Testing

@testable import SendEmail

@Suite struct EnvironmentFaultTests {
    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let sound = FaultMatrix.aws.merging(["EMAIL_ALLOWED_SENDERS": "@example.com", "IDEMPOTENCY_TABLE": "t"]) { $1 }
        let matrix = FaultMatrix(
            sound,
            [
                "EMAIL_ALLOWED_SENDERS": "", "EMAIL_ALLOWED_SENDERS": "somebody", "EMAIL_ALLOWED_RECIPIENTS": "@",
                "EMAIL_FROM": "Clinic <clinic@example.com>", "EMAIL_REPLY_TO": "help", "IDEMPOTENCY_TABLE": "",
                "TEMPLATES_DIR": "/dev/null/templates", "AWS_REGION": "", "AWS_ACCESS_KEY_ID": "",
                "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL_SESV2": "ses",
            ])
        try await matrix.check { _ = try SendEmail(environment: $0) }
        await FaultMatrix.checkEmpty(["EMAIL_ALLOWED_SENDERS", "IDEMPOTENCY_TABLE"] + FaultMatrix.aws.keys) {
            _ = try SendEmail(environment: $0)
        }
    }
}
