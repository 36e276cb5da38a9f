import LocalServices

/// Variables whose value is `local`: they point to a service that this command starts.
enum LocalVariables {
    static let marker = "local"
    private static let salesforce = ["SALESFORCE_LOGIN_URL", "SALESFORCE_INSTANCE_URL", "CRM_API_URL"]

    /// Whether a function with these variables calls the local Salesforce, by itself or through the wrapper API.
    static func needSalesforce(_ variables: [String: String]) -> Bool {
        salesforce.contains { variables[$0] == marker }
    }

    /// Whether a function with these variables calls the wrapper API.
    static func needWrapper(_ variables: [String: String]) -> Bool {
        variables["CRM_API_URL"] == marker
    }

    /// The variables with the local services' addresses in them, and the Salesforce client's settings where they lack.
    static func resolved(
        _ variables: [String: String], salesforce: SalesforceDouble?, wrapper: String?
    ) -> [String: String] {
        guard let salesforce else { return variables }
        var values = salesforce.environment
        values["SALESFORCE_INSTANCE_URL"] = salesforce.instanceURL
        values["CRM_API_URL"] = wrapper
        values["CRM_API_USERNAME"] = SalesforceDouble.username
        values["CRM_API_PASSWORD"] = SalesforceDouble.password
        var resolved = variables.merging(values) { $0 == marker ? $1 : $0 }
        for name in values.keys where variables[name] == nil {
            let isSetting = name.hasPrefix("SALESFORCE_") && name != "SALESFORCE_INSTANCE_URL"
            if variables["SALESFORCE_LOGIN_URL"] != marker || variables["SALESFORCE_SECRET_ARN"] != nil || !isSetting {
                resolved[name] = nil
            }
        }
        return resolved
    }

    /// The variables without those that mean a local service: what `--live` leaves over.
    static func withoutLocal(_ variables: [String: String]) -> [String: String] {
        variables.filter { $0.value != marker }
    }
}
