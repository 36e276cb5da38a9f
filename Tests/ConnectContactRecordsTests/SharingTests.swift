import JSON
import LocalServices
import TestSupport
import Testing

@testable import ConnectContactRecords

/// Tasks that sharing hides from the function as soon as they are an agent's, with the local Salesforce.
@Suite(.takingTurns) struct SharingTests {
    @Test func `a hidden task is made once, and later records of its contact are written`() async throws {
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [try SalesforceAddition(["private": ["Task"]])]
        try await SalesforceDouble.withRunning(configuration) { crm in
            let fixture = try ContactRecordsFixture(crm.environment)
            let agent = await crm.org.records(of: "User").first { $0["Id"]?.string == SalesforceUser.agent.id }
            let name = try #require(agent?["Username"])
            var own: [String: JSONValue] = [
                "Agent": ["Username": name, "ConnectedToAgentTimestamp": "2026-11-22T10:00:22Z"]
            ]
            #expect(try await fixture.invoke([ContactRecords.taken(ContactRecords.id, own)]) == nil)
            let tasks = await crm.org.records(of: "Task")
            #expect(tasks.count == 1 && tasks.first?["OwnerId"]?.string == SalesforceUser.agent.id)
            own["LastUpdateTimestamp"] = "2026-11-22T10:09:00Z"
            own["DisconnectReason"] = "AGENT_DISCONNECT"
            #expect(try await fixture.invoke([ContactRecords.taken(ContactRecords.id, own)]) == nil)
            #expect(await crm.org.records(of: "Task").count == 1)
            let row = await crm.org.records(of: "Call_Recording_Info__c").first {
                $0["Contact_Id__c"]?.string == ContactRecords.id
            }
            #expect(row?["Disconnect_Reason__c"] == "AGENT_DISCONNECT")
            #expect(fixture.letters.isEmpty && fixture.log.contains("skipped=1"))
        }
    }
}
