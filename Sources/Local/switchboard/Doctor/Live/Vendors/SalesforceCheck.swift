import Salesforce
import Settings

/// The check of Salesforce: that the functions' own user can sign in, and sees the object and the fields of recordings.
struct SalesforceCheck: LiveCheck {
    let subject = "Salesforce"
    let settings: LiveSettings

    /// The variables that decide the way of signing in.
    private static let variables = [
        "SALESFORCE_LOGIN_URL", "SALESFORCE_GRANT", "SALESFORCE_API_VERSION", "SALESFORCE_AUDIENCE",
        "SALESFORCE_SECRET_ARN", "SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET", "SALESFORCE_USERNAME",
        "SALESFORCE_PASSWORD", "SALESFORCE_PRIVATE_KEY",
    ]

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let wrapper = try settings.variables.environment(for: "CRMWrapperAPI")
        let recording = try integrationEnvironment()
        switch (wrapper["SALESFORCE_LOGIN_URL"] != nil, recording["SALESFORCE_LOGIN_URL"] != nil) {
        case (false, false):
            throw MissingSetting(
                "set SALESFORCE_LOGIN_URL and SALESFORCE_SECRET_ARN, or SALESFORCE_CLIENT_ID and so on")
        case (true, false): return try await wrapperFindings(subject, wrapper, deadline)
        case (true, true) where Self.variables.contains { wrapper[$0] != recording[$0] }:
            let (first, second) = ("\(subject) of CRMWrapperAPI", "\(subject) of ConnectRecording")
            return await findings(as: first) { try await wrapperFindings(first, wrapper, $0) }
                + findings(as: second) { try await recordingFindings(second, recording, $0) }
        default: return try await recordingFindings(subject, recording, deadline)
        }
    }

    /// Returns the variables of the function that signs in as the integration user: ConnectRecording, else
    /// ConnectContactRecords.
    private func integrationEnvironment() throws -> Environment {
        let contacts = try settings.variables.environment(for: "ConnectContactRecords")
        let recording = try settings.variables.environment(for: "ConnectRecording")
        return recording["SALESFORCE_LOGIN_URL"] == nil && contacts["SALESFORCE_LOGIN_URL"] != nil
            ? contacts : recording
    }

    /// Checks that the wrapper's own user can sign in; without `CRM_CALLERS` it needs none, but still the app's key.
    private func wrapperFindings(
        _ subject: String, _ environment: Environment, _ deadline: ContinuousClock.Instant
    ) async throws -> [Finding] {
        try await SecretLookup.text(of: "SALESFORCE_SECRET_ARN", in: environment, deadline: deadline)
        let hasCallers = environment["CRM_CALLERS"] != nil || environment["CRM_CALLERS_SECRET_ARN"] != nil
        let configuration = try environment.read(
            SalesforceConfiguration.variable(for: hasCallers ? .serviceCallers : .callers))
        let themselves = Finding.ok(subject, "the settings are whole; callers sign in as themselves")
        // With the other grants each caller may have a name, and the service none.
        guard configuration.grant == .clientCredentials || hasCallers && configuration.grant == .password else {
            return [themselves]
        }
        do {
            try await SalesforceClient(configuration: configuration).checkSignIn(deadline: deadline)
            return [.ok(subject, "signs in by \(configuration.grant.rawValue)")]
        } catch {
            guard !hasCallers, error.kind == .clientRefused, error.code == "invalid_grant" else { throw error }
            return [themselves]
        }
    }

    private func recordingFindings(
        _ subject: String, _ environment: Environment, _ deadline: ContinuousClock.Instant
    ) async throws -> [Finding] {
        try await SecretLookup.text(of: "SALESFORCE_SECRET_ARN", in: environment, deadline: deadline)
        let configuration = try environment.read(SalesforceConfiguration.variable)
        let client = SalesforceClient(configuration: configuration)
        try await client.checkSignIn(deadline: deadline)
        let signedIn = Finding.ok(subject, "signs in by \(configuration.grant.rawValue)")
        let contacts = try settings.variables.environment(for: "ConnectContactRecords")
        var wanted: [WantedFields] = []
        if environment["RECORDINGS_BUCKET"] != nil {
            guard let fields = WantedFields.ofRecordings(environment) else { return [wrongObject] }
            wanted += fields
        }
        if contacts["DEAD_LETTER_QUEUE_URL"] != nil {
            guard let fields = WantedFields.ofContacts(contacts) else { return [wrongObject] }
            wanted += fields
        }
        guard !wanted.isEmpty else { return [signedIn] }
        return [signedIn] + (try await findings(of: wanted, client, deadline))
    }
}
