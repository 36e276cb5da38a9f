import Calling
import Encoding
import JSON
import Settings
import TestSupport
import Testing

@testable import Salesforce

@Suite struct CompositeTests {
    private static func reply(_ parts: [(name: String, status: Int, body: JSONValue)]) -> String {
        let responses = parts.map { part -> JSONValue in
            ["referenceId": .string(part.name), "httpStatusCode": .number(part.status), "body": part.body]
        }
        return JSONValue.object(["compositeResponse": .array(responses)]).text
    }

    @Test func `what could be read as a reference is written with a space, in queries and in values`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(200, Self.reply([("a", 200, [:]), ("b", 201, ["id": "1"]), ("c", 200, ["Name": "n"])]))
        let answers = try await fixture.client.composite(
            [
                .query("SELECT Id FROM Lead WHERE Email = \("@{b.id}'@@{{x}}")", as: "a"),
                .create(
                    "Lead",
                    ["Name": "@{b.id}", "Number__c": 5, "Is__c": true, "Ratio__c": .number(0.5), "No__c": .null],
                    assignment: RecordAssignment.none, as: "b"),
                .read("Name", of: "Lead", createdBy: "b", as: "c"),
            ], fixture.call())
        #expect(try answers[1].createdID() == "1" && answers[2].text(of: "Name") == "n")
        let body = try JSONValue(parsing: fixture.org.calls[0].body)
        let query = PercentEncoding.encode(#"SELECT Id FROM Lead WHERE Email = '@ {b.id}\'@@ {{x}}'"#)
        #expect(
            body == [
                "allOrNone": false,
                "compositeRequest": [
                    ["method": "GET", "referenceId": "a", "url": .string("/services/data/v62.0/query?q=\(query)")],
                    [
                        "method": "POST", "referenceId": "b", "url": "/services/data/v62.0/sobjects/Lead",
                        "httpHeaders": ["Sforce-Auto-Assign": "FALSE"],
                        "body": [
                            "Name": "@ {b.id}", "Number__c": 5, "Is__c": true, "Ratio__c": .number("0.5"),
                            "No__c": .null,
                        ],
                    ],
                    [
                        "method": "GET", "referenceId": "c",
                        "url": "/services/data/v62.0/sobjects/Lead/@{b.id}?fields=Name",
                    ],
                ],
            ])
    }

    @Test func `a part's refusal is its own, with its code`() async throws {
        let fixture = try SalesforceFixture()
        let fault: JSONValue = [["errorCode": "INVALID_FIELD", "message": "No such column 'X__c' on entity 'Lead'."]]
        fixture.org.answer(
            200, Self.reply([("a", 400, fault), ("b", 200, ["totalSize": 0, "done": true, "records": []])]))
        let answers = try await fixture.client.composite(
            [.query("SELECT X__c FROM Lead", as: "a"), .query("SELECT Id FROM Lead", as: "b")], fixture.call())
        #expect(try answers[1].records().totalSize == 0)
        let error = #expect(throws: SalesforceError.self) { try answers[0].records() }
        #expect(
            error.map { "\($0)" }
                == "Salesforce refused the query: status 400, INVALID_FIELD, no such column: X__c.")
    }

    @Test func `more than five queries, and one that is too long, are refused before they are sent`() async throws {
        let fixture = try SalesforceFixture()
        let names: [APIName] = ["a", "b", "c", "d", "e", "f"]
        let many = await failure { () async throws(SalesforceError) in
            try await fixture.client.composite(names.map { .query("SELECT Id FROM Lead", as: $0) }, fixture.call())
        }
        #expect(many?.kind == .invalid)
        let long = String(repeating: "'", count: 8_000)
        let one = await failure { () async throws(SalesforceError) in
            try await fixture.client.composite(
                [.query("SELECT Id FROM Lead WHERE Email = \(long)", as: "a")], fixture.call())
        }
        #expect(one?.status == 414 && fixture.org.calls.isEmpty)
        #expect(try await fixture.client.composite([], fixture.call()).isEmpty)
    }

    @Test func `an answer whose parts are others cannot be read, and a creation may have happened`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(200, Self.reply([("b", 200, [:])]))
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.composite([.create("Lead", [:], as: "a")], fixture.call())
        }
        #expect(error?.kind == .unreadable && error?.outcome == .unknown)
    }

    @Test func `under a budget nothing is retried but a session that has ended, which counts`() async throws {
        let fixture = try SalesforceFixture()
        let busy = ScriptedSalesforce.fault(503, "SERVER_UNAVAILABLE", "busy")
        fixture.org.reply(.answer(busy), .answer(ScriptedSalesforce.page(0..<1, of: 1)))
        var call = fixture.call()
        call.budget = RequestBudget(4)
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids(call) }
        #expect(error?.status == 503 && fixture.org.calls.count == 1)
        #expect(try await fixture.ids(call) == ["0"])
        fixture.org.expire()
        fixture.org.answer(200, #"{"totalSize":0,"done":true,"records":[]}"#)
        #expect(try await fixture.ids(call).isEmpty && call.budget?.isUsedUp == true)
        let last = await failure { () async throws(SalesforceError) in try await fixture.ids(call) }
        #expect(last?.outcome == .notSent && fixture.org.calls.count == 4)
    }

    @Test func `a search takes digits alone`() async throws {
        let fixture = try SalesforceFixture()
        for text in ["", "1", "12*", "1 OR 2", "{12}", "١٢"] {
            let error = await failure { () async throws(SalesforceError) in
                try await fixture.client.searchPhones(for: text, in: ["Contact"], limit: 20, fixture.call())
            }
            #expect(error?.kind == .invalid)
        }
        #expect(fixture.org.calls.isEmpty)
    }
}
