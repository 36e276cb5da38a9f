import Foundation
import JSON
import TestSupport
import Testing

@testable import LocalServices

/// Owners that assignment rules choose, and an integration user's rights, in the local Salesforce.
struct SalesforceRightsTests {
    private static let lead: JSONValue = ["LastName": "Lovelace", "Company": "Engines"]
    private static let data = SalesforceCaller.data

    private func caller<Result: Sendable>(
        as user: SalesforceUser = .agent, _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        try await SalesforceDouble.withRunning {
            try await body(SalesforceCaller(double: $0, token: user.token))
        }
    }

    private static func owner(_ answer: JSONValue, of object: String, _ caller: SalesforceCaller) async throws
        -> String?
    {
        let id = try #require(answer["id"]?.string)
        return try await caller.call("GET", "\(data)/sobjects/\(object)/\(id)").body["OwnerId"]?.string
    }

    @Test(arguments: [
        (nil, true), ("TRUE", true), ("01Q5f0000004C9vEAE", true), ("FALSE", false), ("false", false),
    ])
    func `a lead that is made moves to its queue unless assignment rules are kept out`(
        _ header: String?, _ moves: Bool
    ) async throws {
        try await caller { caller in
            let fields = header.map { ["Sforce-Auto-Assign": $0] } ?? [:]
            let made = try await caller.call("POST", "\(Self.data)/sobjects/Lead", Self.lead, fields: fields)
            let owner = try await Self.owner(made.body, of: "Lead", caller)
            #expect(owner?.hasPrefix("00G") == moves)
            if !moves { #expect(owner == SalesforceUser.agent.id) }
        }
    }

    @Test func `a lead or case that is changed moves too, another object never does`() async throws {
        try await caller { caller in
            let keep = ["Sforce-Auto-Assign": "FALSE"]
            for (object, fields) in [("Lead", Self.lead), ("Case", ["Subject": "s"]), ("Account", ["Name": "n"])] {
                let path = "\(Self.data)/sobjects/\(object)"
                let made = try await caller.call("POST", path, fields, fields: keep)
                let id = try #require(made.body["id"]?.string)
                #expect(try await caller.call("PATCH", "\(path)/\(id)", fields, fields: keep).status == 204)
                #expect(try await Self.owner(made.body, of: object, caller) == SalesforceUser.agent.id)
                #expect(try await caller.call("PATCH", "\(path)/\(id)", fields).status == 204)
                let owner = try await Self.owner(made.body, of: object, caller)
                #expect(owner?.hasPrefix("00G") == (object != "Account"))
            }
        }
    }

    @Test func `in a composite the header stands in the sub-request`() async throws {
        try await caller { caller in
            let requests = [JSONValue.object([:]), ["Sforce-Auto-Assign": "FALSE"]].enumerated().map { index, headers in
                JSONValue.object([
                    "method": "POST", "url": .string("\(Self.data)/sobjects/Case"), "httpHeaders": headers,
                    "referenceId": .string("r\(index)"), "body": ["Subject": "s"],
                ])
            }
            let answer = try await caller.call(
                "POST", "\(Self.data)/composite", ["compositeRequest": .array(requests)],
                fields: ["Sforce-Auto-Assign": "FALSE"])
            let bodies = answer.body["compositeResponse"]?.array?.compactMap { $0["body"] } ?? []
            try #require(bodies.count == 2)
            #expect(try await Self.owner(bodies[0], of: "Case", caller)?.hasPrefix("00G") == true)
            #expect(try await Self.owner(bodies[1], of: "Case", caller) == SalesforceUser.agent.id)
        }
    }

    @Test func `the client credentials grant is the integration user's, who owns no lead and sees all`() async throws {
        try await caller { caller in
            var caller = caller
            let reply = try await caller.signIn([
                "grant_type": "client_credentials", "client_id": "local-client", "client_secret": "local-secret",
            ])
            caller.token = reply.body["access_token"]?.string ?? ""
            let mine = try await caller.query("SELECT Id FROM Lead USING SCOPE mine")
            #expect(mine.status == 200 && mine.body["totalSize"]?.int == 0)
            #expect(try await caller.query("SELECT Id, Name, Email FROM Lead").body["totalSize"]?.int == 7)
        }
    }

    @Test(arguments: [
        ("SELECT Id FROM Opportunity", "INVALID_TYPE"), ("SELECT Id, Title FROM Lead", "INVALID_FIELD"),
        ("SELECT Id FROM Lead WHERE LeadSource = '1'", "INVALID_FIELD"),
        ("SELECT Id FROM Account ORDER BY Industry", "INVALID_FIELD"),
        ("SELECT Department FROM Contact", "INVALID_FIELD"),
        ("SELECT Username, FederationIdentifier FROM User", "INVALID_FIELD"),
    ])
    func `what the integration user cannot see is not there in queries`(_ soql: String, _ code: String) async throws {
        try await caller(as: .integration) { caller in
            let answer = try await caller.query(soql)
            #expect(answer.status == 400 && answer.body.code == code)
        }
        #expect(try await caller { try await $0.query(soql).status } == 200)
    }

    @Test func `nor can it write what it does not see, or only reads`() async throws {
        try await caller(as: .integration) { caller in
            let made = try await caller.call("POST", "\(Self.data)/sobjects/Lead", Self.lead)
            #expect(made.status == 201)
            let id = try #require(made.body["id"]?.string)
            let shown = try await caller.call("GET", "\(Self.data)/sobjects/Lead/\(id)").body
            #expect(shown["Title"] == nil && shown["Company"] == "Engines")
            for (path, body, status, code) in [
                ("Lead", ["LastName": "a", "Company": "b", "Title": "c"], 400, "INVALID_FIELD"),
                ("Lead", ["LastName": "a", "Company": "b", "Email": "c@d.e"], 400, "INVALID_FIELD_FOR_INSERT_UPDATE"),
                ("Account", ["Name": "a"], 403, "INSUFFICIENT_ACCESS_OR_READONLY"),
                ("Opportunity", ["Name": "a"], 404, "NOT_FOUND"),
            ] as [(String, JSONValue, Int, String)] {
                let answer = try await caller.call("POST", "\(Self.data)/sobjects/\(path)", body)
                #expect(answer.status == status && answer.body.code == code, "\(path): \(answer)")
            }
            let changed = try await caller.call("PATCH", "\(Self.data)/sobjects/Lead/\(id)", ["Company": "b"])
            #expect(changed.body.code == "INSUFFICIENT_ACCESS_OR_READONLY")
            let call = try await caller.call(
                "PATCH", "\(Self.data)/sobjects/Call_Recording_Info__c/Contact_Id__c/c-1",
                ["Name": "c-1", "Access_URL__c": "https://x"])
            #expect(call.status == 201)
        }
    }
}
