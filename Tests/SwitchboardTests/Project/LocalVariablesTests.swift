import LocalServices
import Testing

@testable import switchboard

struct LocalVariablesTests {
    @Test func `local values become addresses, and the client's settings are filled in where they lack`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let resolved = LocalVariables.resolved(
                ["SALESFORCE_LOGIN_URL": "local", "SALESFORCE_USERNAME": "someone", "OTHER": "kept"],
                salesforce: double, wrapper: nil)
            #expect(resolved["SALESFORCE_LOGIN_URL"] == double.loginURL)
            #expect(resolved["SALESFORCE_CLIENT_SECRET"] == "local-secret")
            #expect(resolved["SALESFORCE_USERNAME"] == "someone")
            #expect(resolved["OTHER"] == "kept")
            #expect(resolved["SALESFORCE_INSTANCE_URL"] == nil && resolved["CRM_API_USERNAME"] == nil)
            let secret = LocalVariables.resolved(
                ["SALESFORCE_LOGIN_URL": "local", "SALESFORCE_SECRET_ARN": "s"], salesforce: double, wrapper: nil)
            #expect(secret == ["SALESFORCE_LOGIN_URL": double.loginURL, "SALESFORCE_SECRET_ARN": "s"])
            let skill = LocalVariables.resolved(
                ["CRM_API_URL": "local"], salesforce: double, wrapper: "http://127.0.0.1:2")
            #expect(skill == ["CRM_API_URL": "http://127.0.0.1:2"])
        }
    }

    @Test func `only local values need the services, and none of them is left for --live`() {
        #expect(LocalVariables.needSalesforce(["SALESFORCE_LOGIN_URL": "local"]))
        #expect(LocalVariables.needSalesforce(["CRM_API_URL": "local"]))
        #expect(!LocalVariables.needSalesforce(["SALESFORCE_LOGIN_URL": "https://acme.my.salesforce.com"]))
        #expect(LocalVariables.needWrapper(["CRM_API_URL": "local"]))
        #expect(LocalVariables.withoutLocal(["A": "local", "B": "b"]) == ["B": "b"])
    }
}
