import JSON
import Testing

@testable import LocalServices

/// The results of subqueries on the local Salesforce, and their pages.
struct SalesforceChildrenTests {
    private static let account = "0010000000CONTOSOA"

    /// Runs `body` with an account of seven contacts, the first of which has four cases, and one of none.
    private static func withRunning(_ body: (SalesforceCaller) async throws -> Void) async throws {
        var configuration = SalesforceDouble.Configuration()
        configuration.records = [
            "Account": [["Id": .string(account), "Name": "Contoso"], ["Id": "0010000000000EMPTY", "Name": "Empty"]],
            "Contact": (1...7).map { number in
                [
                    "Id": .string("00300000000000000\(number)"), "LastName": .string("C\(number)"),
                    "AccountId": .string(account),
                ]
            },
            "Case": (1...4).map { ["Subject": .string("S\($0)"), "ContactId": "003000000000000001"] },
        ]
        try await SalesforceDouble.withRunning(configuration) { double in
            try await body(SalesforceCaller(double: double))
        }
    }

    @Test func `a long result is not done, and its pages are followed like a query's`() async throws {
        try await Self.withRunning { caller in
            let answer = try await caller.query(
                "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name")
            #expect(answer.status == 200 && answer.body["done"] == true)
            // Without records there is no result.
            #expect(answer.body["records"]?.array?.last?.object?["Contacts"] == .some(.null))
            var result = try #require(answer.body["records"]?.array?.first?["Contacts"])
            var names = result["records"]?.texts("LastName") ?? []
            var pages = 1
            while let next = result["nextRecordsUrl"]?.string {
                #expect(result["done"] == false && result["totalSize"] == .number(7))
                #expect(next.wholeMatch(of: #/\/services\/data\/v62\.0\/query\/01g\w+-\d+/#) != nil)
                var other = caller
                other.token = SalesforceUser.empty.token
                #expect(try await other.call("GET", next).body.code == "INVALID_QUERY_LOCATOR")
                result = try await caller.call("GET", next).body
                names += result["records"]?.texts("LastName") ?? []
                pages += 1
            }
            #expect(result["done"] == true && pages == 3 && names == (1...7).map { "C\($0)" })
        }
    }

    @Test func `results within results are paged too, on the first page and later ones`() async throws {
        try await Self.withRunning { caller in
            let answer = try await caller.query(
                """
                SELECT Name, (SELECT LastName, (SELECT Subject FROM Cases WHERE Subject != 'S4') FROM Contacts \
                ORDER BY LastName DESC) FROM Account WHERE Name = 'Contoso'
                """)
            var result = try #require(answer.body["records"]?.array?.first?["Contacts"])
            while let next = result["nextRecordsUrl"]?.string { result = try await caller.call("GET", next).body }
            let cases = try #require(result["records"]?.array?.last?["Cases"])
            #expect(cases["totalSize"] == .number(3) && cases["done"] == true)
            let whole = try await caller.query("SELECT (SELECT Subject FROM Cases) FROM Contact WHERE LastName = 'C1'")
            #expect(whole.body["records"]?.array?.first?["Cases"]?["done"] == false)
        }
    }

    @Test func `a subquery has its own conditions, order and limit`() async throws {
        try await Self.withRunning { caller in
            let answer = try await caller.query(
                "SELECT (SELECT LastName FROM contacts WHERE LastName != 'C7' ORDER BY LastName DESC LIMIT 2) FROM Account "
                    + "WHERE Name = 'Contoso'")
            let result = answer.body["records"]?.array?.first?["Contacts"]
            #expect(result?["records"]?.texts("LastName") == ["C6", "C5"] && result?["totalSize"] == .number(2))
        }
    }
}
