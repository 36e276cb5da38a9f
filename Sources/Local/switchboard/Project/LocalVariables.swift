import LocalServices

/// Variables whose value is `local`: they point to a service that this command starts.
enum LocalVariables {
    static let marker = "local"
    private static let salesforce = ["SALESFORCE_LOGIN_URL", "SALESFORCE_INSTANCE_URL", "CRM_API_URL"]

    /// Returns true when a function with these variables calls the local Salesforce, directly or through the wrapper
    /// API.
    static func needSalesforce(_ variables: [String: String]) -> Bool {
        salesforce.contains { variables[$0] == marker }
    }

    /// Returns true when a function with these variables calls the wrapper API.
    static func needWrapper(_ variables: [String: String]) -> Bool {
        variables["CRM_API_URL"] == marker
    }

    /// Returns the variables with the local services' addresses, and with the Salesforce client's settings where they
    /// are missing.
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

    /// Returns the variables without those that mean a local service: the ones that remain under `--live`.
    static func withoutLocal(_ variables: [String: String]) -> [String: String] {
        variables.filter { $0.value != marker }
    }
}
