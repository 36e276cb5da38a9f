import Foundation
import JSON
import TestSupport
import Testing

@testable import Salesforce

/// The results of subqueries, whose pages are joined where they stand.
struct ChildPagesTests {
    private typealias Org = ScriptedSalesforce

    private static let soql: SOQL = "SELECT Name, (SELECT Id FROM Contacts) FROM Account"
    private static let path = "/services/data/v62.0/query/"

    private static func result(_ records: [String], of total: Int, next: String? = nil) -> String {
        let more = next.map { #","nextRecordsUrl":"\#($0)""# } ?? ""
        return #"{"totalSize":\#(total),"done":\#(next == nil)\#(more),"records":[\#(records.joined(separator: ","))]}"#
    }

    private static func ids(_ numbers: Range<Int>) -> [String] { numbers.map { #"{"Id":"\#($0)"}"# } }

    private static func account(_ name: String, _ contacts: String) -> String {
        #"{"attributes":{"type":"Account"},"Name":"\#(name)","Contacts":\#(contacts),"N":1.10}"#
    }

    private static func query(
        _ fixture: SalesforceFixture, limit: Int = 2000, maximumBytes: Int = 6_291_556, _ pages: [String]
    ) async throws(SalesforceError) -> String {
        for page in pages { fixture.org.answer(200, page) }
        let answer = try await fixture.client.query(
            soql, limit: limit, maximumBytes: maximumBytes, fixture.call())
        return String(decoding: answer.json, as: UTF8.self)
    }

    @Test func `a child's pages are joined into its own result, and nothing else changes`() async throws {
        let fixture = try SalesforceFixture()
        let json = try await Self.query(
            fixture,
            [
                Self.result(
                    [
                        Self.account("A", Self.result(Self.ids(0..<2), of: 5, next: Self.path + "01gA-2")),
                        Self.account("B", "null"), Self.account("C", Self.result(Self.ids(7..<8), of: 1)),
                    ], of: 4, next: Self.path + "01gX-3"),
                Self.result(Self.ids(2..<4), of: 5, next: Self.path + "01gA-4"), Self.result(Self.ids(4..<5), of: 5),
                Self.result(
                    [Self.account("D", Self.result(Self.ids(0..<1), of: 2, next: Self.path + "01gD-1"))], of: 4),
                Self.result(Self.ids(1..<2), of: 2),
            ])
        #expect(
            json
                == Self.result(
                    [
                        Self.account("A", Self.result(Self.ids(0..<5), of: 5)), Self.account("B", "null"),
                        Self.account("C", Self.result(Self.ids(7..<8), of: 1)),
                        Self.account("D", Self.result(Self.ids(0..<2), of: 2)),
                    ], of: 4))
        #expect(
            fixture.org.calls.dropFirst().map(\.target)
                == ["01gA-2", "01gA-4", "01gX-3", "01gD-1"].map { Self.path + $0 })
        #expect(fixture.org.signIns.count == 1)
    }

    @Test func `a child's child is followed, too`() async throws {
        let fixture = try SalesforceFixture()
        func contact(_ cases: String) -> String { #"{"Id":"c","Cases":\#(cases)}"# }
        let inner = Self.result(Self.ids(0..<1), of: 2, next: Self.path + "01gI-1")
        let json = try await Self.query(
            fixture,
            [
                Self.result(
                    [Self.account("A", Self.result([contact(inner)], of: 2, next: Self.path + "01gC-1"))], of: 1),
                Self.result(Self.ids(1..<2), of: 2), Self.result([contact(Self.result(Self.ids(5..<6), of: 1))], of: 2),
            ])
        #expect(
            json
                == Self.result(
                    [
                        Self.account(
                            "A",
                            Self.result(
                                [
                                    contact(Self.result(Self.ids(0..<2), of: 2)),
                                    contact(Self.result(Self.ids(5..<6), of: 1)),
                                ], of: 2))
                    ], of: 1))
    }

    @Test func `the limit is each result's own, and what it cuts is not done, nor is what it stands in`() async throws {
        let cut = #"{"totalSize":9,"done":false,"records":[{"Id":"0"},{"Id":"1"},{"Id":"2"}]}"#
        // Cut within a page, before a page, and in a result that came whole.
        for (first, pages) in [
            (Self.result(Self.ids(0..<2), of: 9, next: Self.path + "01gA-2"), [Self.result(Self.ids(2..<9), of: 9)]),
            (Self.result(Self.ids(0..<3), of: 9, next: Self.path + "01gA-3"), []),
            (Self.result(Self.ids(0..<9), of: 9), []),
        ] {
            let fixture = try SalesforceFixture()
            let json = try await Self.query(
                fixture, limit: 3,
                [
                    Self.result(
                        [Self.account("A", first), Self.account("B", Self.result(Self.ids(0..<3), of: 3))], of: 2)
                ] + pages)
            #expect(
                json == #"{"totalSize":2,"done":false,"records":["# + Self.account("A", cut) + ","
                    + Self.account("B", Self.result(Self.ids(0..<3), of: 3)) + "]}")
            #expect(fixture.org.calls.count == 1 + pages.count)
        }
    }

