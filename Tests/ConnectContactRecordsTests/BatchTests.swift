import JSON
import TestSupport
import Testing

@testable import ConnectContactRecords

@Suite(.takingTurns) struct BatchTests {
    private typealias Records = ContactRecords

    @Test func `a call becomes a row with every field, and a task`() async throws {
        let fixture = try ContactRecordsFixture()
        fixture.crm.set { state in
            state.finds["Contact"] = [
                ["Id": "003000000000001AAA", "Phone": "(206) 555-0142", "OwnerId": "005000000000009AAA"]
            ]
            state.finds["User"] = [["Id": "005000000000001AAA", "Username": "ADA"]]
            state.finds["TaskStatus"] = [
                ["ApiName": "Erledigt", "IsClosed": true, "SortOrder": 3],
                ["ApiName": "Completed", "IsClosed": true, "SortOrder": 5],
            ]
        }
        #expect(try await fixture.invoke([Records.taken()]) == nil)
        let row = try #require(fixture.crm.calls[Records.id])
        let expected: ContactCRMDouble.Row = [
            "attributes": ["type": "Call_Recording_Info__c"], "Name": .string(Records.id),
            "Contact_Id__c": .string(Records.id), "Contact_Mobile_Number__c": .string(Records.number),
            "Channel__c": "VOICE", "Initiation_Method__c": "INBOUND", "Disconnect_Reason__c": "CUSTOMER_DISCONNECT",
            "Started_At__c": "2026-11-22T10:00:00.000Z", "Ended_At__c": "2026-11-22T10:05:00.000Z",
            "Duration_Seconds__c": 300, "Queue__c": "Sales", "Queue_Seconds__c": 12, "Agent_Username__c": "Ada",
            "Agent_Seconds__c": 240, "Hold_Seconds__c": 3, "After_Call_Seconds__c": 20,
            "System_Number__c": "+12065550100", "Initial_Contact_Id__c": .null, "Previous_Contact_Id__c": .null,
            "Next_Contact_Id__c": .null, "Abandoned__c": false, "Transferred_To__c": .null,
            "Last_Update__c": "2026-11-22T10:06:00.000Z", "Contact__c": "003000000000001AAA",
        ]
        #expect(row == expected)
        let task = try #require(fixture.crm.tasks[Records.id])
        let expectedTask: ContactCRMDouble.Row = [
            "attributes": ["type": "Task"], "Contact_Id__c": .string(Records.id), "Subject": "Inbound call",
            "Status": "Completed", "TaskSubtype": "Call", "CallType": "Inbound", "ActivityDate": "2026-11-22",
            "CallDurationInSeconds": 240, "CallDisposition": "CUSTOMER_DISCONNECT", "CallObject": .string(Records.id),
            "WhoId": "003000000000001AAA", "OwnerId": "005000000000001AAA",
        ]
        #expect(task == expectedTask)
        #expect(fixture.crm.kinds == ["composite", "composite", "Call_Recording_Info__c", "Task"])
        #expect(fixture.crm.violations == [])
        for secret in [Records.number, "Ada"] { #expect(!fixture.log.contains(secret)) }
        #expect(fixture.log.contains("ContactRecordsWritten"))
        // Warm, users and statuses are known.
        let other = "1ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e9f"
        #expect(try await fixture.invoke([Records.taken(other)]) == nil)
        #expect(fixture.crm.kinds.dropFirst(4) == ["composite", "Call_Recording_Info__c", "Task"])
    }

    @Test func `of several records of a contact the newest counts, and of two the later`() async throws {
        let fixture = try ContactRecordsFixture(["CONTACT_TASKS": "false"])
        func record(_ time: String, _ reason: String) -> String {
            Records.taken(Records.id, ["LastUpdateTimestamp": .string(time), "DisconnectReason": .string(reason)])
        }
        let records = [
            record("2026-11-22T10:06:00Z", "a"), record("2026-11-22T10:06:00.500Z", "b"),
            record("2026-11-22T10:06:00.500Z", "c"), record("2026-11-22T10:05:59Z", "d"),
        ]
        #expect(try await fixture.invoke(records) == nil)
        #expect(fixture.crm.calls[Records.id]?["Disconnect_Reason__c"] == "c")
        #expect(fixture.crm.kinds == ["composite", "Call_Recording_Info__c"])
        // The org keeps it when an older one comes in another batch, which is done with.
        #expect(try await fixture.invoke([records[3]]) == nil)
        #expect(fixture.crm.calls[Records.id]?["Disconnect_Reason__c"] == "c")
        #expect(fixture.letters.isEmpty)
    }

    @Test(
        arguments: [
            ["Attributes": ["crmLog": "FALSE"]], ["InitiationMethod": "MONITOR"],
            ["SegmentAttributes": ["connect:Subtype": ["ValueString": "connect:Guide"]]], ["Channel": "FAX"],
            ["InitiationMethod": "EXTERNAL_OUTBOUND", "CustomerEndpoint": ["Address": "+12065550199"]],
        ] as [[String: JSONValue]])
    func `contacts that have no row are passed over`(members: [String: JSONValue]) async throws {
        let fixture = try ContactRecordsFixture(["CONTACT_HANDOVER_NUMBERS": "+12065550199"])
        #expect(try await fixture.invoke([Records.taken(Records.id, members)]) == nil)
        #expect(fixture.crm.requests.isEmpty && fixture.letters.isEmpty)
    }

    @Test func `what can never be written goes to the queue as it came, and the rest is written`() async throws {
        let fixture = try ContactRecordsFixture(["CONTACT_TASKS": "false"])
        let good = Records.taken()
        let data: [[UInt8]] = [
            [0xFF, 0xFE], Array("[1]".utf8), Array(#"{"ContactId":"a b"}"#.utf8), Array(good.utf8) + [0, 0, 10],
            Array(#"{"ContactId":"c","LastUpdateTimestamp":"yesterday"}"#.utf8), [0, 0, 32], [],
            Array(#"{"EventType":"HEART_BEAT"}"#.utf8),
        ]
        #expect(try await fixture.invoke(data: data) == nil)
        #expect(fixture.crm.calls.count == 1)
        let letters = fixture.letters.sorted { $0["sequenceNumber"]?.string ?? "" < $1["sequenceNumber"]?.string ?? "" }
        let members = ["reason", "sequenceNumber", "errorCode"].map { name in letters.map { $0[name]?.string ?? "" } }
        #expect(members[0] == ["notJSON", "notJSON", "noContactId", "noLastUpdate"])
        #expect(members[1] == ["1", "2", "3", "5"])
        #expect(members[2] == ["", "", "", ""])
        #expect(letters[1]["data"]?.string == "WzFd")
    }

    @Test func `data that does not fit into a message leaves its length`() async throws {
        let fixture = try ContactRecordsFixture()
        #expect(try await fixture.invoke(data: [[UInt8](repeating: 0x7A, count: 900_000)]) == nil)
        #expect(fixture.letters("reason") == ["notJSON 1200000"])
        #expect(fixture.letters("data") == [""])
    }

    @Test func `a row that is refused goes to the queue with Salesforce's code`() async throws {
        let fixture = try ContactRecordsFixture(["CONTACT_TASKS": "false"])
        fixture.crm.set {
            $0.refusal = { _, row, _ in
                row["Contact_Id__c"] == "c2"
                    ? ContactCRMDouble.Fault(code: "REQUIRED_FIELD_MISSING", fields: ["Region__c"]) : nil
            }
        }
        #expect(try await fixture.invoke(["c1", "c2", "c3"].map { Records.taken($0) }) == nil)
        #expect(Set(fixture.crm.calls.keys) == ["c1", "c3"])
        #expect(fixture.letters("errorCode") == ["REQUIRED_FIELD_MISSING"])
        #expect(fixture.letters("reason") == ["refused"])
        #expect(fixture.letters("sequenceNumber") == ["2"])
    }

    @Test func `a record behind one that comes again is not put into the queue`() async throws {
        let fixture = try ContactRecordsFixture(["CONTACT_TASKS": "false"])
        fixture.crm.set {
            $0.refusal = { _, row, _ in
                row["Contact_Id__c"] == "c2" ? ContactCRMDouble.Fault(code: "SERVER_UNAVAILABLE") : nil
            }
        }
        let records = ["[]", Records.taken("c2"), "[]", Records.taken("c4")]
        #expect(try await fixture.invoke(records) == "2")
        #expect(fixture.letters("sequenceNumber") == ["1"])
        #expect(Set(fixture.crm.calls.keys) == ["c4"])
    }

    @Test func `a queue that is away brings its record back`() async throws {
        let fixture = try ContactRecordsFixture()
        fixture.answerQueue { _ in 500 }
        #expect(try await fixture.invoke(["{}", "[]", "[]"]) == "2")
    }

    @Test func `a batch of a thousand takes at most forty requests`() async throws {
        let fixture = try ContactRecordsFixture()
        let records = (0..<1000).map { index in
            Records.taken(
                "contact-\(index)", ["CustomerEndpoint": ["Address": .string("+1206555\(1000 + index)")]])
        }
        #expect(try await fixture.invoke(records, within: .seconds(60)) == nil)
        #expect(fixture.crm.calls.count == 1000 && fixture.crm.tasks.count == 1000)
        #expect(fixture.crm.requests.count <= 40)
        #expect(fixture.crm.violations == [])
    }

    @Test func `a hundred contacts take at most eight requests, and two hundred of one number four`() async throws {
        let hundred = try ContactRecordsFixture()
        let numbers = (0..<100).map { index in
            Records.taken("c-\(index)", ["CustomerEndpoint": ["Address": .string("+1206555\(1000 + index)")]])
        }
        #expect(try await hundred.invoke(numbers) == nil)
        #expect(hundred.crm.requests.count <= 8)
        let one = try ContactRecordsFixture()
        #expect(try await one.invoke((0..<200).map { Records.taken("c-\($0)") }) == nil)
        #expect(one.crm.requests.count == 4)
        #expect(hundred.crm.violations + one.crm.violations == [])
    }
}
