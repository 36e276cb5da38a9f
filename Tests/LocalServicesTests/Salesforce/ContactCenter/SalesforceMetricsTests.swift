import JSON
import TestSupport
import Testing

@testable import LocalServices

/// The objects of metrics in the local Salesforce, and the deletion of collections.
struct SalesforceMetricsTests {
    private func caller<Result: Sendable>(
        as user: SalesforceUser = .integration, _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        try await SalesforceDouble.withRunning {
            try await body(SalesforceCaller(double: $0, token: user.token))
        }
    }

    private static func rows(_ count: Int) -> String {
        let rows = (0..<count).map {
            #"{"attributes":{"type":"Contact_Metric__c"},"Key__c":"k-\#($0)","Kind__c":"queue","Name":"n","#
                + #""Interval_Start__c":"2026-11-22T10:\#(10 + $0):00Z","Service_Level__c":87.5}"#
        }
        return #"{"allOrNone":false,"records":[\#(rows.joined(separator: ","))]}"#
    }

    private static func write(_ count: Int, _ caller: SalesforceCaller) async throws -> [String] {
        let answer = try await caller.patch("/composite/sobjects/Contact_Metric__c/Key__c", rows(count))
        #expect(answer.status == 200 && answer.body.array?.allSatisfy { $0["success"] == true } == true)
        return answer.body.texts("id")
    }

    private static func delete(
        _ ids: [String], _ caller: SalesforceCaller, allOrNone: Bool = false
    ) async throws -> (status: Int, body: JSONValue) {
        let list = ids.joined(separator: ",")
        return try await caller.call(
            "DELETE", "\(SalesforceCaller.data)/composite/sobjects?ids=\(list)&allOrNone=\(allOrNone)")
    }

    private static func left(_ caller: SalesforceCaller) async throws -> [String] {
        await caller.double.org.records(of: "Contact_Metric__c").compactMap { $0["Key__c"]?.string }.sorted()
    }

    @Test func `rows are found by their time, and deleted by their ids`() async throws {
        try await caller { (caller) async throws in
            let ids = try await Self.write(5, caller)
            let found = try await caller.query(
                "SELECT Id FROM Contact_Metric__c WHERE Interval_Start__c < 2026-11-22T10:12:00Z AND Id > '000000000000000' "
                    + "ORDER BY Id LIMIT 2000")
            #expect(found.body["records"]?.texts("Id") == Array(ids.prefix(2)))
            let answer = try await Self.delete([ids[1], ids[3]], caller)
            #expect(answer.status == 200 && answer.body.texts("id") == [ids[1], ids[3]])
            #expect(try await Self.left(caller) == ["k-0", "k-2", "k-4"])
            // Those that are left are still found by their external ids, and updated.
            _ = try await Self.write(5, caller)
            let again = try await Self.left(caller)
            #expect(again == ["k-0", "k-1", "k-2", "k-3", "k-4"])
            let all = await caller.double.org.records(of: "Contact_Metric__c").compactMap { $0["Id"]?.string }
            #expect(Set(all).count == 5 && Set(all).isSuperset(of: [ids[0], ids[2], ids[4]]))
        }
    }

    @Test func `each id has its result, and one that fails undoes all where that is asked for`() async throws {
        try await caller { (caller) async throws in
            let ids = try await Self.write(3, caller)
            let odd = [ids[0], ids[0], "nonsense", "a025f0000099999"]
            let mixed = try await Self.delete(odd + [ids[1]], caller)
            #expect(mixed.body.array?.map { $0["success"] } == [true, false, false, false, true])
            let codes = mixed.body.array?.map { $0["errors"]?.array?.first?["statusCode"]?.string }
            #expect(codes == [nil, "ENTITY_IS_DELETED", "MALFORMED_ID", "ENTITY_IS_DELETED", nil])
            let undone = try await Self.delete([ids[2], ids[1]], caller, allOrNone: true)
            #expect(undone.body.array?.allSatisfy { $0["success"] == false } == true)
            #expect(try await Self.left(caller) == ["k-2"])
            #expect(try await Self.delete([], caller).status == 400)
            #expect(try await Self.delete(Array(repeating: ids[2], count: 201), caller).status == 400)
        }
    }

    @Test func `the integration user deletes metrics alone`() async throws {
        try await caller { (caller) async throws in
            let row =
                #"{"records":[{"attributes":{"type":"Queue_Status__c"},"Queue_Id__c":"q-1","Agents_Online__c":3}]}"#
            let made = try await caller.patch("/composite/sobjects/Queue_Status__c/Queue_Id__c", row)
            let id = try #require(made.body.texts("id").first)
            let answer = try await Self.delete([id], caller)
            #expect(
                answer.body.array?.first?["errors"]?.array?.first?["statusCode"] == "INSUFFICIENT_ACCESS_OR_READONLY")
            var agent = caller
            agent.token = SalesforceUser.agent.token
            #expect(try await Self.delete([id], agent).body.array?.first?["success"] == true)
        }
    }
}
