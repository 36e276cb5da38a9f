import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

@testable import ConnectCRM

/// The events of `events/ConnectCRM`, one after the other like in `switchboard demo`, with the local Salesforce.
@Suite(.takingTurns) struct EventTests {
    @Test func `every event brings what its expectation says`() async throws {
        let fixtures = try EventFixture.all(of: "ConnectCRM")
        #expect(fixtures.count >= 20)
        let variables = try EventFixture.environment(of: "ConnectCRM").filter { $0.value != "local" }
        try await LocalCRM.run(variables) { setup async throws in
            for fixture in fixtures {
                try await fixture.check { event in
                    let fields = try await setup.fixture.invoke(JSONValue(parsing: Array(event)))
                    return JSONValue.object(fields.mapValues(JSONValue.string)).bytes
                }
            }
            let cases = await setup.crm.org.records(of: "Case").filter { $0["Origin"] == "Phone" }
            #expect(cases.count == 3 && cases.allSatisfy { $0["Subject"]?.string?.contains("@{") == false })
            let tasks = await setup.crm.org.records(of: "Task")
            #expect(tasks.count == 3)
            let log = setup.fixture.log
            for text in ["5550142", "Maria", "Silva", "northwind", "Delivery"] { #expect(!log.contains(text)) }
        }
    }
}

/// The function with the local Salesforce and the records of its events.
final class LocalCRM: Sendable {
    let crm: SalesforceDouble
    let fixture: CRMFixture

    private init(_ crm: SalesforceDouble, _ variables: [String: String]) throws {
        self.crm = crm
        fixture = try CRMFixture(crm.environment.merging(variables) { $1 })
    }

    static func run(_ variables: [String: String], _ body: (LocalCRM) async throws -> Void) async throws {
        let file = TestProcess.root.appending(path: "events/ConnectCRM/salesforce.json")
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [try SalesforceAddition(JSONValue(parsing: Array(Data(contentsOf: file))))]
        try await SalesforceDouble.withRunning(configuration) { crm in try await body(LocalCRM(crm, variables)) }
    }
}
