import TestSupport
import Testing

@testable import SendSMS

@Suite struct EnvironmentFaultTests {
    private static let sound = FaultMatrix.aws.merging(
        ["SMS_DEFAULT_COUNTRY_CODE": "49", "IDEMPOTENCY_TABLE": "t"]
    ) { $1 }

    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let matrix = FaultMatrix(
            Self.sound,
            [
                "SMS_PROVIDER": "pigeon", "SMS_ORIGINATION": "two numbers", "SMS_SENDER_ID": "1", "SMS_TYPE": "Urgent",
                "SMS_MAX_PRICE": "cheap", "SMS_ALLOWED_COUNTRY_CODES": "DE", "SMS_MAX_PARTS": "0",
                "IDEMPOTENCY_TABLE": "", "TEMPLATES_DIR": "/dev/null", "AWS_REGION": "", "AWS_ACCESS_KEY_ID": "",
                "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL_SNS": "sns",
            ])
        try await matrix.check { _ = try SendSMS(environment: $0) }
    }

    @Test func `with End User Messaging too`() async throws {
        let matrix = FaultMatrix(
            Self.sound.merging(["SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": "pool-1"]) { $1 },
            [
                "SMS_ORIGINATION": "", "SMS_ORIGINATION": "two numbers", "SMS_MAX_PRICE": "100", "SMS_TYPE": "Urgent",
                "SMS_DEFAULT_COUNTRY_CODE": "+49", "IDEMPOTENCY_TABLE": "", "AWS_REGION": "",
            ])
        try await matrix.check { _ = try SendSMS(environment: $0) }
    }
}
