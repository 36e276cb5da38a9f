import TestSupport
import Testing

@testable import AlexaCRM

@Suite struct EnvironmentFaultTests {
    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let sound = FaultMatrix.aws.merging([
            "ALEXA_SKILL_ID": "amzn1.ask.skill.1", "CRM_API_URL": "https://crm.example.com/prod",
            "IDEMPOTENCY_TABLE": "t",
        ]) { $1 }
        let matrix = FaultMatrix(
            sound,
            [
                "ALEXA_SKILL_ID": "", "CRM_API_URL": "", "CRM_API_URL": "http://crm.example.com",
                "CRM_API_URL": "https://user:word@crm.example.com", "IDEMPOTENCY_TABLE": "", "CRM_LEAD_SCOPE": "theirs",
                "CRM_API_TOKEN": "a token with blanks", "CRM_API_USERNAME": "agent@example.com", "AWS_REGION": "",
                "AWS_REGION": "EU Central", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
                "AWS_ENDPOINT_URL_DYNAMODB": "localhost",
            ])
        try await matrix.check { _ = try await AlexaCRM(environment: $0) }
        await FaultMatrix.checkEmpty(
            ["ALEXA_SKILL_ID", "CRM_API_URL", "IDEMPOTENCY_TABLE"] + FaultMatrix.aws.keys
        ) { _ = try await AlexaCRM(environment: $0) }
    }
}
