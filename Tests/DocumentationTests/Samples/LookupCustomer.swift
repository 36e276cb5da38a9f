import AmazonConnect
import LambdaRuntime
import Salesforce
import Settings

/// The first name of a caller, from Salesforce.
struct LookupCustomer: LambdaFunction {
    struct Output: Encodable { let firstName: String }
    private struct Contact: Decodable { let FirstName: String? }
    private let crm: SalesforceClient

    init(environment: Environment) async throws {
        crm = SalesforceClient(configuration: try environment.read(SalesforceConfiguration.variable))
        try await crm.readSecret(deadline: .now + .seconds(8))
    }

    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> Output {
        let phone = event.contact.customerEndpoint?.address ?? ""
        let contacts = try await crm.query(
            "SELECT FirstName FROM Contact WHERE Phone = \(phone) LIMIT 1",
            SalesforceCall(deadline: context.callDeadline, logger: context.logger))
        return Output(firstName: try contacts.decoded(Contact.self).first?.FirstName ?? "")
    }
}
