import JSON
import Testing

@testable import LocalServices

/// Contacts, cases and tasks of the local Salesforce: what is derived, what references allow, what is refused.
struct SalesforcePeopleTests {
    private static let data = SalesforceCaller.data
    private static let account = "001000000000ACC"
    private static let contact = "003000000000CON"
    private static let lead = "00Q000000000LEA"
    private static let converted = "00Q000000000OLD"
    private static let gone = "005000000000OFF"

    private static func caller<Result: Sendable>(
        _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        var configuration = SalesforceDouble.Configuration()
        configuration.records = [
            "Account": [["Id": .string(account), "Name": "Contoso"]],
            "Contact": [["Id": .string(contact), "LastName": "Adams", "AccountId": .string(account)]],
            "Lead": [
                ["Id": .string(lead), "LastName": "New", "Company": "C"],
                ["Id": .string(converted), "LastName": "Old", "Company": "C", "IsConverted": true],
            ],
            "User": [["Id": .string(gone), "LastName": "Gone", "Username": "gone@example.com", "IsActive": false]],
        ]
        return try await SalesforceDouble.withRunning(configuration) { try await body(SalesforceCaller(double: $0)) }
    }

    private static func make(_ caller: SalesforceCaller, _ object: String, _ fields: JSONValue) async throws
        -> JSONValue
    {
        let made = try await caller.call(
            "POST", "\(data)/sobjects/\(object)", fields, fields: ["Sforce-Auto-Assign": "FALSE"])
        let id = try #require(made.body["id"]?.string, "\(made.body)")
        return try await caller.call("GET", "\(data)/sobjects/\(object)/\(id)").body
    }

    @Test func `a case is numbered, takes its contact's account, and is closed by its status`() async throws {
        try await Self.caller { caller in
            let first = try await Self.make(caller, "Case", ["Subject": "a", "ContactId": .string(Self.contact)])
            #expect(first["CaseNumber"] == "00001001" && first["Status"] == "New" && first["Priority"] == "Medium")
            #expect(first["IsClosed"] == false && first.object?["ClosedDate"] == .some(.null))
            #expect(first["AccountId"]?.string == SalesforceID.long(Self.account))
            #expect(first["ContactId"]?.string == SalesforceID.long(Self.contact))
            let second = try await Self.make(caller, "Case", ["Status": "Closed"])
            #expect(second["CaseNumber"] == "00001002" && second["IsClosed"] == true)
            let id = try #require(second["Id"]?.string)
            #expect(try await caller.patch("/sobjects/Case/\(id)", #"{"Status":"Working"}"#).status == 204)
            let open = try await caller.query("SELECT CaseNumber FROM Case WHERE IsClosed = false ORDER BY CaseNumber")
            #expect(open.body["records"]?.texts("CaseNumber") == ["00001001", "00001002"])
        }
    }

    @Test func `a task has its defaults, and the account of whom it is about`() async throws {
        try await Self.caller { caller in
            let task = try await Self.make(
                caller, "Task",
                [
                    "Subject": "Call back", "WhoId": .string(Self.contact), "ActivityDate": "2026-11-29",
                    "ReminderDateTime": "2026-11-29T18:00:00.250Z", "IsReminderSet": true, "CallType": "Inbound",
                ])
            #expect(task["Status"] == "Not Started" && task["Priority"] == "Normal" && task["TaskSubtype"] == "Task")
            #expect(task["IsClosed"] == false && task["OwnerId"]?.string == SalesforceUser.agent.id)
            #expect(task["ReminderDateTime"] == "2026-11-29T18:00:00.000+0000")
            #expect(task["AccountId"]?.string == SalesforceID.long(Self.account))
            let about = try await Self.make(caller, "Task", ["Subject": "b", "WhatId": .string(Self.account)])
            #expect(about["AccountId"]?.string == SalesforceID.long(Self.account))
            let done = try await Self.make(caller, "Task", ["Subject": "c", "Status": "Completed"])
            #expect(done["IsClosed"] == true)
        }
    }

