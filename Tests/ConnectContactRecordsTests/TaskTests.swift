import JSON
import TestSupport
import Testing

@testable import ConnectContactRecords

@Suite(.takingTurns) struct TaskTests {
    private typealias Records = ContactRecords
    private static let id = Records.id

    private static func subject(
        of record: String, _ variables: [String: String] = [:]
    ) async throws -> String? {
        let fixture = try ContactRecordsFixture(variables)
        #expect(try await fixture.invoke([record]) == nil)
        #expect(fixture.crm.violations == [])
        return fixture.crm.tasks[id]?["Subject"]?.string
    }

    @Test(arguments: [
        ("VOICE", "INBOUND", "Inbound call"), ("VOICE", "TRANSFER", "Inbound call"), ("VOICE", "NEW", "Inbound call"),
        ("VOICE", "OUTBOUND", "Outbound call"), ("VOICE", "CALLBACK", "Outbound call"),
        ("VOICE", "EXTERNAL_OUTBOUND", "Outbound call"), ("VOICE", "API", "Outbound call"),
        ("VOICE", "CAMPAIGN_PREVIEW", "Outbound call"), ("CHAT", "API", "Chat"), ("TASK", "API", "Task"),
        ("EMAIL", "INBOUND", "E-mail"),
    ])
    func `a contact that an agent took is a task of its channel`(
        channel: String, method: String, subject: String
    ) async throws {
        let fixture = try ContactRecordsFixture()
        let record = Records.taken(
            Self.id, ["Channel": .string(channel), "InitiationMethod": .string(method)])
        #expect(try await fixture.invoke([record]) == nil)
        let task = try #require(fixture.crm.tasks[Self.id])
        #expect(task["Subject"]?.string == subject)
        #expect((task["TaskSubtype"] == "Call") == (channel == "VOICE"))
        #expect((task["CallType"] != nil) == (channel == "VOICE"))
        #expect(task["Priority"] == nil)
    }

    @Test func `a missed call is open, and its owner's who looks after the person`() async throws {
        for (owner, isActive, expected) in [
            ("005000000000009AAA", true, "005000000000009AAA"), ("005000000000009AAA", false, "00G000000000001AAA"),
            ("00G000000000007AAA", true, "00G000000000001AAA"),
        ] {
            let fixture = try ContactRecordsFixture(["TASK_DEFAULT_OWNER": "00G000000000001AAA"])
            fixture.crm.set {
                $0.finds["Account"] = [
                    [
                        "Id": "001000000000001AAA", "Phone": .string(Records.number), "OwnerId": .string(owner),
                        "Owner": ["IsActive": .bool(isActive)],
                    ]
                ]
            }
            #expect(try await fixture.invoke([Records.missed()]) == nil)
            let task = try #require(fixture.crm.tasks[Self.id])
            #expect(task["Subject"]?.string == "Missed call: call back")
            #expect(task["OwnerId"]?.string == expected)
            #expect(task["WhatId"]?.string == "001000000000001AAA" && task["WhoId"] == nil)
            #expect(task["Status"] == nil && task["TaskSubtype"] == "Call" && task["CallType"] == "Inbound")
            #expect(fixture.crm.calls[Self.id]?["Abandoned__c"] == true)
        }
    }

    @Test(
        arguments: [
            ["Queue": .null], ["InitiationMethod": "CALLBACK"], ["Channel": "CHAT"], ["NextContactId": "n"],
            ["TransferredToEndpoint": ["Address": "+12065550177"]],
        ] as [[String: JSONValue]])
    func `a call that did not wait, or went on, is not missed`(members: [String: JSONValue]) async throws {
        #expect(try await Self.subject(of: Records.missed(Self.id, members)) == nil)
    }

