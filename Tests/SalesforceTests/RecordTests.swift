import Calling
import Foundation
import TestSupport
import Testing

@testable import Salesforce

struct RecordTests {
    private typealias Org = ScriptedSalesforce

    @Test func `a record is created`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(201, #"{"id":"00Q1","success":true,"errors":[]}"#)
        let id = try await fixture.client.create("Lead", ["LastName": "Silva", "Company": .null], fixture.call())
        #expect(id == "00Q1")
        let call = try #require(fixture.org.calls.first)
        #expect(call.method == "POST")
        #expect(call.target == "/services/data/v62.0/sobjects/Lead")
        #expect(call["Content-Type"] == "application/json")
        #expect(call.text == #"{"Company":null,"LastName":"Silva"}"#)
    }

    @Test func `an upsert leaves its key out of the body and says what it did`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(201, #"{"id":"a01","success":true,"errors":[],"created":true}"#)
        fixture.org.answer(200, #"{"id":"a01","success":true,"errors":[],"created":false}"#)
        fixture.org.answer(204, "")
        var results: [SalesforceClient.Upserted] = []
        for _ in 0..<3 {
            try await results.append(
                fixture.client.upsert(
                    "Call__c", where: "Contact_Id__c", is: "a/b ü?", ["Contact_Id__c": "x", "Name": "n"], fixture.call()
                ))
        }
        #expect(results.map(\.id) == ["a01", "a01", nil])
        #expect(results.map(\.isCreated) == [true, false, false])
        let call = try #require(fixture.org.calls.first)
        #expect(call.method == "PATCH")
        #expect(call.target == "/services/data/v62.0/sobjects/Call__c/Contact_Id__c/a%2Fb%20%C3%BC%3F")
        #expect(call.text == #"{"Name":"n"}"#)
    }

    @Test func `several records of one key are an error that lists them`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(
            300, #"["/services/data/v62.0/sobjects/Call__c/a01","/services/data/v62.0/sobjects/Call__c/a02"]"#)
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.upsert("Call__c", where: "Contact_Id__c", is: "k", ["Name": "n"], fixture.call())
        }
        #expect(error?.kind == .ambiguous)
        #expect(error?.outcome == .refused)
        #expect(
            error?.matches == [
                "/services/data/v62.0/sobjects/Call__c/a01", "/services/data/v62.0/sobjects/Call__c/a02",
            ])
    }

    @Test func `an id is read by external id; none is nil, several are an error`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(200, #"{"attributes":{"type":"Call__c"},"Id":"a01"}"#)
        fixture.org.answer(404, #"[{"errorCode":"NOT_FOUND","message":"m"}]"#)
        fixture.org.answer(300, #"["/services/data/v62.0/sobjects/Call__c/a01"]"#)
        fixture.org.answer(200, "[]")
        #expect(try await fixture.client.id(of: "Call__c", where: "Key__c", is: "a/b", fixture.call()) == "a01")
        #expect(try await fixture.client.id(of: "Call__c", where: "Key__c", is: "a/b", fixture.call()) == nil)
        var errors: [SalesforceError.Kind?] = []
        for _ in 0..<2 {
            let error = await failure { () async throws(SalesforceError) in
                try await fixture.client.id(of: "Call__c", where: "Key__c", is: "a/b", fixture.call())
            }
            errors.append(error?.kind)
        }
        #expect(errors == [.ambiguous, .unreadable])
        let call = try #require(fixture.org.calls.first)
        #expect(call.method == "GET")
        #expect(call.target == "/services/data/v62.0/sobjects/Call__c/Key__c/a%2Fb?fields=Id")
    }

    @Test(arguments: ["", ".", ".."])
    func `a key that would change the path is not sent`(_ key: String) async throws {
        let fixture = try SalesforceFixture()
        let upsert = await failure { () async throws(SalesforceError) in
            try await fixture.client.upsert("Call__c", where: "Key__c", is: key, [:], fixture.call())
        }
        #expect(upsert?.kind == .invalid)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `a collection has a result for each record`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(
            200,
            #"[{"id":"a01","success":true,"created":true,"errors":[]},{"success":false,"errors":[{"statusCode":"DUPLICATE_VALUE","message":"m","fields":["Key__c"]}]}]"#
        )
        let results = try await fixture.client.upsert(
            "Call__c", by: "Key__c", [["Key__c": "1"], ["Key__c": "1"]], fixture.call())
        #expect(results.map(\.success) == [true, false])
        #expect(results[1].errors == [.init(statusCode: "DUPLICATE_VALUE", message: "m", fields: ["Key__c"])])
        let call = try #require(fixture.org.calls.first)
        #expect(call.method == "PATCH")
        #expect(call.target == "/services/data/v62.0/composite/sobjects/Call__c/Key__c")
        #expect(
            call.text
                == #"{"allOrNone":false,"records":[{"Key__c":"1","attributes":{"type":"Call__c"}},{"Key__c":"1","attributes":{"type":"Call__c"}}]}"#
        )
    }

    @Test func `collections of none and of too many are not sent`() async throws {
        let fixture = try SalesforceFixture()
        #expect(try await fixture.client.create("Lead", [[APIName: FieldValue]](), fixture.call()).isEmpty)
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.update("Lead", Array(repeating: ["Id": "1"], count: 201), fixture.call())
        }
        #expect(error?.kind == .invalid)
        #expect(fixture.org.server.requests.isEmpty)
    }
}
