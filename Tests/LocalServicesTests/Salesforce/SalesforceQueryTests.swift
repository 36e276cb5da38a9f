import Foundation
import JSON
import Testing

@testable import LocalServices

/// SOQL on the local Salesforce: responses and refusals.
struct SalesforceQueryTests {
    private func names(_ soql: String, as user: SalesforceUser = .agent) throws -> [String] {
        let store = SalesforceStore(SalesforceSeeds.records, now: Date(timeIntervalSince1970: 0))
        return try SalesforceQuery(soql).run(on: store, as: user, base: "/services/data/v62.0")
            .map { $0["Name"]?.string ?? "-" }
    }

    @Test func `the skill's query finds the oldest open lead of the user who asks`() throws {
        let soql =
            "SELECT Id, Name, Email FROM Lead USING SCOPE mine WHERE IsConverted = false ORDER BY CreatedDate ASC LIMIT 1"
        #expect(try names(soql) == ["Testing C"])
        #expect(try names(soql, as: .plain) == ["Other Owner"])
        #expect(try names(soql, as: .empty) == [])
    }

    @Test(arguments: [
        ("LastName = 'O\\'Brien'", ["Seán O'Brien"]), ("lastname = 'HOPPER'", ["Grace Hopper"]),
        ("Company LIKE '%inc'", ["Grace Hopper"]), ("Company LIKE '_ld%'", ["Casey Converted"]),
        ("Company LIKE '\\%%'", []), ("Email = null", ["Other Owner"]),
        ("FirstName IN ('Ana', 'Alan')", ["Ana Núñez", "Alan Turing"]),
        ("FirstName = 'Ana' OR FirstName = 'Alan'", ["Ana Núñez", "Alan Turing"]),
        ("IsConverted = false AND (FirstName = 'Ana' OR FirstName = 'Casey')", ["Ana Núñez"]),
        ("CreatedDate > 2024-05-01T00:00:00Z", ["Grace Hopper", "Alan Turing"]),
        ("CreatedDate >= 2024-06-13T13:00:00.000+0000", ["Alan Turing"]),
        ("NOT LastName LIKE '%r%'", ["Testing C", "Ana Núñez"]),
    ])
    func `conditions choose records`(condition: String, expected: [String]) throws {
        #expect(try names("SELECT Name FROM Lead WHERE \(condition)") == expected)
    }