    @Test func `a call that a hand-over took and gave back is missed`() async throws {
        let members: [String: JSONValue] = [
            "TransferredToEndpoint": ["Address": "+12065550199"], "NextContactId": "n",
        ]
        let variables = ["CONTACT_HANDOVER_NUMBERS": "+12065550199"]
        #expect(try await Self.subject(of: Records.missed(Self.id, members), variables) == "Missed call: call back")
        #expect(
            try await Self.subject(of: Records.missed(), variables.merging(["MISSED_CALL_TASKS": "false"]) { $1 })
                == nil)
    }

    @Test func `of people the one contact counts, else the one lead, which has no account beside it`() async throws {
        func record(_ id: String) -> JSONValue { ["Id": .string(id), "Phone": .string(Records.number)] }
        let account = record("001000000000001AAA")
        let cases: [([JSONValue], [JSONValue], String?, String?)] = [
            (
                [record("003000000000001AAA")], [record("00Q000000000001AAA")], "003000000000001AAA",
                "001000000000001AAA"
            ),
            ([], [record("00Q000000000001AAA")], "00Q000000000001AAA", nil),
            (
                [record("003000000000001AAA"), record("003000000000002AAA")], [record("00Q000000000001AAA")], nil,
                "001000000000001AAA"
            ),
        ]
        for (contacts, leads, who, what) in cases {
            let fixture = try ContactRecordsFixture()
            fixture.crm.set {
                ($0.finds["Contact"], $0.finds["Lead"], $0.finds["Account"]) = (contacts, leads, [account])
            }
            #expect(try await fixture.invoke([Records.taken()]) == nil)
            #expect(fixture.crm.tasks[Self.id]?["WhoId"]?.string == who)
            #expect(fixture.crm.tasks[Self.id]?["WhatId"]?.string == what)
            #expect(fixture.crm.calls[Self.id]?["Account__c"]?.string == "001000000000001AAA")
        }
    }

    @Test func `a task that exists keeps what people wrote`() async throws {
        let fixture = try ContactRecordsFixture()
        #expect(try await fixture.invoke([Records.taken()]) == nil)
        fixture.crm.set { $0.rows["Task"]?[Self.id]?["Subject"] = "Renamed" }
        let newer = Records.taken(
            Self.id,
            ["LastUpdateTimestamp": "2026-11-22T11:00:00Z", "Attributes": ["disposition": "sold"]])
        #expect(try await fixture.invoke([newer]) == nil)
        let task = try #require(fixture.crm.tasks[Self.id])
        #expect(task["Subject"] == "Renamed" && task["CallDisposition"] == "sold")
        let update = try #require(fixture.crm.last("Task")?.rows.first)
        #expect(
            Set(update.keys) == ["attributes", "Contact_Id__c", "CallDurationInSeconds", "CallDisposition"])
    }

    @Test func `an org without call fields and subtypes takes the task without them`() async throws {
        let fixture = try ContactRecordsFixture()
        fixture.crm.set { state in
            state.response = { request, _ in
                request.rows.contains { $0["CallType"] != nil }
                    ? ScriptedSalesforce.fault(
                        400, "INVALID_FIELD", "No such column 'CallType' on sobject of type Task")
                    : nil
            }
            state.refusal = { _, row, _ in
                row["TaskSubtype"] != nil
                    ? ContactCRMDouble.Fault(
                        code: "INVALID_FIELD_FOR_INSERT_UPDATE", message: "x", fields: ["TaskSubtype"]) : nil
            }
        }
        #expect(try await fixture.invoke([Records.taken("c1"), Records.taken("c2")]) == nil)
        #expect(fixture.crm.tasks.count == 2)
        #expect(fixture.crm.count(of: "Task") == 3)
        // The process knows it from now on.
        #expect(try await fixture.invoke([Records.taken("c3")]) == nil)
        #expect(fixture.crm.count(of: "Task") == 4)
        #expect(fixture.letters.isEmpty)
    }

    @Test(arguments: ["DUPLICATE_VALUE", "ENTITY_IS_DELETED", "INSUFFICIENT_ACCESS_OR_READONLY"])
    func `a task that is another's by now is left to them`(code: String) async throws {
        let fixture = try ContactRecordsFixture()
        fixture.crm.set { $0.refusal = { object, _, _ in object == "Task" ? ContactCRMDouble.Fault(code: code) : nil } }
        #expect(try await fixture.invoke([Records.taken()]) == nil)
        #expect(fixture.letters.isEmpty && fixture.crm.tasks.isEmpty)
    }

    @Test func `a query of users or statuses that is refused leaves tasks without them`() async throws {
        let fixture = try ContactRecordsFixture(["AGENT_USER_FIELD": "FederationIdentifier"])
        fixture.crm.set { state in
            let fault = ScriptedSalesforce.fault(400, "INVALID_FIELD", "No such column")
            (state.queryFaults["User"], state.queryFaults["TaskStatus"]) = (fault, fault)
        }
        #expect(try await fixture.invoke([Records.taken()]) == nil)
        let task = try #require(fixture.crm.tasks[Self.id])
        #expect(task["OwnerId"] == nil && task["Status"] == nil)
        #expect(fixture.log.contains("AGENT_USER_FIELD") && fixture.log.contains("TASK_STATUS_COMPLETED"))
    }

    @Test func `a query of people that fails brings its contacts back`() async throws {
        let fixture = try ContactRecordsFixture()
        fixture.crm.set { $0.queryFaults["Lead"] = ScriptedSalesforce.fault(500, "QUERY_TIMEOUT", "m") }
        let withheld = Records.taken("c1", ["CustomerEndpoint": .null])
        #expect(try await fixture.invoke([withheld, Records.taken("c2")]) == "2")
        #expect(Set(fixture.crm.calls.keys) == ["c1"])
    }
}
