import Foundation
import HTTPEvents
import JSON
import LambdaRuntime
import LocalServices
import Salesforce
import Settings
import TestSupport
import Testing

@testable import CRMWrapperAPI

/// The events of `events/CRMWrapperAPI`, against the local Salesforce that `switchboard demo` uses.
struct EventTests {
    @Test(arguments: try EventFixture.all(of: "CRMWrapperAPI"))
    func `an event brings what its expectation says`(_ fixture: EventFixture) async throws {
        try await SalesforceDouble.withRunning(Self.configuration()) { double in
            var variables = double.environment
            variables["SALESFORCE_INSTANCE_URL"] = double.instanceURL
            variables["CRM_CALLERS"] = try EventFixture.environment(of: "CRMWrapperAPI")["CRM_CALLERS"]
            let function = try await CRMWrapperAPI(environment: Environment(variables))
            try await fixture.check { try await Self.response(of: function, to: $0) }
        }
    }

    @Test func `a query of every page brings all the records, and a creation makes one`() async throws {
        try await SalesforceDouble.withRunning { double in
            let function = try await CRMWrapperAPI(environment: Environment(double.environment))
            let fixtures = try EventFixture.all(of: "CRMWrapperAPI")
            let all = try #require(fixtures.first { $0.name == "02-every-page-joined" })
            let response = try JSONValue(parsing: await Self.response(of: function, to: all.event))
            let body = try JSONValue(parsing: Array(#require(response["body"]?.string).utf8))
            #expect(body["data"]?["records"]?.array?.count == 7)
            #expect(body["data"]?["done"] == .bool(true))
            let create = try #require(fixtures.first { $0.name == "03-seed-create" })
            _ = try await Self.response(of: function, to: create.event)
            let created = await double.org.created
            #expect(created.map(\.object) == ["Lead"])
            #expect(created.first?.fields["LastName"] == .string("Last"))
        }
    }

    @Test func `a subquery's pages are joined, as many as the limit allows`() async throws {
        try await SalesforceDouble.withRunning(Self.configuration()) { double in
            let fixtures = try EventFixture.all(of: "CRMWrapperAPI")
            let event = try #require(fixtures.first { $0.name == "29-pages-of-a-subquery-joined" }).event
            for (limit, names) in [("2000", ["Adams", "Baker", "Clark", "Davis"]), ("2", ["Adams", "Baker"])] {
                let function = try await CRMWrapperAPI(
                    environment: Environment(double.environment.merging(["CRM_MAX_RECORDS": limit]) { $1 }))
                let response = try JSONValue(parsing: await Self.response(of: function, to: event))
                let data = try JSONValue(parsing: Array(#require(response["body"]?.string).utf8))["data"]
                let contacts = try #require(data?["records"]?.array?.first?["Contacts"])
                #expect(contacts["records"]?.array?.map { $0["LastName"]?.string } == names)
                #expect(contacts["totalSize"]?.int == 4 && contacts["nextRecordsUrl"] == nil)
                let isWhole = JSONValue.bool(names.count == 4)
                #expect(contacts["done"] == isWhole && data?["done"] == isWhole)
            }
        }
    }

    /// The local Salesforce with the records of the events.
    private static func configuration() throws -> SalesforceDouble.Configuration {
        let file = TestProcess.root.appending(path: "events/CRMWrapperAPI/salesforce.json")
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [try SalesforceAddition(JSONValue(parsing: Array(Data(contentsOf: file))))]
        return configuration
    }

    private static func response(of function: CRMWrapperAPI, to event: Data) async throws -> [UInt8] {
        let context = LambdaContext(
            requestID: "r", deadline: .now + .seconds(20), logging: LogConfiguration { _ in })
        return try await JSONText.encode(function.handle(HTTPEvent(parsing: Array(event)), context: context))
    }
}
