import Settings
import TestSupport
import Testing

@testable import ConnectCRM

@Suite struct EnvironmentFaultTests {
    private static let sound = FaultMatrix.aws.merging([
        "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_CLIENT_ID": "client",
        "SALESFORCE_CLIENT_SECRET": "secret", "IDEMPOTENCY_TABLE": "t",
    ]) { $1 }

    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let matrix = FaultMatrix(
            Self.sound,
            [
                "CRM_OBJECTS": "Contact,Opportunity", "CRM_OBJECTS": "Contact,contact",
                "CRM_CONTACT_PHONE_FIELDS": "Phone;Mobile", "CRM_LEAD_PHONE_FIELDS": "Phone,,Fax",
                "CRM_ACCOUNT_PHONE_FIELDS": "Phone'", "CRM_EXTRA_FIELDS": "Tier__c",
                "CRM_EXTRA_FIELDS": "Case.Subject", "CRM_EXTRA_FIELDS": "Contact.Tier__c,contact.TIER__C",
                "CRM_EXTRA_FIELDS": "Contact.Owner.Name", "CRM_SEARCH": "perhaps", "CRM_CASE_BY_NUMBER": "everybody",
                "CRM_CASE_ASSIGNMENT": "rule", "IDEMPOTENCY_TABLE": "", "SALESFORCE_LOGIN_URL": "",
                "SALESFORCE_CLIENT_SECRET": "", "AWS_REGION": "", "AWS_ENDPOINT_URL_DYNAMODB": "nowhere",
            ])
        try await matrix.check { _ = try await ConnectCRM(environment: $0) }
    }

    @Test func `fields whose query would be too long are a fault`() async throws {
        let fields = (0..<500).map { "Contact.A_rather_long_name_of_a_field_\($0)__c" }.joined(separator: ",")
        let error = await #expect(throws: EnvironmentError.self) {
            try await ConnectCRM(environment: Environment(Self.sound.merging(["CRM_EXTRA_FIELDS": fields]) { $1 }))
        }
        #expect(error?.faults.count == 1 && error?.faults.first?.hasPrefix("CRM_EXTRA_FIELDS") == true)
    }
}
