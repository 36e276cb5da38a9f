import Foundation
import JSON
import Testing

@testable import LocalServices

/// Creating, upserting and updating records of the local Salesforce, over raw HTTP.
struct SalesforceRecordTests {
    private func caller<Result: Sendable>(
        _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        try await SalesforceDouble.withRunning { try await body(SalesforceCaller(double: $0)) }
    }

    @Test func `a lead is created, owned by who signed in, and found again`() async throws {
        try await caller { (caller) async throws in
            let keeping = ["Sforce-Auto-Assign": "FALSE"]
            let made = try await caller.call(
                "POST", "\(SalesforceCaller.data)/sobjects/Lead",
                ["FirstName": "Max", "LastName": "Müller", "Company": "Bäcker"], fields: keeping)
            #expect(made.status == 201)
            #expect(made.body["success"] == .bool(true) && made.body["errors"] == .array([]))
            let id = try #require(made.body["id"]?.string)
            #expect(id.hasPrefix("00Q") && id.count == 18)
            let read = try await caller.call("GET", "\(SalesforceCaller.data)/sobjects/Lead/\(id)")
            #expect(read.body["Name"] == .string("Max Müller"))
            #expect(read.body["OwnerId"] == .string(SalesforceUser.agent.id))
            #expect(
                read.body["CreatedDate"]?.string?
                    .wholeMatch(of: #/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\d\+0000/#) != nil)
            let newest = try await caller.query("SELECT Name FROM Lead ORDER BY CreatedDate DESC LIMIT 1")
            #expect(newest.body["records"]?.texts("Name") == ["Max Müller"])
            #expect(try await caller.patch("/sobjects/Lead/\(id)", #"{"LastName":"Meier"}"#).status == 204)
            let renamed = try await caller.query("SELECT Name FROM Lead WHERE Id = '\(id)'")
            #expect(renamed.body["records"]?.texts("Name") == ["Max Meier"])
            #expect(await caller.double.org.created.map(\.object) == ["Lead"])
        }
    }

    @Test(arguments: [
        (#"{"FirstName":"A"}"#, 400, "REQUIRED_FIELD_MISSING"),
        (#"{"LastName":"  ","Company":"B"}"#, 400, "REQUIRED_FIELD_MISSING"),
        (#"{"LastName":"A","Company":"B","Nope":1}"#, 400, "INVALID_FIELD"),
        (#"{"LastName":"A","Company":"B","Id":"00Q"}"#, 400, "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (#"{"LastName":"A","Company":"B","Email":"x"}"#, 400, "INVALID_EMAIL_ADDRESS"),
        (#"{"LastName":"A","Company":{"a":1}}"#, 400, "JSON_PARSER_ERROR"),
        (#"{"LastName":"A","Company":"B","Email":"MYTEST@email.com"}"#, 400, "DUPLICATES_DETECTED"),
        (#"{"FirstName":"testing","LastName":"c","Company":"TEST"}"#, 400, "DUPLICATES_DETECTED"),
        (#"[]"#, 400, "JSON_PARSER_ERROR"),
    ])
    func `a lead that is not right is refused and nothing written`(
        json: String, status: Int, code: String
    ) async throws {
        try await caller { (caller) async throws in
            let answer = try await caller.post("/sobjects/Lead", json)
            #expect(answer.status == status)
            #expect(answer.body.code == code)
            #expect(await caller.double.org.created.isEmpty)
        }
    }

    @Test func `the missing fields are named, texts too long refused, duplicates saved when allowed`() async throws {
        try await caller { (caller) async throws in
            let missing = try await caller.post("/sobjects/Lead", "{}")
            #expect(missing.body.array?.first?["fields"] == .array([.string("LastName"), .string("Company")]))
            let name = String(repeating: "x", count: 81)
            let long = try await caller.post("/sobjects/Lead", #"{"LastName":"\#(name)","Company":"B"}"#)
            #expect(long.body.code == "STRING_TOO_LONG")
            let twin = try JSONValue(parsing: Array(#"{"FirstName":"Testing","LastName":"C","Company":"Test"}"#.utf8))
            let path = "\(SalesforceCaller.data)/sobjects/Lead"
            let fields = ["Sforce-Duplicate-Rule-Header": "allowSave=true"]
            #expect(try await caller.call("POST", path, twin, fields: fields).status == 201)
            #expect(try await caller.call("POST", path, twin, fields: ["Content-Type": "text/plain"]).status == 415)
        }
    }

    @Test func `an upsert creates once, then updates, and 300 lists several matches`() async throws {
        try await caller { (caller) async throws in
            let path = "/sobjects/Call_Recording_Info__c/Contact_Id__c/c-1"
            let first = try await caller.patch(path, #"{"File_Name__c":"a.wav"}"#)
            #expect(first.status == 201 && first.body["created"] == .bool(true))
            let second = try await caller.patch(path, #"{"File_Name__c":"b.wav"}"#)
            #expect(second.status == 200 && second.body["id"] == first.body["id"])
            #expect(try await caller.patch(path, #"{"Contact_Id__c":"c-1"}"#).body.code == "INVALID_FIELD")
            let read = try await caller.call("GET", SalesforceCaller.data + path)
            #expect(read.body["File_Name__c"] == .string("b.wav"))
            #expect(try await caller.patch("/sobjects/Lead/Email/x", "{}").status == 404)

            for name in ["One", "Two"] {
                let json = #"{"LastName":"\#(name)","Company":"C","External_Id__c":"same"}"#
                #expect(try await caller.post("/sobjects/Lead", json).status == 201)
            }
            let several = try await caller.patch("/sobjects/Lead/External_Id__c/same", #"{"Title":"x"}"#)
            #expect(several.status == 300)
            #expect(several.body.array?.count == 2)
        }
    }

    @Test func `an upsert that updates has no body before v46`() async throws {
        try await caller { (caller) async throws in
            let path = "/services/data/v45.0/sobjects/Call_Recording_Info__c/Contact_Id__c/c-1"
            let body: JSONValue = .object(["File_Name__c": .string("a.wav")])
            #expect(try await caller.call("PATCH", path, body).status == 201)
            let second = try await caller.call("PATCH", path, body)
            #expect(second.status == 204 && second.body == .string(""))
        }
    }

    @Test func `a recording's account must be one that is there, and a contact has one record`() async throws {
        try await caller { (caller) async throws in
            let path = "/sobjects/Call_Recording_Info__c"
            let account = await caller.double.org.records(of: "Account").first?["Id"]?.string ?? ""
            let key = "\(path)/Contact_Id__c/c-1"
            #expect(
                try await caller.patch(key, #"{"Account__c":"001000000000000AAA"}"#).body.code
                    == "INVALID_CROSS_REFERENCE_KEY")
            #expect(try await caller.patch(key, #"{"Account__c":"\#(account.prefix(15))"}"#).status == 201)
            #expect(try await caller.post(path, #"{"Contact_Id__c":"C-1"}"#).body.code == "DUPLICATE_VALUE")
            let found = try await caller.query(
                "SELECT Id, File_Name__c, CreatedDate FROM Call_Recording_Info__c WHERE Account__c = '\(account)'")
            #expect(found.body["totalSize"] == .number(1))
            #expect(found.body["records"]?.texts("CreatedDate").count == 1)
        }
    }

    @Test func `two rows of one external id in any case are refused together`() async throws {
        try await caller { (caller) async throws in
            let rows = ["c-1", "C-1", "c-2"].map {
                #"{"attributes":{"type":"Call_Recording_Info__c"},"Contact_Id__c":"\#($0)"}"#
            }.joined(separator: ",")
            let results = try await caller.patch(
                "/composite/sobjects/Call_Recording_Info__c/Contact_Id__c", #"{"records":[\#(rows)]}"#)
            #expect(results.body.array?.map { $0["success"] } == [.bool(false), .bool(false), .bool(true)])
        }
    }

    @Test func `a collection answers each record, and all or none undoes`() async throws {
        try await caller { (caller) async throws in
            func record(_ id: String, _ more: String = "") -> String {
                #"{"attributes":{"type":"Call_Recording_Info__c"},"Contact_Id__c":"\#(id)"\#(more)}"#
            }
            let path = "/composite/sobjects/Call_Recording_Info__c/Contact_Id__c"
            let mixed = "[\(record("a")),\(record("b")),\(record("b")),\(record("c", #","Nope":1"#))]"
            let some = try await caller.patch(path, #"{"allOrNone":false,"records":\#(mixed)}"#)
            #expect(some.status == 200)
            #expect(some.body.array?.map { $0["success"] } == [.bool(true), .bool(false), .bool(false), .bool(false)])
            #expect(some.body.array?[1]["errors"]?.array?.first?["statusCode"] == .string("DUPLICATE_VALUE"))
            #expect(await caller.double.org.created.count == 1)
            let none = try await caller.patch(
                path, #"{"allOrNone":true,"records":[\#(record("d")),\#(record("e", #","Nope":1"#))]}"#)
            #expect(none.body.array?.map { $0["success"] } == [.bool(false), .bool(false)])
            #expect(await caller.double.org.created.count == 1)
            let many = Array(repeating: record("x"), count: 201).joined(separator: ",")
            #expect(try await caller.patch(path, #"{"records":[\#(many)]}"#).status == 400)
        }
    }

    @Test func `a composite carries out its calls in order, and all or none undoes`() async throws {
        try await caller { (caller) async throws in
            func sub(_ name: String, _ body: String) -> String {
                #"{"method":"POST","url":"/services/data/v62.0/sobjects/Lead","referenceId":"\#(name)","body":\#(body)}"#
            }
            let calls = "[\(sub("good", #"{"LastName":"A","Company":"B"}"#)),\(sub("bad", "{}"))]"
            let kept = try await caller.post("/composite", #"{"allOrNone":false,"compositeRequest":\#(calls)}"#)
            let answers = kept.body["compositeResponse"]?.array
            #expect(answers?.map { $0["httpStatusCode"] } == [.number(201), .number(400)])
            #expect(await caller.double.org.created.count == 1)
            let undone = try await caller.post(
                "/composite",
                #"{"allOrNone":true,"compositeRequest":[\#(sub("good", #"{"LastName":"B","Company":"C"}"#)),\#(sub("bad", "{}"))]}"#
            )
            #expect(
                undone.body["compositeResponse"]?.array?.first?["body"]?.code == "PROCESSING_HALTED")
            #expect(await caller.double.org.created.count == 1)
            let many = Array(repeating: sub("x", "{}"), count: 26).joined(separator: ",")
            #expect(try await caller.post("/composite", #"{"compositeRequest":[\#(many)]}"#).status == 400)
        }
    }
}