    @Test func `a cut grandchild shows in every result around it`() async throws {
        let fixture = try SalesforceFixture()
        let contact = #"{"Cases":\#(Self.result(Self.ids(0..<2), of: 2))}"#
        let json = try await Self.query(
            fixture, limit: 1, [Self.result([Self.account("A", Self.result([contact], of: 1))], of: 1)])
        #expect(json.components(separatedBy: #""done":false"#).count == 4 && !json.contains(#""done":true"#))
    }

    @Test func `records beyond the limit have no pages of theirs read`() async throws {
        let fixture = try SalesforceFixture()
        let child = Self.result(Self.ids(0..<1), of: 2, next: Self.path + "01gA-1")
        let json = try await Self.query(
            fixture, limit: 1,
            [Self.result([Self.account("A", "null"), Self.account("B", child)], of: 2)])
        #expect(json.hasPrefix(#"{"totalSize":2,"done":false,"#) && !json.contains("nextRecordsUrl"))
        #expect(fixture.org.calls.count == 1)
    }

    @Test(arguments: [
        "https://evil.example/services/data/v62.0/query/1", "//evil.example/x", "/services/data/v62.0/sobjects/Lead",
        "/services/data/v62.0/query/../sobjects", "@evil.example/", "/services/data/v62.0/query/a?b", "", "01gA-2",
        "/services/data/v62.0/queryAll/01gA-2", "/services/data/v62.0/query/01gA%2F..", "/services/data/x/query/01gA",
    ])
    func `a child's next page outside the query resource is asked of nobody`(_ next: String) async throws {
        let fixture = try SalesforceFixture()
        let page = Self.result([Self.account("A", Self.result(Self.ids(0..<1), of: 2, next: next))], of: 1)
        let error = await failure { () async throws(SalesforceError) in try await Self.query(fixture, [page]) }
        #expect(error?.kind == .unreadable && fixture.org.calls.count == 1)
    }

    @Test(arguments: [
        #"{"totalSize":"2","done":true,"records":[]}"#, #"{"totalSize":2,"done":1,"records":[]}"#,
        #"{"totalSize":2,"done":true,"records":{}}"#, #"{"totalSize":2,"done":false,"nextRecordsUrl":7,"records":[]}"#,
    ])
    func `a child's result that is none is unreadable`(_ child: String) async throws {
        let fixture = try SalesforceFixture()
        let error = await failure { () async throws(SalesforceError) in
            try await Self.query(fixture, [Self.result([Self.account("A", child)], of: 1)])
        }
        #expect(error?.kind == .unreadable)
    }

    @Test func `pages that announce earlier ones end as unreadable`() async throws {
        let fixture = try SalesforceFixture()
        let again = Self.result(Self.ids(0..<1), of: 9, next: Self.path + "01gX-1")
        let outer = await failure { () async throws(SalesforceError) in
            try await Self.query(fixture, [again, again, again])
        }
        #expect(outer?.kind == .unreadable && fixture.org.calls.count == 2)
        let other = try SalesforceFixture()
        let inner = await failure { () async throws(SalesforceError) in
            try await Self.query(other, [Self.result([Self.account("A", again)], of: 1), again])
        }
        #expect(inner?.kind == .unreadable && other.org.calls.count == 2)
        #expect(inner?.description.contains("01gX") == false)
    }

    @Test func `joined records over the limit of bytes stop the reading`() async throws {
        let fixture = try SalesforceFixture()
        let large = #"{"Id":"\#(String(repeating: "a", count: 400))"}"#
        let page = { (next: String) in Self.result([large], of: 9, next: Self.path + next) }
        let error = await failure { () async throws(SalesforceError) in
            try await Self.query(
                fixture, maximumBytes: 1000,
                [
                    Self.result([Self.account("A", page("01gA-1"))], of: 1), page("01gA-2"), page("01gA-3"),
                    page("01gA-4"),
                ])
        }
        #expect(error?.kind == .tooLarge && fixture.org.calls.count == 3)
        // What the limit of records leaves out does not count.
        let cut = try SalesforceFixture()
        let many = Array(repeating: large, count: 2)
        let json = try await Self.query(
            cut, limit: 1, maximumBytes: 1200, [Self.result([Self.account("A", Self.result(many, of: 2))], of: 1)])
        #expect(json.contains(large))
    }

    @Test func `a failure on a child's page is the query's`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(
            200,
            Self.result([Self.account("A", Self.result(Self.ids(0..<1), of: 2, next: Self.path + "01gA-1"))], of: 1))
        fixture.org.reply(.answer(Org.fault(400, "INVALID_QUERY_LOCATOR", "invalid query locator")))
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.query(Self.soql, fixture.call())
        }
        #expect(error?.code == "INVALID_QUERY_LOCATOR" && error?.status == 400)
    }
}
