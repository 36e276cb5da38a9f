import TestSupport
import Testing

@testable import CRMWrapperAPI

struct QueryBodyTests {
    private typealias Org = ScriptedSalesforce

    @Test func `a query in the body is the one in the address`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        let inAddress = try await fixture.query()
        let inBody = try await fixture.send("POST", "/getall", body: #" {"q":"SELECT Id \u0046ROM Lead","x":1} "#)
        #expect(inBody.status == 200 && inBody.body == inAddress.body)
        #expect(fixture.org.calls.map(\.method) == ["GET", "GET"])
        #expect(Set(fixture.org.calls.map(\.target)).count == 1)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"q":null}"#, #"{"q":""}"#, #"{"q":3}"#, #"{"q":"DELETE FROM Lead"}"#,
        #"{"q":"SELECT Id FROM Lead","q":"SELECT Id FROM Case"}"#, "SELECT Id FROM Lead", "q=SELECT%20Id",
    ])
    func `anything but one SELECT is 400`(_ body: String) async throws {
        let fixture = try WrapperFixture()
        #expect(try await fixture.send("POST", "/getall", body: body).status == 400)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `a query of more than 15000 bytes is 414 here too, a body of more than a mebibyte 413`() async throws {
        let fixture = try WrapperFixture()
        let start = "SELECT Id FROM Lead WHERE Name = "
        func body(_ length: Int) -> String {
            // Seven blanks and the sign become three bytes each.
            let filler = String(repeating: "a", count: length - start.utf8.count - 2 * 8)
            return #"{"q":"\#(start)\#(filler)"}"#
        }
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await fixture.send("POST", "/getall", body: body(15_000)).status == 200)
        // Written the shortest way, 16 bytes of escapes become 2.
        #expect(try await fixture.send("POST", "/getall", body: body(15_020)).status == 414)
        #expect(try await fixture.send("POST", "/getall", body: body((1 << 20) + 50)).status == 413)
        #expect(try await fixture.send("POST", "/getall", body: body(500_000)).status == 414)
        #expect(fixture.org.calls.count == 1)
    }

    @Test(arguments: [
        ("TRUE", true), ("FALSE", true), ("01Q5f0000004C9v", true), ("01Q5f0000004C9vEAE", true), ("", false),
        ("maybe", false), ("01Q5f0000004C9v\r\nX: y", false), ("TRUE, FALSE", false), ("01Q5f0000004C9", false),
    ])
    func `Sforce-Auto-Assign goes on to a creation when it is one of Salesforce's, and is left out otherwise`(
        _ value: String, _ goesOn: Bool
    ) async throws {
        let fixture = try WrapperFixture()
        fixture.org.answer(201, WrapperFixture.created)
        let came = try await fixture.send(
            "POST", "/createRecord", body: WrapperFixture.lead, headers: [("sforce-auto-assign", value)])
        #expect(came.status == 201)
        #expect(fixture.org.calls.last?["Sforce-Auto-Assign"] == (goesOn ? value : nil))
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.send(
            "GET", "/getall?q=SELECT%20Id%20FROM%20Lead", headers: [("Sforce-Auto-Assign", value)])
        #expect(fixture.org.calls.last?["Sforce-Auto-Assign"] == nil)
    }
}
