import AmazonConnect
import AWS
import CallRecords
import Calling
import Customers
import JSON
import LambdaRuntime
import Salesforce
import Settings
import TestSupport

@testable import ConnectRecording

extension RegistrationTests {
    static func client(_ crm: ScriptedSalesforce) throws -> SalesforceClient {
        let configuration = try Environment(crm.environment).read(SalesforceConfiguration.variable)
        return SalesforceClient(configuration: configuration, timing: CallTiming(random: { 0 }, sleep: { _ in }))
    }

    /// Registers a contact at a scripted Salesforce.
    func register(
        at crm: ScriptedSalesforce, from number: String?, mode: RecordingSettings.Mode = .sobject
    ) async throws -> RegistrationOutput {
        let client = try Self.client(crm)
        let link = RecordingLink(base: RecordingFixture.base, secret: LinkSecret(Redacted("s")))
        let registration = ContactRegistration(
            mode: mode, accounts: AccountSearch(fields: ["Phone"], crm: client),
            records: CallRecordStore(object: "X", crm: client, link: link), crm: client)
        let event = try ContactFlowEvent(parsing: Array(Events.flow(RecordingFixture.id, from: number).utf8))
        let context = LambdaContext(
            requestID: "r", deadline: .now + .seconds(8), logging: LogConfiguration { _ in })
        return try await registration.register(event, context)
    }
}
