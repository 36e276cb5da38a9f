import AWS
import Encoding
import Foundation
import TestSupport
import Testing

@testable import Salesforce

struct QueryTests {
    private typealias Org = ScriptedSalesforce

    @Test func `every page is read and joined as Salesforce wrote it`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(
            .answer(Org.page(0..<2, of: 5, next: "/services/data/v62.0/query/01gX-2")),
            .answer(Org.page(2..<4, of: 5, next: "/services/data/v62.0/query/01gX-4")),
            .answer(Org.page(4..<5, of: 5)))
        let answer = try await fixture.client.query("SELECT Id FROM Lead WHERE Name = \("O'Neill +&")", fixture.call())
        #expect(answer.isComplete)
        #expect(answer.totalSize == 5)
        #expect(
            String(decoding: answer.json, as: UTF8.self) == String(decoding: Org.page(0..<5, of: 5).body, as: UTF8.self)
        )
        #expect(
            fixture.org.calls.map(\.target) == [
                "/services/data/v62.0/query?q=SELECT%20Id%20FROM%20Lead%20WHERE%20Name%20%3D%20%27O%5C%27Neill%20%2B%26%27",
                "/services/data/v62.0/query/01gX-2", "/services/data/v62.0/query/01gX-4",
            ])
        #expect(fixture.org.signIns.count == 1)
    }

    @Test func `at the limit reading stops and the answer says that there is more`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(
            .answer(Org.page(0..<2, of: 9, next: "/services/data/v62.0/query/01gX-2")),
            .answer(Org.page(2..<4, of: 9, next: "/services/data/v62.0/query/01gX-4")))
        let answer = try await fixture.client.query("SELECT Id FROM Lead", limit: 3, fixture.call())
        #expect(answer.records.count == 3)
        let json = String(decoding: answer.json, as: UTF8.self)
        #expect(json.hasPrefix(#"{"totalSize":9,"done":false,"records":["#))
        #expect(!json.contains("nextRecordsUrl"))
        #expect(fixture.org.calls.count == 2)
    }

    @Test func `a limit that is just enough is complete`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.page(0..<3, of: 3)))
        let answer = try await fixture.client.query("SELECT Id FROM Lead", limit: 3, fixture.call())
        #expect(answer.isComplete)
    }

    @Test func `a count has no records and is complete, and a page that is cut is not`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(200, #"{"totalSize":7,"done":true,"records":[]}"#)
        let count = try await fixture.client.query("SELECT COUNT() FROM Lead", fixture.call())
        #expect(count.isComplete)
        #expect(count.totalSize == 7)
        fixture.org.reply(.answer(Org.page(0..<4, of: 4)))
        let cut = try await fixture.client.query("SELECT Id FROM Lead", limit: 3, fixture.call())
        #expect(!cut.isComplete)
        #expect(cut.records.count == 3)
    }

    @Test func `digits and unknown members stay as they came`() async throws {
        let fixture = try SalesforceFixture()
        let body =
            #"{"totalSize":1,"done":true,"extra":[1.10,{"a":"}"}],"records":[{"Amount":1234567890123456789.10,"S":"\u00e9,]"}]}"#
        fixture.org.answer(200, " \(body) ")
        let answer = try await fixture.client.query("SELECT Amount FROM Opportunity", fixture.call())
        #expect(String(decoding: answer.json, as: UTF8.self) == body)
    }

    @Test(arguments: [
        "https://evil.example/services/data/v62.0/query/1", "//evil.example/x", "/services/data/v62.0/sobjects/Lead",
        "/services/data/v62.0/query/../sobjects", "@evil.example/", "/services/data/v62.0/query/a?b",
    ])
    func `a next page outside the query resource is not asked for`(_ next: String) async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 2, next: next)))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.kind == .unreadable)
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `an empty page that promises more ends the query`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.page(0..<0, of: 5, next: "/services/data/v62.0/query/01gX-0")))
        let answer = try await fixture.client.query("SELECT Id FROM Lead", fixture.call())
        #expect(!answer.isComplete)
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `pages that are too large together are an error`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(
            .answer(Org.page(0..<4, of: 8, next: "/services/data/v62.0/query/01gX-4")), .answer(Org.page(4..<8, of: 8)))
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.query("SELECT Id FROM Lead", maximumBytes: 600, fixture.call())
        }
        #expect(error?.kind == .tooLarge)
    }

    @Test func `a query of 15000 bytes is sent and one more is not`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        let start = "SELECT Id FROM Lead WHERE Name = "
        var filler = Org.longestText(behind: start)
        _ = try await fixture.client.query(#require(SOQL(selectedBy: start + filler)), fixture.call())
        // With plus signs for its seven spaces, and its own `=`, it has room for sixteen letters more.
        filler += String(repeating: "a", count: 16)
        _ = try await fixture.client.query(#require(SOQL(selectedBy: start + filler)), fixture.call())
        let queries = fixture.org.calls.compactMap { $0.target.split(separator: "=", maxSplits: 1).last }
        #expect(queries.map(\.utf8.count) == [15_000, 15_000])
        #expect(queries.map { $0.prefix(9) } == ["SELECT%20", "SELECT+Id"])
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.query(SOQL(stringLiteral: start + filler + "a"), fixture.call())
        }
        #expect(error?.status == 414)
        #expect(fixture.org.calls.count == 2)
    }
}

extension ScriptedSalesforce {
    /// Returns a query of letters, percent-encoded, 15,000 bytes long.
    static func longestText(behind start: String) -> String {
        String(repeating: "a", count: 15_000 - PercentEncoding.encode(start).utf8.count)
    }
}
