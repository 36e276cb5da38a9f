import Foundation
import JSON
import Testing

@testable import LocalServices

/// The published Apex endpoint of the local Salesforce, over raw HTTP.
struct SalesforceApexTests {
    private static let path = "/services/apexrest/v1/AWSCallRecordingDetails/"

    private func post(
        _ caller: SalesforceCaller, _ id: String, _ number: String
    ) async throws -> (status: Int, body: JSONValue) {
        try await caller.call(
            "POST", Self.path, .object(["ContactId": .string(id), "ContactNumber": .string(number)]))
    }

    @Test func `a call is registered under the account of its number`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            let answer = try await post(caller, "c-1", "+919876543210")
            #expect(answer.status == 200)
            #expect(answer.body["StatusCode"] == .number(200))
            #expect(answer.body["StatusMessage"] == .string("Created Record Successfully"))
            let record = try #require(await double.org.records(of: "Call_Recording_Info__c").first)
            let account = await double.org.records(of: "Account").first { $0["Id"] == record["Account__c"] }
            #expect(account?["Name"] == .string("Hooli India"))
            #expect(record["Contact_Mobile_Number__c"] == .string("9876543210"))
        }
    }

    @Test func `what fails is 257 with status 200, under the other spelling`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            _ = try await post(caller, "c-1", "+14155550100")
            for (id, number) in [("c-1", "+14155550100"), ("c-2", "+442079460456"), ("c-3", "+15005550006")] {
                let answer = try await post(caller, id, number)
                #expect(answer.status == 200)
                #expect(answer.body["StatusCode"] == .number(257))
                #expect(answer.body["statusMessage"]?.string?.hasPrefix("Exception : ") == true)
            }
            #expect(try await post(caller, "", "+14155550100").body["StatusCode"] == .number(200))
            #expect(await double.org.created.count == 1)
        }
    }

    @Test func `other paths, methods, bodies and users meet errors of status`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            var caller = SalesforceCaller(double: double)
            #expect(try await caller.call("GET", Self.path).status == 405)
            #expect(try await caller.call("POST", "/services/apexrest/v2/x", .object([:])).status == 404)
            #expect(try await caller.call("POST", Self.path, .object([:])).body.code == "APEX_ERROR")
            #expect(try await caller.call("POST", Self.path).status == 500)
            #expect(try await caller.call("POST", Self.path, fields: ["X-Local-Fault": "busy"]).status == 503)
            caller.token = SalesforceUser.limited.token
            #expect(try await post(caller, "c-1", "+14155550100").body.code == "REQUEST_LIMIT_EXCEEDED")
            caller.token = "nobody"
            #expect(try await post(caller, "c-1", "+14155550100").status == 401)
        }
    }
}