    @Test func `records come in the order asked for, nulls first unless told otherwise`() throws {
        #expect(try names("SELECT Name FROM Lead ORDER BY Email LIMIT 2") == ["Other Owner", "Alan Turing"])
        #expect(try names("SELECT Name FROM Lead ORDER BY Email ASC NULLS LAST LIMIT 1") == ["Alan Turing"])
        #expect(try names("select Name from lead order by CreatedDate desc limit 1") == ["Alan Turing"])
        #expect(
            try names("SELECT Name FROM Lead WHERE IsConverted = false ORDER BY Status DESC, Name DESC LIMIT 2")
                == ["Testing C", "Seán O'Brien"])
    }

    @Test(arguments: [
        ("+919876543210", ["919876543210", "9876543210", "09876543210"], ["Hooli India"]),
        ("+919812345678", ["919812345678", "9812345678", "09812345678"], ["Pied Piper India"]),
        ("+442079460000", ["442079460000", "2079460000", "02079460000"], ["Initech", "Initech UK"]),
        ("+442079460123", ["442079460123", "2079460123", "02079460123"], ["Umbrella UK"]),
        ("+442079460456", ["442079460456", "2079460456", "02079460456"], ["Wonka UK"]),
        ("+14155550100", ["14155550100", "4155550100", "(415) 555-0100"], ["Globex"]),
        ("+13125550188", ["13125550188", "3125550188", "(312) 555-0188"], ["Vandelay"]),
        ("+15005550006", ["15005550006", "5005550006", "(500) 555-0006"], []),
    ])
    func `accounts are found by a number's forms in two fields`(
        number: String, forms: [String], expected: [String]
    ) throws {
        let list = ([number] + forms).map { "'\($0)'" }.joined(separator: ",")
        let soql =
            "SELECT Name FROM Account WHERE Phone IN (\(list)) OR Phone_Number_Without_Format__c IN (\(list)) LIMIT 2"
        #expect(try names(soql) == expected)
    }

    @Test(arguments: [
        "", "SELECT", "SELECT Id", "SELECT Id FROM", "SELECT FROM Lead", "SELECT Id, FROM Lead", "SELECT * FROM Lead",
        "DELETE FROM Lead", "SELECT COUNT() FROM Lead", "SELECT Id FROM Lead; SELECT Id FROM Lead",
        "SELECT Id FROM Lead USING SCOPE team", "SELECT Id FROM Lead WHERE", "SELECT Id FROM Lead WHERE Name",
        "SELECT Id FROM Lead WHERE Name = ", "SELECT Id FROM Lead WHERE Name == 'x'",
        "SELECT Id FROM Lead WHERE Name = 'x' AND Name = 'y' OR Name = 'z'", "SELECT Id FROM Lead WHERE Name = 'x",
        "SELECT Id FROM Lead WHERE Name = 'O'Brien'", "SELECT Id FROM Lead WHERE Name = 'a\\q'",
        "SELECT Id FROM Lead WHERE Name = 'a\nb'", "SELECT Id FROM Lead WHERE (Name = 'x'",
        "SELECT Id FROM Lead WHERE Name = x", "SELECT Id FROM Lead WHERE Name = \"x\"",
        "SELECT Id FROM Lead WHERE Name IN ()", "SELECT Id FROM Lead ORDER Name", "SELECT Id FROM Lead LIMIT -1",
        "SELECT Id FROM Lead LIMIT 1.5", "SELECT Id FROM Lead LIMIT 1 OFFSET 1", "SELECT Id FROM Lead LIMIT 1 --",
        "SELECT Id FROM Lead GROUP BY Name", "SELECT Id FROM Lead FOR UPDATE",
        "SELECT (SELECT Id FROM Contacts FROM Account",
        "SELECT (Id) FROM Lead", "SELECT (SELECT Id FROM Contacts), (SELECT Id FROM Contacts) FROM Account",
        "SELECT (SELECT Id FROM Contacts LIMIT 1 Id) FROM Account",
        "SELECT Id FROM Lead WHERE CreatedDate > 2024-01-01T00:00:00",
    ])
    func `what it does not know is MALFORMED_QUERY`(soql: String) {
        #expect { try SalesforceQuery(soql) } throws: { ($0 as? SalesforceFailure)?.code == "MALFORMED_QUERY" }
    }

    @Test(arguments: [
        ("SELECT Id FROM Nothing", "INVALID_TYPE"), ("SELECT Nope FROM Lead", "INVALID_FIELD"),
        ("SELECT Id, id FROM Lead", "INVALID_FIELD"), ("SELECT Boss.Name FROM Lead", "INVALID_FIELD"),
        ("SELECT (SELECT Id FROM x) FROM Lead", "INVALID_TYPE"),
        ("SELECT Id FROM Lead WHERE IsConverted = 'false'", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE Name = 5", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE CreatedDate > '2024-01-01T00:00:00Z'", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE Name LIKE null", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Lead ORDER BY Nope", "INVALID_FIELD"),
        ("SELECT (SELECT Id FROM Contact) FROM Account", "INVALID_TYPE"),
        ("SELECT (SELECT Nope FROM Contacts) FROM Account", "INVALID_FIELD"),
    ])
    func `wrong names and types have codes of their own`(soql: String, code: String) {
        #expect { try SalesforceQuery(soql) } throws: { ($0 as? SalesforceFailure)?.code == code }
    }

    @Test func `pages are followed to the end, each once, and by their owner alone`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            var answer = try await caller.query("SELECT Name FROM Lead ORDER BY CreatedDate")
            var names = answer.body["records"]?.texts("Name") ?? []
            #expect(names.count == 3)
            #expect(answer.body["totalSize"] == .number(7))
            var pages = 1
            while let next = answer.body["nextRecordsUrl"]?.string {
                #expect(answer.body["done"] == .bool(false))
                var other = caller
                other.token = SalesforceUser.empty.token
                #expect(try await other.call("GET", next).body.code == "INVALID_QUERY_LOCATOR")
                answer = try await caller.call("GET", next)
                names += answer.body["records"]?.texts("Name") ?? []
                pages += 1
            }
            #expect(answer.body["done"] == .bool(true))
            #expect(pages == 3)
            #expect(names.count == 7 && Set(names).count == 7)
            let options = ["Sforce-Query-Options": "batchSize=200"]
            #expect(try await caller.query("SELECT Id FROM Lead", fields: options).body["done"] == .bool(true))
            #expect(
                try await caller.call("GET", "/services/data/v62.0/query/01gnothing-3").body.code
                    == "INVALID_QUERY_LOCATOR")
        }
    }
}
