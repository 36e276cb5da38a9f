import TestSupport
import Testing

@testable import ConnectRecording

@Suite struct EnvironmentFaultTests {
    private static let sound = FaultMatrix.aws.merging([
        "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_CLIENT_ID": "id",
        "SALESFORCE_CLIENT_SECRET": "secret", "RECORDINGS_BUCKET": "recordings",
        "RECORDING_LINK_BASE_URL": "https://calls.example.com", "RECORDING_LINK_SECRET": "0123456789abcdef",
    ]) { $1 }

    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let matrix = FaultMatrix(
            Self.sound,
            [
                "SALESFORCE_LOGIN_URL": "", "SALESFORCE_LOGIN_URL": "https://login.salesforce.com",
                "SALESFORCE_CLIENT_ID": "", "SALESFORCE_CLIENT_SECRET": "", "SALESFORCE_API_VERSION": "v62",
                "RECORDINGS_BUCKET": "", "RECORDINGS_REDACTED_ONLY": "perhaps", "RECORDING_LINK_BASE_URL": "",
                "RECORDING_LINK_BASE_URL": "http://calls.example.com", "RECORDING_LINK_SECRET": "",
                "RECORDING_LINK_SECRET": "0123456789abcde", "RECORDING_URL_SECONDS": "0", "RECORDING_OBJECT": "a b",
                "ACCOUNT_PHONE_FIELDS": ",", "SALESFORCE_RECORDING_MODE": "soap", "CONTACT_LENS": "perhaps",
                "RECORDING_TRANSCRIPTS": "all", "AWS_REGION": "",
                "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL_S3": "s3",
            ])
        try await matrix.check { _ = try await ConnectRecording(environment: $0) }
        await FaultMatrix.checkEmpty(Array(Self.sound.keys)) { _ = try await ConnectRecording(environment: $0) }
    }

    @Test func `AWS's variables are needed once, whoever needs them`() async {
        await FaultMatrix.check(
            [
                "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_SECRET_ARN": "crm",
                "RECORDINGS_BUCKET": "recordings", "RECORDING_LINK_BASE_URL": "https://calls.example.com",
                "RECORDING_LINK_SECRET_ARN": "link",
            ], Array(FaultMatrix.aws.keys)
        ) { _ = try await ConnectRecording(environment: $0) }
    }
}
