import JSON
import LambdaRuntime
import TestSupport
import Testing

@testable import ConnectCRM

@Suite(.takingTurns) struct CreateCaseTests {
    static let parameters: [String: JSONValue] = ["operation": "createCase", "subject": "The parcel has not come"]

    private static func fixture(_ variables: [String: String] = [:], _ rows: [String: [JSONValue]] = [:]) throws
        -> CRMFixture
    {
        try CRMFixture(variables) { call, _ in CRMFixture.people(call, rows) }
    }

    /// The parts of the request that created.
    private static func parts(_ fixture: CRMFixture) throws -> [ScriptedCRM.Part] {
        guard case .composite(let parts) = fixture.crm.calls.last else { return [] }
        return parts
    }

    @Test
    func `a case is created for the one person who has the caller's number, and its number read in the same request`()
        async throws
    {
        let fixture = try Self.fixture([:], ["Contact": [CRMFixture.maria]])
        let details: [String: JSONValue] = [
            "description": "It is late.", "priority": "High", "type": "Problem", "reason": "Delivery",
        ]
        #expect(
            try await fixture.lookup(Self.parameters.merging(details) { $1 }) == [
                "status": "created", "caseId": "5005f00000NEWCASEA", "caseNumber": "00001099",
                "recordId": "0035f00000MARIAAAA",
            ])
        let parts = try Self.parts(fixture)
        #expect(
            parts[0].body == [
                "Subject": "The parcel has not come", "Description": "It is late.", "Priority": "High",
                "Type": "Problem", "Reason": "Delivery", "Origin": "Phone", "SuppliedPhone": .string(CRMFixture.number),
                "ContactId": "0035f00000MARIAAAA", "AccountId": "0015f00000NORTHAAA",
            ])
        #expect(parts[0].headers == ["Sforce-Auto-Assign": "TRUE"] && parts[0].method == "POST")
        #expect(parts[1].method == "GET" && parts.count == 2 && fixture.crm.calls.count == 2)
        #expect(fixture.crm.refusals.isEmpty)
    }

    @Test func `what the flow gives is used, and nobody is looked up`() async throws {
        let fixture = try Self.fixture(["CRM_CASE_ASSIGNMENT": "false", "CRM_CASE_ORIGIN": "Voice"])
        let given: [String: JSONValue] = [
            "contactId": "0035f00000OLGAN", "accountId": "0015f00000NORTHAAA", "origin": "Web",
        ]
        let created = try await fixture.lookup(Self.parameters.merging(given) { $1 })
        #expect(created["recordId"] == "0035f00000OLGAN" && fixture.crm.calls.count == 1)
        let part = try #require(try Self.parts(fixture).first)
        #expect(part.body?["Origin"] == "Web" && part.headers == ["Sforce-Auto-Assign": "FALSE"])
        #expect(part.body?["ContactId"] == "0035f00000OLGAN" && part.body?["AccountId"] == "0015f00000NORTHAAA")
        let company = try await fixture.lookup(
            Self.parameters.merging(["accountId": "0015f00000NORTHAAA", "subject": "2"]) { $1 })
        #expect(company["recordId"] == "0015f00000NORTHAAA")
    }

    @Test func `an empty CRM_CASE_ORIGIN sends none, and a missing one is Phone`() async throws {
        let none = try Self.fixture(["CRM_CASE_ORIGIN": ""])
        _ = try await none.lookup(Self.parameters)
        #expect(try Self.parts(none).first?.body?["Origin"] == nil)
        let standard = try Self.fixture()
        _ = try await standard.lookup(Self.parameters)
        #expect(try Self.parts(standard).first?.body?["Origin"] == "Phone")
    }

    @Test func `nobody, several and a failing look-up leave a case without a person`() async throws {
        let other: JSONValue = ["Id": "0035f00000OTHERAAA", "Phone": "2065550142"]
        for rows in [[:], ["Contact": [CRMFixture.maria, other]]] {
            let fixture = try Self.fixture([:], rows)
            let created = try await fixture.lookup(Self.parameters)
            #expect(created["status"] == "created" && created["recordId"] == "")
            let body = try #require(try Self.parts(fixture).first?.body)
            #expect(body["ContactId"] == nil && body["AccountId"] == nil && body["SuppliedPhone"] != nil)
        }
        let failing = try CRMFixture { call, _ in
            call.queries.isEmpty ? CRMFixture.nobody(call) : .json(500, ScriptedCRM.fault("UNKNOWN_EXCEPTION"))
        }
        #expect(try await failing.lookup(Self.parameters)["status"] == "created")
        #expect(failing.lines("WARN").count == 1 && failing.log.contains("UNKNOWN_EXCEPTION"))
        let slow = try CRMFixture(["CRM_SEARCH": "false"]) { call, _ in
            call.queries.isEmpty ? CRMFixture.nobody(call) : .hang
        }
        #expect(try await slow.lookup(Self.parameters)["status"] == "created")
        let short = try await slow.lookup(
            Self.parameters.merging(["subject": "In short"]) { $1 }, within: .milliseconds(2500))
        #expect(short["status"] == "created" && short["recordId"] == "")
        let withheld = try Self.fixture()
        #expect(try await withheld.lookup(Self.parameters, from: nil)["status"] == "created")
        #expect(withheld.crm.calls.count == 1)
    }

    @Test func `a company found is the case's account, and a lead is only named`() async throws {
        let account: JSONValue = ["Id": "0015f00000NORTHAAA", "Name": "Northwind", "Phone": "12065550142"]
        let company = try Self.fixture([:], ["Account": [account]])
        #expect(try await company.lookup(Self.parameters)["recordId"] == "0015f00000NORTHAAA")
        #expect(try Self.parts(company).first?.body?["AccountId"] == "0015f00000NORTHAAA")
        let lead = try Self.fixture([:], ["Lead": [["Id": "00Q5f00000LEAD0AAA", "Phone": "12065550142"]]])
        #expect(try await lead.lookup(Self.parameters)["recordId"] == "00Q5f00000LEAD0AAA")
        #expect(try Self.parts(lead).first?.body?["ContactId"] == nil)
    }

    @Test func `a retried flow gets the first case, and asks Salesforce for nothing`() async throws {
        let fixture = try Self.fixture([:], ["Contact": [CRMFixture.maria]])
        let first = try await fixture.lookup(Self.parameters)
        var second = try await fixture.lookup(Self.parameters)
        #expect(second.removeValue(forKey: "status") == "duplicate")
        #expect(second == first.filter { $0.key != "status" } && fixture.crm.calls.count == 2)
        // Another contact, another subject, another id: another case.
        _ = try await fixture.invoke(CRMFixture.event(Self.parameters, contact: "contact-2"))
        _ = try await fixture.lookup(Self.parameters.merging(["subject": "Another"]) { $1 })
        _ = try await fixture.lookup(Self.parameters.merging(["contactId": "0035f00000OLGAN"]) { $1 })
        let creations = fixture.crm.calls.count { $0.queries.isEmpty }
        #expect(creations == 4)
        // The same id of 18 characters is no other.
        let longer = try await fixture.lookup(Self.parameters.merging(["contactId": "0035f00000OLGANAAA"]) { $1 })
        #expect(longer["status"] == "duplicate")
        // An agent's guide of the same call is the same call; another text is no other case.
        let guide = try await fixture.invoke(
            CRMFixture.guide(Self.parameters.merging(["description": "Again", "phone": "+12065550142"]) { $1 }))
        #expect(guide["status"] == "duplicate")
        fixture.advance(seconds: 86_401)
        #expect(try await fixture.lookup(Self.parameters)["status"] == "created")
    }

    @Test func `a key that is given is good for one case`() async throws {
        let fixture = try Self.fixture()
        let given: [String: JSONValue] = Self.parameters.merging(["idempotencyKey": "k", "description": "a"]) { $1 }
        #expect(try await fixture.invoke(.object(given))["status"] == "created")
        // Who calls, and in which contact, is no part of it.
        #expect(
            try await fixture.lookup(given.merging(["callContactId": "c"]) { $1 }, from: nil)["status"] == "duplicate")
        #expect(
            try await fixture.invoke(CRMFixture.guide(given.merging(["phone": "+1206"]) { $1 }))["status"]
                == "duplicate")
        #expect(try await fixture.lookup(given.merging(["type": "", "reason": .null]) { $1 })["status"] == "duplicate")
        for change: [String: JSONValue] in [
            ["subject": "b"], ["description": "b"], ["description": .null], ["priority": "High"], ["phone": "+1206"],
            ["contactId": "0035f00000OLGAN"], ["unknown": "b"],
        ] {
            let error = await #expect(throws: FunctionError.self) {
                try await fixture.lookup(given.merging(change) { $1 })
            }
            #expect(error?.errorType == "Function.IdempotencyKeyReused")
        }
        let error = await #expect(throws: FunctionError.self) {
            try await fixture.lookup(["operation": "createTask", "subject": "x", "idempotencyKey": "k"])
        }
        #expect(error?.errorType == "Function.IdempotencyKeyReused")
        // What is said of it is true of cases, and not of messages alone.
        #expect(error?.description.contains("case") == true && error?.description.contains("recipient") == false)
        #expect(fixture.crm.calls.count { $0.queries.isEmpty && !$0.isSearch } == 1)
    }

    @Test func `the table holds nothing of what was said, and of nobody`() async throws {
        let fixture = try Self.fixture([:], ["Contact": [CRMFixture.maria]])
        _ = try await fixture.lookup(Self.parameters.merging(["description": "Her iban"]) { $1 })
        let said = fixture.aws.calls.map(\.body).joined() + fixture.log
        for text in ["parcel", "iban", "2065550142", "Maria", "Silva", "example.com"] { #expect(!said.contains(text)) }
    }

    @Test(
        arguments: [
            (["subject": ""], "subject"), (["subject": .string(String(repeating: "s", count: 256))], "subject"),
            (["description": .string(String(repeating: "d", count: 32_001))], "description"),
            (["description": .string(String(repeating: "d", count: 1 << 20))], "description"),
            (["priority": .string(String(repeating: "p", count: 256))], "priority"),
            (["contactId": "0015f00000NORTHAAA"], "contactId"), (["accountId": "0035f00000OLGAN"], "accountId"),
            (["contactId": "0035f00000OLGA"], "contactId"), (["contactId": "0035f00000OLGA'"], "contactId"),
            (["subject": 5], "subject"), (["contactId": ["003"]], "contactId"), (["priority": true], "priority"),
            (["+12065550199": 1], "A parameter"), (["operation": "CreateCase"], "operation"),
        ] as [([String: JSONValue], String)]) func `what Salesforce would not take is refused, and named`(
            change: [String: JSONValue], name: String
        ) async throws
    {
        let fixture = try Self.fixture()
        let error = await #expect(throws: FunctionError.self) {
            try await fixture.lookup(Self.parameters.merging(change) { $1 })
        }
        #expect(error?.errorType == "Function.InvalidRequest" && error?.description.contains(name) == true)
        #expect(error?.description.contains("5550199") == false)
        #expect(fixture.crm.signIns == 0 && fixture.aws.calls.isEmpty)
    }

    @Test func `a direct invoke needs a key, and a flow's event a contact`() async throws {
        let fixture = try Self.fixture()
        for event: JSONValue in [
            .object(Self.parameters), .object(Self.parameters.merging(["callContactId": "c"]) { $1 }),
            CRMFixture.event(Self.parameters, contact: ""),
        ] {
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
            #expect(error?.errorType == "Function.InvalidRequest")
        }
        #expect(fixture.crm.signIns == 0 && fixture.aws.calls.isEmpty)
        let longest: [String: JSONValue] = [
            "subject": .string(String(repeating: "s", count: 255)),
            "description": .string(String(repeating: "d", count: 32_000)),
        ]
        #expect(try await fixture.lookup(Self.parameters.merging(longest) { $1 })["status"] == "created")
    }
}
