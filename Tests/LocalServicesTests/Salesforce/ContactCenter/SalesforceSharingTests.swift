import JSON
import Testing

@testable import LocalServices

/// Records that sharing hides: objects that a file calls private.
struct SalesforceSharingTests {
    private func caller<Result: Sendable>(
        _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [try SalesforceAddition(["private": ["Task"]])]
        return try await SalesforceDouble.withRunning(configuration) {
            try await body(SalesforceCaller(double: $0, token: SalesforceUser.integration.token))
        }
    }

    private static func row(_ members: String) -> String {
        #"{"records":[{"attributes":{"type":"Task"},"Subject":"Inbound call",\#(members)}]}"#
    }

    @Test func `another's task is in no query, cannot be written, and holds its external id`() async throws {
        try await caller { (caller) async throws in
            let path = "/composite/sobjects/Task/Contact_Id__c"
            let task = Self.row(#""Contact_Id__c":"c-1","OwnerId":"\#(SalesforceUser.agent.id)""#)
            let first = try await caller.patch(path, task).body.array?.first
            #expect(first?["created"] == .bool(true))
            let id = first?["id"]?.string ?? ""
            let found = try await caller.query("SELECT Id FROM Task WHERE Contact_Id__c = 'c-1'")
            #expect(found.body["totalSize"] == .number(0))
            let second = try await caller.patch(path, task).body.array?.first
            #expect(second?["errors"]?.array?.first?["statusCode"] == "DUPLICATE_VALUE")
            let update = Self.row(#""id":"\#(id)""#)
            let third = try await caller.patch("/composite/sobjects", update).body.array?.first
            #expect(third?["errors"]?.array?.first?["statusCode"] == "INSUFFICIENT_ACCESS_OR_READONLY")
        }
    }

    @Test func `one's own task is seen`() async throws {
        try await caller { (caller) async throws in
            let path = "/composite/sobjects/Task/Contact_Id__c"
            _ = try await caller.patch(path, Self.row(#""Contact_Id__c":"c-1""#))
            let found = try await caller.query("SELECT Id FROM Task WHERE Contact_Id__c = 'c-1'")
            #expect(found.body["totalSize"] == .number(1))
        }
    }

    @Test(arguments: [#"{"private":"Task"}"#, #"{"private":[1]}"#, #"{"private":["Nothing__c"]}"#])
    func `a list of other things is refused`(text: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        #expect(throws: SalesforceAddition.Fault.self) { try SalesforceAddition(json) }
    }
}
