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
        let recording = try settings.variables.environment(for: "ConnectRecording")
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
        guard environment["RECORDINGS_BUCKET"] != nil else { return [signedIn] }
        return [signedIn] + (try await recordings(environment, client, deadline))
    }

    /// Checks the fields that ConnectRecording reads, each by a query: a hidden one is refused as if it did not exist.
    private func recordings(
        _ environment: Environment, _ client: SalesforceClient, _ deadline: ContinuousClock.Instant
    ) async throws -> [Finding] {
        let names = [environment["RECORDING_OBJECT"] ?? "Call_Recording_Info__c"]
        guard let object = names.compactMap({ APIName($0) }).first else {
            return [.mend(subject, "RECORDING_OBJECT must be an object's API name, such as Call_Recording_Info__c")]
        }
        var wanted: [(object: APIName, fields: [APIName], variable: String)] = [
            (
                object, ["Contact_Id__c", "Contact_Mobile_Number__c", "Account__c", "File_Name__c", "Access_URL__c"],
                "RECORDING_OBJECT"
            )
        ]
        if environment["CONTACT_LENS"] != "false" {
            let fields: [APIName] = [
                "Summary__c", "Customer_Sentiment__c", "Agent_Sentiment__c", "Categories__c", "Talk_Seconds__c",
                "Non_Talk_Seconds__c", "Interruptions__c",
            ]
            let transcript: [APIName] = environment["RECORDING_TRANSCRIPTS"] == "true" ? ["Transcript__c"] : []
            wanted.append((object, fields + transcript, "CONTACT_LENS"))
        }
        if environment["SALESFORCE_RECORDING_MODE"] != "apex" {
            let fields = (environment["ACCOUNT_PHONE_FIELDS"] ?? "Phone,Phone_Number_Without_Format__c")
                .split(separator: ",").compactMap { APIName($0.filter { !$0.isWhitespace }) }
            wanted.append(("Account", fields, "ACCOUNT_PHONE_FIELDS"))
        }
        var findings: [Finding] = []
        for (object, fields, variable) in wanted {
            findings += try await missing(
                fields, of: object, variable: variable, client: client, deadline: deadline)
        }
        return findings.isEmpty ? [.ok(subject, "its user sees the fields of recordings and accounts")] : findings
    }

    private func missing(
        _ fields: [APIName], of object: APIName, variable: String, client: SalesforceClient,
        deadline: ContinuousClock.Instant
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        for field in fields {
            switch try await refusal(of: "SELECT Id, \(field) FROM \(object) LIMIT 1", client, deadline) {
            case "INVALID_TYPE":
                return [
                    .mend(
                        subject,
                        "its user sees no object \(object.text): deploy integrations/salesforce, assign its permission "
                            + "sets to that user, and check \(variable)")
                ]
            case "INVALID_FIELD":
                findings.append(
                    .mend(
                        subject,
                        "its user sees no field \(object.text).\(field.text): assign the permission sets of "
                            + "integrations/salesforce, and check \(variable)"))
            default: break
            }
        }
        return findings
    }

    /// Returns the code that says which name of the query is unknown or hidden; nil when it succeeds.
    private func refusal(
        of query: SOQL, _ client: SalesforceClient, _ deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> String? {
        do throws(SalesforceError) {
            _ = try await client.query(query, limit: 1, SalesforceCall(deadline: deadline))
            return nil
        } catch {
            guard ["INVALID_TYPE", "INVALID_FIELD"].contains(error.code) else { throw error }
            return error.code
        }
    }
}
