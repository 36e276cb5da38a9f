import AWS
import Calling
import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

@testable import Salesforce

/// The client against the strict Salesforce that local runs use.
struct StrictDoubleTests {
    private static func withClient(
        _ body: (SalesforceClient, SalesforceDouble) async throws -> Void
    ) async throws {
        try await SalesforceDouble.withRunning { double in
            let configuration = try Environment(
                // A person, who has every right.
                double.environment.merging(["SALESFORCE_GRANT": "password"]) { $1 }
            ).read(SalesforceConfiguration.variable)
            try await body(
                SalesforceClient(configuration: configuration, timing: CallTiming(random: { 0 }, sleep: { _ in })),
                double)
        }
    }

    private static func call(within time: Duration = .seconds(20)) -> SalesforceCall {
        SalesforceCall(deadline: .now + time)
    }

    @Test func `every page of a query is followed`() async throws {
        try await Self.withClient { client, _ in
            let answer = try await client.query("SELECT Id, Name FROM Lead", Self.call())
            #expect(answer.records.count == 7)
            #expect(answer.isComplete)
        }
    }

    @Test(arguments: [
        "' OR Name != '", "O'Brien <Tools>", "\\' OR Name != '", "\\", "' LIMIT 100 --", "a\nb", "%", "\" OR \"",
    ])
    func `no text makes a query match more than the text`(_ text: String) async throws {
        try await Self.withClient { client, _ in
            let equal = try await client.query("SELECT Id FROM Lead WHERE Company = \(text)", Self.call())
            #expect(equal.totalSize == (text == "O'Brien <Tools>" ? 1 : 0))
            let any = try await client.query("SELECT Id FROM Lead WHERE Company IN \([text, "Test"])", Self.call())
            #expect(any.totalSize == equal.totalSize + 1)
        }
    }

    @Test func `records are created, updated and upserted, and a duplicate is refused`() async throws {
        try await Self.withClient { client, double in
            let id = try await client.create(
                "Lead", ["LastName": "O'Neill", "Company": "A \"quoted\" one", "External_Id__c": "k/1"], Self.call())
            let changes = try await client.update("Lead", [["Id": .string(id), "Title": "CTO"]], Self.call())
            #expect(changes.map(\.success) == [true])
            let updated = try await client.upsert(
                "Lead", where: "External_Id__c", is: "k/1", ["External_Id__c": "k/1", "Phone": "1"], Self.call())
            #expect(!updated.isCreated)
            let created = try await client.upsert(
                "Account", where: "External_Id__c", is: "k2", ["Name": "New"], Self.call())
            #expect(created.isCreated)
            let records = await double.org.records(of: "Lead")
            #expect(records.last?["Title"] == .string("CTO"))
            #expect(records.last?["Phone"] == .string("1"))
            let error = await failure { () async throws(SalesforceError) in
                try await client.create(
                    "Lead", ["FirstName": "Testing", "LastName": "C", "Company": "Test"], Self.call())
            }
            #expect(error?.status == 400)
            #expect(error?.code == "DUPLICATES_DETECTED")
            let missing = await failure { () async throws(SalesforceError) in
                try await client.create("Lead", ["FirstName": "A"], Self.call())
            }
            #expect(missing?.code == "REQUIRED_FIELD_MISSING")
        }
    }

    @Test func `two records of one external id make an upsert ambiguous`() async throws {
        try await Self.withClient { client, _ in
            for name in ["A", "B"] {
                _ = try await client.create(
                    "Lead", ["LastName": .string(name), "Company": .string(name), "External_Id__c": "same"], Self.call()
                )
            }
            let error = await failure { () async throws(SalesforceError) in
                try await client.upsert("Lead", where: "External_Id__c", is: "same", ["Title": "x"], Self.call())
            }
            #expect(error?.kind == .ambiguous)
            #expect(error?.matches.count == 2)
        }
    }

    @Test func `a collection says what became of each record`() async throws {
        try await Self.withClient { client, _ in
            let records: [[APIName: FieldValue]] = (0..<3).map {
                ["Contact_Id__c": .string("contact-\($0)"), "Name": .string("n\($0)")]
            }
            for isCreated in [true, false] {
                let results = try await client.upsert(
                    "Call_Recording_Info__c", by: "Contact_Id__c", records, Self.call())
                #expect(results.map(\.success) == [true, true, true])
                #expect(results.map(\.created) == [isCreated, isCreated, isCreated])
            }
        }
    }

    @Test func `an expired session, a busy server and a lost connection are got over`() async throws {
        try await Self.withClient { client, double in
            _ = try await client.query("SELECT Id FROM Account", Self.call())
            for fault in [SalesforceFault.expired, .busy, .drop] {
                await double.org.misbehave(fault)
                #expect(try await client.query("SELECT Id FROM Account", Self.call()).totalSize == 10)
            }
        }
    }

    @Test func `a reached limit, a page of HTML and a slow server are errors`() async throws {
        try await Self.withClient { client, double in
            for (fault, kind) in [
                (SalesforceFault.limit, SalesforceError.Kind.limitReached), (.html, .unreadable),
                (.slow(milliseconds: 5000), .timedOut),
            ] {
                await double.org.misbehave(fault)
                let error = await failure { () async throws(SalesforceError) in
                    try await client.query("SELECT Id FROM Account", Self.call(within: .seconds(1)))
                }
                #expect(error?.kind == kind)
            }
        }
    }
}
