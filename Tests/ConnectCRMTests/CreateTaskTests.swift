import JSON
import LambdaRuntime
import TestSupport
import Testing

@testable import ConnectCRM

@Suite(.takingTurns) struct CreateTaskTests {
    private static let parameters: [String: JSONValue] = ["operation": "createTask", "subject": "Call back"]

    private static func fixture(_ rows: [String: [JSONValue]] = [:]) throws -> CRMFixture {
        try CRMFixture { call, _ in CRMFixture.people(call, rows) }
    }

    /// Returns the fields of the task that was created last.
    private static func task(_ fixture: CRMFixture) -> JSONValue {
        guard case .create("Task", let body) = fixture.crm.calls.last else { return .null }
        return body
    }

    @Test func `a task is created for the one person who has the caller's number, and their owner`() async throws {
        let fixture = try Self.fixture(["Contact": [CRMFixture.maria]])
        let created = try await fixture.lookup(
            Self.parameters.merging(["description": "Today", "priority": "High", "dueMinutes": "90"]) { $1 })
        #expect(
            created == ["status": "created", "taskId": "00T5f00000TASK0AAA", "recordId": "0035f00000MARIAAAA"])
        #expect(
            Self.task(fixture) == [
                "Subject": "Call back", "Description": "Today", "Priority": "High", "WhoId": "0035f00000MARIAAAA",
                "OwnerId": "0055f00000AGENTAAA", "IsReminderSet": true, "ReminderDateTime": "2027-01-15T09:30:00.000Z",
                "ActivityDate": "2027-01-15", "CallType": "Inbound", "CallObject": .string(CRMFixture.contactID),
            ])
        #expect(fixture.crm.queries.first?.contains("Owner.IsActive") == true && fixture.crm.calls.count == 2)
    }

    @Test func `it is due in an hour, and at most in 30 days`() async throws {
        let fixture = try Self.fixture()
        for (minutes, due) in [
            (nil, "2027-01-15T09:00:00.000Z"), ("0", "2027-01-15T08:00:00.000Z"),
            ("43200", "2027-02-14T08:00:00.000Z"), ("960", "2027-01-16T00:00:00.000Z"),
        ] {
            var parameters = Self.parameters.merging(["subject": .string(due)]) { $1 }
            if let minutes { parameters["dueMinutes"] = .string(minutes) }
            _ = try await fixture.lookup(parameters, from: nil)
            #expect(Self.task(fixture)["ReminderDateTime"]?.string == due)
            #expect(Self.task(fixture)["ActivityDate"]?.string == String(due.prefix(10)))
        }
    }

    @Test func `an owner who is no active user is not sent, and one who is given is`() async throws {
        for owner: [String: JSONValue] in [
            ["OwnerId": "0055f00000GONE0AAA", "Owner": ["IsActive": false]],
            ["OwnerId": "00G5f00000QUEUEAAA", "Owner": ["IsActive": true]], ["OwnerId": "0055f00000AGENTAAA"],
        ] {
            guard case .object(let maria) = CRMFixture.maria else { return }
            let other = maria.filter { $0.key != "Owner" }.merging(owner) { $1 }
            let fixture = try Self.fixture(["Contact": [.object(other)]])
            _ = try await fixture.lookup(Self.parameters)
            #expect(Self.task(fixture)["OwnerId"] == nil && Self.task(fixture)["WhoId"] != nil)
            _ = try await fixture.lookup(Self.parameters.merging(["ownerId": "00G5f00000QUEUE"]) { $1 })
            #expect(Self.task(fixture)["OwnerId"] == "00G5f00000QUEUE")
        }
    }

    @Test func `a company found is what the task is about, a lead who it is with`() async throws {
        let account: JSONValue = ["Id": "0015f00000NORTHAAA", "Phone": "12065550142"]
        let company = try Self.fixture(["Account": [account]])
        #expect(try await company.lookup(Self.parameters)["recordId"] == "0015f00000NORTHAAA")
        #expect(Self.task(company)["WhatId"] == "0015f00000NORTHAAA" && Self.task(company)["WhoId"] == nil)
        let lead = try Self.fixture(["Lead": [["Id": "00Q5f00000LEAD0AAA", "Phone": "12065550142"]]])
        _ = try await lead.lookup(Self.parameters)
        #expect(Self.task(lead)["WhoId"] == "00Q5f00000LEAD0AAA" && Self.task(lead)["WhatId"] == nil)
    }

    @Test func `with whoId or whatId nobody is looked up`() async throws {
        let fixture = try Self.fixture(["Contact": [CRMFixture.maria]])
        for (given, record) in [
            (["whoId": "0035f00000OLGAN"], "0035f00000OLGAN"), (["whatId": "5005f00000CASE0"], ""),
            (["whatId": "0015f00000NORTH"], "0015f00000NORTH"),
            (["whoId": "0035f00000OLGAN", "whatId": "a015f00000VISITAAA"], "0035f00000OLGAN"),
            (["whoId": "00Q5f00000LINUS"], "00Q5f00000LINUS"),
        ] as [([String: JSONValue], String)] {
            let created = try await fixture.lookup(Self.parameters.merging(given) { $1 })
            #expect(created["recordId"] == record && Self.task(fixture)["OwnerId"] == nil)
        }
        #expect(fixture.crm.queries.isEmpty && fixture.crm.calls.count == 5)
    }

    @Test func `a task under the same ids, of 15 or 18 characters, is created once`() async throws {
        let fixture = try Self.fixture()
        for (name, id) in [
            ("whoId", "0035f00000OLGAN"), ("whatId", "5005f00000CASE0"), ("ownerId", "0055f00000AGENT"),
        ] {
            for (id, status) in [(id, "created"), (id + "AAA", "duplicate"), (id.lowercased(), "created")] {
                let created = try await fixture.lookup(Self.parameters.merging([name: .string(id)]) { $1 }, from: nil)
                #expect(created["status"] == status, "\(name) \(id)")
            }
        }
    }

    @Test(arguments: [
        ("INBOUND", "Inbound"), ("TRANSFER", "Inbound"), ("OUTBOUND", "Outbound"), ("EXTERNAL_OUTBOUND", "Outbound"),
        ("CALLBACK", "Outbound"), ("API", "Outbound"), ("CAMPAIGN_PREVIEW", "Outbound"), ("SOMETHING_NEW", "Inbound"),
    ]) func `the call's direction is the contact's`(method: String, direction: String) async throws {
        let fixture = try Self.fixture()
        _ = try await fixture.invoke(
            CRMFixture.event(Self.parameters.merging(["callType": "Internal"]) { $1 }, method: method))
        #expect(Self.task(fixture)["CallType"]?.string == direction)
    }

    @Test func `in a guide's contact it is inbound unless the flow says otherwise, and the call's contact is named`()
        async throws
    {
        let fixture = try Self.fixture(["Contact": [CRMFixture.maria]])
        let parameters = Self.parameters.merging(["phone": .string(CRMFixture.number)]) { $1 }
        let created = try await fixture.invoke(CRMFixture.guide(parameters))
        #expect(created["recordId"] == "0035f00000MARIAAAA")
        #expect(Self.task(fixture)["CallType"] == "Inbound")
        #expect(Self.task(fixture)["CallObject"]?.string == CRMFixture.contactID)
        // Offered again, the guide is another contact of the same call.
        #expect(try await fixture.invoke(CRMFixture.guide(parameters, contact: "guide-2"))["status"] == "duplicate")
        _ = try await fixture.invoke(
            CRMFixture.guide(parameters.merging(["callType": "outbound", "callContactId": "call-7"]) { $1 }))
        #expect(Self.task(fixture)["CallType"] == "Outbound" && Self.task(fixture)["CallObject"] == "call-7")
    }

    @Test(
        arguments: [
            (["subject": .null], "subject"), (["dueMinutes": "43201"], "dueMinutes"),
            (["dueMinutes": "-1"], "dueMinutes"),
            (["dueMinutes": "1.5"], "dueMinutes"), (["dueMinutes": "soon"], "dueMinutes"),
            (["dueMinutes": 60], "dueMinutes"),
            (["dueMinutes": "99999999999999999999"], "dueMinutes"), (["dueMinutes": "٣"], "dueMinutes"),
            (["whoId": "0015f00000NORTHAAA"], "whoId"), (["whatId": "0035f00000OLGAN"], "whatId"),
            (["ownerId": "0035f00000OLGAN"], "ownerId"), (["callType": "Sideways"], "callType"),
            (["whoId": "00Q5f00000LINUS", "whatId": "0015f00000NORTHAAA"], "whatId"),
            (["description": .string(String(repeating: "d", count: 32_001))], "description"),
            (["callContactId": .string(String(repeating: "c", count: 256))], "contact id"),
        ] as [([String: JSONValue], String)]) func `what Salesforce would not take is refused, and named`(
            change: [String: JSONValue], name: String
        ) async throws
    {
        let fixture = try Self.fixture()
        let error = await #expect(throws: FunctionError.self) {
            try await fixture.lookup(Self.parameters.merging(change) { $1 })
        }
        #expect(error?.errorType == "Function.InvalidRequest" && error?.description.contains(name) == true)
        #expect(fixture.crm.signIns == 0 && fixture.aws.calls.isEmpty)
    }
}
