import AWS
import AWSEvents
import LambdaRuntime
import Salesforce
import Settings

@testable import ConnectContactRecords

extension ContactSimulation {
    /// Runs the function itself, over HTTP, in simulated time.
    func runFunction() async throws -> ContactSimulationReport {
        try await run { crm in
            let org = try SimulatedOrg(crm)
            let clock = crm.weather.clock
            return {
                let environment = Environment(org.environment)
                let (settings, salesforce, aws) = try environment.read(
                    ContactRecordSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
                let function = ConnectContactRecords(
                    settings: settings, secret: nil,
                    crm: SalesforceClient(configuration: salesforce, timing: clock.timing),
                    aws: AWSClient(configuration: aws, timing: clock.timing), timing: clock.timing)
                return { batch in
                    let event = try KinesisEvent(ShardRecord.event(of: batch, shard: 0))
                    let context = LambdaContext(
                        requestID: "r", deadline: clock.instant + .seconds(60), logging: LogConfiguration { _ in })
                    return try await function.handle(event, context: context).batchItemFailures.map(\.itemIdentifier)
                }
            }
        }
    }
}
