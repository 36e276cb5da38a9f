import LambdaRuntime
import Salesforce

/// Whether Salesforce signs the functions' own user in.
struct SalesforceCheck: LiveCheck {
    let subject = "Salesforce"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "ConnectRecording")
        guard environment["SALESFORCE_LOGIN_URL"] != nil else {
            throw MissingSetting(
                "set SALESFORCE_LOGIN_URL and SALESFORCE_SECRET_ARN, or SALESFORCE_CLIENT_ID and so on")
        }
        let configuration = try environment.read(SalesforceConfiguration.variable)
        try await SalesforceClient(configuration: configuration).checkSignIn(deadline: deadline)
        return [.ok(subject, "signs in by \(configuration.grant.rawValue)")]
    }
}
