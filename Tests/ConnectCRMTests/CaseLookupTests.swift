import JSON
import TestSupport
import Testing

@testable import ConnectCRM

@Suite(.takingTurns) struct CaseLookupTests {
    private static func row(_ contact: String?, _ account: String?, number: String = "00001026") -> JSONValue {
        .members([
            "Id": "5005f00000CASE9AAA", "CaseNumber": .string(number), "Subject": "Broken", "Status": "Closed",
            "Priority": "Low", "Owner": .members(["Username": "ben@example.com"]),
            "ContactId": contact.map(JSONValue.string), "AccountId": account.map(JSONValue.string),
        ])
    }

    private static let account: JSONValue = [
        "Id": "0015f00000NORTHAAA", "Name": "Northwind", "Phone": "+1 206 555 0140",
        "Cases": ["totalSize": 5, "done": true, "records": []],
    ]

    private static func fixture(
        _ case: JSONValue?, _ variables: [String: String] = [:], contact: JSONValue = CRMFixture.maria
    ) throws -> CRMFixture {
        try CRMFixture(variables) { call, _ in
            CRMFixture.people(
                call, ["Case": `case`.map { [$0] } ?? [], "Contact": [contact], "Account": [account]])
        }
    }

    @Test func `a caller is told of their case, open or closed, with the person's other open ones counted`()
        async throws
    {
        let fixture = try Self.fixture(Self.row("0035f00000MARIAAAA", "0015f00000NORTHAAA"))
        let found = try await fixture.lookup(["caseNumber": "1026"])
        #expect(found["status"] == "found" && found["object"] == "Contact" && found["name"] == "Maria Silva")
        #expect(
            found["caseNumber"] == "00001026" && found["caseStatus"] == "Closed" && found["caseSubject"] == "Broken")
        #expect(found["caseOwnerUsername"] == "ben@example.com" && found["openCases"] == "2")
        #expect(fixture.crm.calls.count == 2 && fixture.crm.refusals.isEmpty)
        #expect(
            fixture.crm.queries[0]
                == "SELECT Id,CaseNumber,Subject,Status,Priority,Owner.Username,ContactId,AccountId FROM Case "
                + "WHERE CaseNumber IN ('1026','00001026') LIMIT 200")
    }

    @Test func `a case of a company alone is the company's`() async throws {
        let fixture = try Self.fixture(Self.row(nil, "0015f00000NORTHAAA"))
        let found = try await fixture.lookup(["caseNumber": "00001026"], from: "+12065550140")
        #expect(found["object"] == "Account" && found["openCases"] == "5" && found["caseId"] == "5005f00000CASE9AAA")
        #expect(fixture.crm.queries[0].contains("IN ('00001026')"))
    }

    @Test func `the company's number opens its contact's case`() async throws {
        let fixture = try Self.fixture(Self.row("0035f00000MARIAAAA", "0015f00000NORTHAAA"))
        let found = try await fixture.lookup(["caseNumber": "1026"], from: "+12065550140")
        #expect(found["status"] == "found" && found["object"] == "Contact")
    }

    @Test func `whoever calls from another number hears nothing, whatever number the flow passes`() async throws {
        let fixture = try Self.fixture(Self.row("0035f00000MARIAAAA", "0015f00000NORTHAAA"))
        let parameters: [String: JSONValue] = ["caseNumber": "1026", "phone": .string(CRMFixture.number)]
        let found = try await fixture.lookup(parameters, from: "+12065550143")
        #expect(found["status"] == "none" && found["caseSubject"] == "" && found["recordId"] == "")
        for number in [nil, "anonymous"] {
            let before = fixture.crm.calls.count
            #expect(try await fixture.lookup(parameters, from: number)["status"] == "none")
            #expect(fixture.crm.calls.count == before)
        }
        #expect(try await fixture.invoke(.object(parameters))["status"] == "none")
        // A guide has no number but the one that its flow passes.
        #expect(try await fixture.invoke(CRMFixture.guide(parameters))["status"] == "found")
    }

    @Test func `a number that is written without its country opens no case`() async throws {
        let contact: JSONValue = ["Id": "0035f00000MARIAAAA", "Phone": "(206) 555-0142", "HomePhone": "2065550142"]
        let fixture = try Self.fixture(Self.row("0035f00000MARIAAAA", nil), contact: contact)
        #expect(try await fixture.lookup(["caseNumber": "1026"])["status"] == "none")
        let open = try Self.fixture(
            Self.row("0035f00000MARIAAAA", nil), ["CRM_CASE_BY_NUMBER": "anyone"], contact: contact)
        #expect(try await open.lookup(["caseNumber": "1026"], from: nil)["status"] == "found")
    }

    @Test func `a case that does not exist, or belongs to nobody, is none`() async throws {
        let absent = try Self.fixture(nil, ["CRM_CASE_BY_NUMBER": "anyone"])
        #expect(try await absent.lookup(["caseNumber": "1026"])["status"] == "none" && absent.crm.calls.count == 1)
        let orphan = try Self.fixture(Self.row(nil, nil), ["CRM_CASE_BY_NUMBER": "anyone"])
        #expect(try await orphan.lookup(["caseNumber": "1026"])["status"] == "none" && orphan.crm.calls.count == 1)
        // Salesforce compares texts without case and trailing space: what comes back must be the number.
        let other = try Self.fixture(
            Self.row("0035f00000MARIAAAA", nil, number: "00001027"), ["CRM_CASE_BY_NUMBER": "anyone"])
        #expect(try await other.lookup(["caseNumber": "1026"])["status"] == "none")
    }

    @Test(arguments: [
        "12 34", "12-34", "abc", "1' OR Id != '", "١٢٣", "#12", "+12", String(repeating: "1", count: 40),
        String(repeating: "1", count: 1 << 20),
    ]) func `what is no case number is none, without a request`(text: String) async throws {
        let fixture = try Self.fixture(nil, ["CRM_CASE_BY_NUMBER": "anyone"])
        #expect(try await fixture.lookup(["caseNumber": .string(text)])["status"] == "none")
        #expect(fixture.crm.calls.isEmpty && fixture.crm.signIns == 0)
    }
}
