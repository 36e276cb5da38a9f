import Salesforce
import Settings
import TestSupport
import Testing

@testable import Customers

@Suite struct AccountSearchTests {
    @Test func `the query asks for all forms in all fields at once, and for two accounts at most`() throws {
        let crm = try ScriptedSalesforce()
        let configuration = try Environment(crm.environment).read(SalesforceConfiguration.variable)
        let search = AccountSearch(
            fields: ["Phone", "Mobile__c"], crm: SalesforceClient(configuration: configuration))
        #expect(
            search.query(for: ["+1", "it's"]).text
                == "SELECT Id FROM Account WHERE Phone IN ('+1','it\\'s') OR Mobile__c IN ('+1','it\\'s') LIMIT 2")
    }
}
