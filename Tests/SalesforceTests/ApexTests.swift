import Calling
import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

@testable import Salesforce

/// Calls of Apex REST endpoints.
struct ApexTests {
    private static let path = "v1/AWSCallRecordingDetails/"

    @Test func `the endpoint is posted to, and its JSON is the answer`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(200, #"{"StatusCode":257,"statusMessage":"Exception : x"}"#)
        let answer = try await fixture.client.callApex(
            path: Self.path, json: Array(#"{"ContactId":"c"}"#.utf8), fixture.call())
        #expect(answer["StatusCode"]?.int == 257)
        let call = try #require(fixture.org.calls.first)
        #expect(call.method == "POST")
        #expect(call.target == "/services/apexrest/v1/AWSCallRecordingDetails/")
        #expect(call["Content-Type"] == "application/json")
        #expect(call.text == #"{"ContactId":"c"}"#)
    }

    @Test func `any status of success is an answer, one without a body is null`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(201, #""made""#)
        fixture.org.answer(204, "")
        #expect(try await fixture.client.callApex(path: "v1/X", json: [], fixture.call()) == "made")
        #expect(try await fixture.client.callApex(path: "v1/X", json: [], fixture.call()) == .null)
    }

    @Test func `Apex's own error and a text that is no JSON are errors`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(500, #"[{"errorCode":"APEX_ERROR","message":"System.QueryException: no rows"}]"#)
        fixture.org.answer(200, "<html>")
        var errors: [SalesforceError?] = []
        for _ in 0..<2 {
            errors.append(
                await failure { () async throws(SalesforceError) in
                    try await fixture.client.callApex(path: Self.path, json: [0x7B, 0x7D], fixture.call())
                })
        }
        #expect(errors.map { $0?.kind } == [.unavailable, .unreadable])
        #expect(errors[0]?.code == "APEX_ERROR")
        #expect(errors[1]?.outcome == .unknown)
    }

    @Test(arguments: [false, true])
    func `a call whose answer is lost is repeated only when that is safe`(isIdempotent: Bool) async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.reset)
        fixture.org.answer(200, "{}")
        let result: JSONValue?
        do throws(SalesforceError) {
            result = try await fixture.client.callApex(
                path: Self.path, json: [0x7B, 0x7D], isIdempotent: isIdempotent, fixture.call())
        } catch {
            #expect(error.outcome == .unknown)
            result = nil
        }
        #expect(result == (isIdempotent ? [:] : nil))
        #expect(fixture.org.calls.count == (isIdempotent ? 2 : 1))
    }

    @Test func `a session that has ended is renewed once`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(200, "{}")
        fixture.org.answer(200, "{}")
        _ = try await fixture.client.callApex(path: Self.path, json: [], fixture.call())
        fixture.org.expire()
        _ = try await fixture.client.callApex(path: Self.path, json: [], fixture.call())
        #expect(fixture.org.signIns.count == 2)
    }

    @Test(arguments: [
        "", "/", "/v1/x", "v1//x", "../data", "v1/./x", "v1/x?y=z", "v1/x#y", "v1/%2e%2e/x", "v1/ x", "ü",
    ])
    func `a path that would lead elsewhere is not sent`(path: String) async throws {
        let fixture = try SalesforceFixture()
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.callApex(path: path, json: [], fixture.call())
        }
        #expect(error?.kind == .invalid)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `the seed's endpoint registers a call once, and says 257 with status 200`() async throws {
        try await SalesforceDouble.withRunning { double in
            let configuration = try Environment(double.environment).read(SalesforceConfiguration.variable)
            let client = SalesforceClient(configuration: configuration)
            let json = Array(#"{"ContactId":"c-1","ContactNumber":"+919876543210"}"#.utf8)
            var answers: [JSONValue] = []
            for _ in 0..<2 {
                answers.append(
                    try await client.callApex(
                        path: Self.path, json: json, SalesforceCall(deadline: .now + .seconds(20))))
            }
            #expect(answers.map { $0["StatusCode"]?.int } == [200, 257])
            #expect(await double.org.records(of: "Call_Recording_Info__c").count == 1)
        }
    }
}