    @Test(
        arguments: [
            ("Task", ["WhoId": .string(lead), "WhatId": .string(account)], "FIELD_INTEGRITY_EXCEPTION"),
            ("Task", ["WhoId": .string(account)], "FIELD_INTEGRITY_EXCEPTION"),
            ("Task", ["WhatId": .string(contact)], "FIELD_INTEGRITY_EXCEPTION"),
            ("Task", ["WhoId": "003"], "MALFORMED_ID"), ("Task", ["WhoId": "00300000000000'"], "MALFORMED_ID"),
            ("Task", ["WhoId": "003000000000XXX"], "INVALID_CROSS_REFERENCE_KEY"),
            ("Task", ["WhoId": .string(converted)], "CANNOT_UPDATE_CONVERTED_LEAD"),
            ("Task", ["OwnerId": .string(gone)], "INACTIVE_OWNER_OR_USER"),
            ("Task", ["CallType": "inbound"], "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
            ("Task", ["ActivityDate": "29.11.2026"], "JSON_PARSER_ERROR"),
            ("Task", ["ReminderDateTime": "2026-11-29 18:00"], "JSON_PARSER_ERROR"),
            ("Task", ["IsReminderSet": "yes"], "JSON_PARSER_ERROR"),
            ("Task", ["CallObject": .string(String(repeating: "x", count: 256))], "STRING_TOO_LONG"),
            ("Task", ["AccountId": .string(account)], "INVALID_FIELD_FOR_INSERT_UPDATE"),
            ("Case", ["Subject": .string(String(repeating: "x", count: 256))], "STRING_TOO_LONG"),
            ("Case", ["Description": .string(String(repeating: "x", count: 32_001))], "STRING_TOO_LONG"),
            ("Case", ["SuppliedPhone": .string(String(repeating: "1", count: 41))], "STRING_TOO_LONG"),
            ("Case", ["ContactId": .string(lead)], "FIELD_INTEGRITY_EXCEPTION"),
            ("Case", ["CaseNumber": "1"], "INVALID_FIELD_FOR_INSERT_UPDATE"),
            ("Case", ["IsClosed": true], "INVALID_FIELD_FOR_INSERT_UPDATE"),
            ("Contact", ["FirstName": "A"], "REQUIRED_FIELD_MISSING"),
            ("Contact", ["LastName": "A", "OwnerId": "00G5f0000000001AAA"], "FIELD_INTEGRITY_EXCEPTION"),
            ("User", ["LastName": "A"], "INSUFFICIENT_ACCESS_OR_READONLY"),
        ] as [(String, JSONValue, String)])
    func `what Salesforce refuses is refused, and names its field`(
        object: String, fields: JSONValue, code: String
    ) async throws {
        try await Self.caller { caller in
            let answer = try await caller.call("POST", "\(Self.data)/sobjects/\(object)", fields)
            #expect(answer.body.code == code, "\(answer.body)")
            let named = answer.body.array?.first?["fields"]?.array?.compactMap(\.string) ?? []
            #expect(named.isEmpty || named.allSatisfy { $0 == "LastName" || fields[$0] != nil })
            #expect(await caller.double.org.created.isEmpty)
        }
    }

    @Test func `a converted lead is not changed`() async throws {
        try await Self.caller { caller in
            let answer = try await caller.patch("/sobjects/Lead/\(Self.converted)", #"{"Title":"x"}"#)
            #expect(answer.body.code == "CANNOT_UPDATE_CONVERTED_LEAD")
        }
    }

    @Test(arguments: [("00Q5f0000000001", "00Q5f0000000001EAA"), ("0015f00000NORTH", "0015f00000NORTHAA5")])
    func `an id of 18 characters tells the cases of its 15`(id: String, long: String) {
        #expect(SalesforceID.long(id) == long && SalesforceID.long(long) == long)
        #expect(SalesforceID.isEqual(id, long))
    }
}
