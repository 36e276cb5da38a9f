import TestSupport
import Testing

@testable import CRMWrapperAPI

@Suite(.takingTurns) struct EnvironmentFaultTests {
    private static let sound = [
        "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_CLIENT_ID": "id",
        "SALESFORCE_CLIENT_SECRET": "secret",
    ]
    private static let token = "0123456789abcdef0123456789abcdef"

    private func start(_ variables: [String: String], _ faults: KeyValuePairs<String, String>) async throws {
        try await FaultMatrix(variables, faults).check { _ = try await CRMWrapperAPI(environment: $0) }
    }

    @Test func `every fault of the environment is named once, also beside another`() async throws {
        try await start(
            Self.sound,
            [
                "SALESFORCE_LOGIN_URL": "", "SALESFORCE_LOGIN_URL": "http://example.my.salesforce.com",
                "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com?x=1", "SALESFORCE_CLIENT_ID": "",
                "SALESFORCE_CLIENT_SECRET": "", "SALESFORCE_GRANT": "JWT", "SALESFORCE_API_VERSION": "62",
                "SALESFORCE_INSTANCE_URL": "http://example.my.salesforce.com", "CRM_ALLOWED_OBJECTS": "Lead,,Case",
                "CRM_MAX_RECORDS": "0", "CRM_CALLERS": "[]",
                "CRM_CALLERS": #"{"reports":{"token":"a token that has blanks in it, thirty-two"}}"#,
            ])
        await FaultMatrix.checkEmpty(Array(Self.sound.keys)) { _ = try await CRMWrapperAPI(environment: $0) }
    }

    @Test func `so are those of a secret that is given as variables, and of callers without a user`() async throws {
        var sound = Self.sound
        sound["SALESFORCE_CLIENT_SECRET"] = nil
        sound["SALESFORCE_GRANT"] = "jwt"
        sound["SALESFORCE_PRIVATE_KEY"] = try TestKey.rsa()
        sound["CRM_CALLERS"] = #"{"reports":{"token":"\#(Self.token)","username":"r@example.com"}}"#
        try await start(
            sound,
            [
                "SALESFORCE_LOGIN_URL": "", "SALESFORCE_CLIENT_ID": "", "SALESFORCE_PRIVATE_KEY": "",
                "SALESFORCE_PRIVATE_KEY": "a key without its lines", "SALESFORCE_API_VERSION": "62",
                "CRM_CALLERS": #"{"reports":{"token":"\#(Self.token)"}}"#, "CRM_MAX_RECORDS": "many",
            ])
    }

    @Test func `AWS's variables are needed once, whoever needs them`() async throws {
        let sound = [
            "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_SECRET_ARN": "crm",
            "CRM_CALLERS_SECRET_ARN": "callers", "SALESFORCE_GRANT": "client_credentials",
        ]
        await FaultMatrix.check(
            sound.merging(["SALESFORCE_LOGIN_URL": "https://login.salesforce.com"]) { $1 },
            ["SALESFORCE_LOGIN_URL"] + FaultMatrix.aws.keys
        ) { _ = try await CRMWrapperAPI(environment: $0) }
    }
}
