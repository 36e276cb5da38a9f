import JSON
import Testing

@testable import LocalServices

/// Call records and their tasks in the local Salesforce: the rule against stale records, and the ids of tasks.
struct SalesforceCallRecordTests {
    private static let path = "/composite/sobjects/Call_Recording_Info__c/Contact_Id__c"

    private func caller<Result: Sendable>(
        _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        try await SalesforceDouble.withRunning {
            try await body(SalesforceCaller(double: $0, token: SalesforceUser.integration.token))
        }
    }

    private static func row(_ more: String) -> String {
        #"{"records":[{"attributes":{"type":"Call_Recording_Info__c"},"Contact_Id__c":"c-1",\#(more)}]}"#
    }

    @Test(arguments: [
        // Salesforce keeps whole seconds.
        (#""Last_Update__c":"2026-11-22T10:06:59Z""#, false), (#""Last_Update__c":"2026-11-22T10:07:00Z""#, true),
        (#""Last_Update__c":"2026-11-22T10:07:00.900Z""#, true),
        (#""Last_Update__c":"2026-11-22T11:06:59+01:00""#, false),
        (#""Last_Update__c":"2026-11-22T10:07:01Z""#, true), (#""Last_Update__c":null"#, true),
        (#""File_Name__c":"key""#, true),
    ])
    func `a row with an older time than the stored one is refused, and changes nothing`(
        fields: String, isTaken: Bool
    ) async throws {
        try await caller { (caller) async throws in
            let first = Self.row(#""Queue__c":"first","Last_Update__c":"2026-11-22T10:07:00Z""#)
            #expect(try await caller.patch(Self.path, first).body.array?.first?["created"] == .bool(true))
            let second = try await caller.patch(Self.path, Self.row(#""Queue__c":"second",\#(fields)"#))
            #expect(second.status == 200 && second.body.array?.first?["success"] == .bool(isTaken))
            let error = second.body.array?.first?["errors"]?.array?.first
            #expect(error?["statusCode"]?.string == (isTaken ? nil : "FIELD_CUSTOM_VALIDATION_EXCEPTION"))
            #expect(error?["message"]?.string?.hasPrefix("STALE_CONTACT_RECORD") == (isTaken ? nil : true))
            let stored = try await caller.query(
                "SELECT Queue__c FROM Call_Recording_Info__c WHERE Contact_Id__c = 'c-1'")
            #expect(stored.body["records"]?.texts("Queue__c") == [isTaken ? "second" : "first"])
        }
    }

    @Test func `a task is upserted by the id of its contact`() async throws {
        try await caller { (caller) async throws in
            let path = "/composite/sobjects/Task/Contact_Id__c"
            let row = #"{"records":[{"attributes":{"type":"Task"},"Contact_Id__c":"c-1","Subject":"Inbound call"}]}"#
            let first = try await caller.patch(path, row).body.array?.first
            let second = try await caller.patch(path, row).body.array?.first
            #expect(first?["created"] == .bool(true) && second?["created"] == .bool(false))
            #expect(first?["id"] == second?["id"] && first?["id"]?.string?.hasPrefix("00T") == true)
        }
    }

    @Test func `the statuses of tasks are told, and which of them are closed`() async throws {
        try await caller { (caller) async throws in
            let found = try await caller.query("SELECT ApiName, IsClosed, SortOrder FROM TaskStatus ORDER BY SortOrder")
            #expect(found.status == 200)
            let records = found.body["records"]?.array ?? []
            #expect(records.first?["ApiName"] == "Not Started")
            #expect(found.body["totalSize"] == .number(5))
            let closed = records.filter { $0["IsClosed"] == true }
            #expect(closed.compactMap { $0["ApiName"]?.string } == ["Completed"])
        }
    }
}
