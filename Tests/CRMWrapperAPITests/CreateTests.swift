import Foundation
import HTTPEvents
import TestSupport
import Testing

@testable import CRMWrapperAPI

struct CreateTests {
    @Test(arguments: [
        ("/createRecord", "{}", "Lead"), ("/createrecord/Contact", "{}", "Contact"),
        ("/CREATERECORD/Task", "{}", "Task"),
        ("/createRecord", #"{"urlparams":"services/data/v48.0/sobjects/Account"}"#, "Account"),
        ("/createRecord", #"{"data":{"attributes":{"type":"Case"},"LastName":"S"}}"#, "Case"),
        (
            "/createRecord/Case",
            #"{"data":{"attributes":{"type":"Case"}},"urlparams":"services/data/v48.0/sobjects/Case"}"#, "Case"
        ),
        ("/createRecord/", #"{"urlparams":null,"data":{"attributes":null}}"#, "Lead"),
    ])
    func `the object is the path's, urlparams' or the attributes'`(_ path: String, _ body: String, _ object: String)
        async throws
    {
        let fixture = try WrapperFixture()
        let text =
            body.contains(#""data""#)
            ? body : #"{"data":{"LastName":"S"}"# + (body == "{}" ? "}" : "," + body.dropFirst())
        let came = try await fixture.create(path, text)
        #expect(came.status == 201)
        let version = body.contains("v48.0") ? "v48.0" : "v62.0"
        #expect(fixture.org.calls.map(\.target) == ["/services/data/\(version)/sobjects/\(object)"])
    }

    @Test(arguments: [
        ("/createRecord/Lead", #"{"data":{},"urlparams":"services/data/v48.0/sobjects/Contact"}"#),
        ("/createRecord/Lead", #"{"data":{"attributes":{"type":"Contact"}}}"#),
        (
            "/createRecord",
            #"{"data":{"attributes":{"type":"Contact"}},"urlparams":"services/data/v48.0/sobjects/Lead"}"#
        ),
        ("/createRecord", ""), ("/createRecord", "[]"), ("/createRecord", "{}"), ("/createRecord", "{\"data\":[]}"),
        ("/createRecord", #"{"data":{},}"#), ("/createRecord", #"{"data":{},"data":{}}"#),
        ("/createRecord", #"{"data":{"attributes":3}}"#), ("/createRecord", #"{"data":{"attributes":{"type":3}}}"#),
        ("/createRecord", #"{"data":null}"#), ("/createRecord", #"{"data":{},"urlparams":7}"#),
    ])
    func `a request that contradicts itself or lacks its record is 400`(_ path: String, _ body: String) async throws {
        let fixture = try WrapperFixture()
        #expect(try await fixture.send("POST", path, body: body).status == 400)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test(arguments: [
        "", "/services/data/v48.0/sobjects", "services/data/v48.0/sobjects/", "services/data/v48.0/query",
        "services/apexrest/x", "services/data/v48.0/sobjects/../query", "services/data/v48.0/sobjects/Lead/00Q1",
        "https://evil.example/services/data/v48.0/sobjects", "services/data/v48/sobjects",
        "services/data/../data/sobjects", "services/data/v48.0/sobjects?x=1", "services/data/v48.0/sobjects/Lead?x",
        "services/data/v48.0/sobjects/Lead%2F..", "Services/Data/v48.0/sobjects", "services/data/v48.0/sobjects\\n",
        "services/data/v48.0/sobjects/Lead\\r\\nX: y", "services/data/v48.0/composite",
        "services/data/v480.0/sobjects", "services/data/v4.0/sobjects", "services/data/v48.10/sobjects",
        "services/data/v48.0/sobjects/Lead/", "services//data/v48.0/sobjects", " services/data/v48.0/sobjects",
    ])
    func `urlparams of any other form is 400 and reaches nobody`(_ path: String) async throws {
        let fixture = try WrapperFixture()
        let came = try await fixture.send(
            "POST", "/createRecord", body: #"{"data":{"LastName":"S"},"urlparams":"\#(path)"}"#)
        #expect(came.status == 400)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test(arguments: [
        "lead", "Lead ", "User", "Lead%2F..%2Fquery", "..", "Lead%3Fx", "Lead%00", "%F0%9F%98%80", "Lead__c",
    ])
    func `an object that is not on the list is 403, in any writing`(_ object: String) async throws {
        let fixture = try WrapperFixture()
        #expect(try await fixture.send("POST", "/createRecord/\(object)", body: WrapperFixture.lead).status == 403)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test(arguments: [
        ("/createRecord/Lead", "Contact", "Case"), ("/createRecord/Lead", "Lead", "lead"),
        ("/createRecord/lead", "Lead", "Lead"), ("/createRecord/Lead", "Contact", "Lead"),
        ("/createRecord/User", "Lead", "Lead"),
    ])
    func `three places that name different objects are 400`(_ path: String, _ parameter: String, _ type: String)
        async throws
    {
        let fixture = try WrapperFixture()
        let came = try await fixture.send(
            "POST", path,
            body:
                #"{"data":{"attributes":{"type":"\#(type)"}},"urlparams":"services/data/v48.0/sobjects/\#(parameter)"}"#
        )
        #expect(came.status == 400)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `names written with escapes are the names, and depth is no crash`() async throws {
        let fixture = try WrapperFixture()
        let came = try await fixture.create(
            "/createRecord", #"{"d\u0061ta":{"\u0061ttributes":{"type":"L\u0065ad"},"LastName":"S"}}"#)
        #expect(came.status == 201)
        #expect(fixture.org.calls.map(\.text) == [#"{"LastName":"S"}"#])
        let deep = String(repeating: "[", count: 500_000) + String(repeating: "]", count: 500_000)
        fixture.org.answer(201, WrapperFixture.created)
        #expect(
            [201, 400].contains(
                try await fixture.send("POST", "/createRecord", body: #"{"data":{"a":\#(deep)}}"#).status)
        )
        #expect(try await fixture.send("POST", "/createRecord", body: deep).status == 400)
    }

    @Test func `the list of objects is configuration`() async throws {
        let fixture = try WrapperFixture(["CRM_ALLOWED_OBJECTS": " Invoice__c , Lead"])
        #expect(try await fixture.create("/createRecord/Invoice__c").status == 201)
        #expect(try await fixture.send("POST", "/createRecord/Contact", body: WrapperFixture.lead).status == 403)
    }

    @Test func `the record goes on as it was written, without its attributes`() async throws {
        let fixture = try WrapperFixture()
        _ = try await fixture.create(
            "/createRecord",
            #"{ "data" : {"b": 1.10, "attributes":{"type":"Lead","x":[{}]} , "a":"\u00e9}\"", "n":12345678901234567890} }"#
        )
        #expect(fixture.org.calls.map(\.text) == [#"{"b": 1.10,"a":"\u00e9}\"","n":12345678901234567890}"#])
    }
}
