import JSON
import TestSupport
import Testing

@testable import ConnectCRM

@Suite(.takingTurns) struct LookupTests {
    @Test func `a caller whom one contact has the number of is found, in one request`() async throws {
        let fixture = try CRMFixture(["CRM_EXTRA_FIELDS": "Contact.Tier__c,Account.Segment__c,Lead.Score__c"]) {
            call, _ in
            guard case .object(var maria) = CRMFixture.maria else { return .hang }
            // Salesforce answers with its own spelling of a field.
            maria["tier__C"] = "Gold"
            maria["Account"] = ["Name": "Northwind", "Segment__c": .number("3.50")]
            return CRMFixture.people(call, ["Contact": [.object(maria)]])
        }
        #expect(
            try await fixture.lookup() == [
                "status": "found", "matches": "1", "object": "Contact", "recordId": "0035f00000MARIAAAA",
                "firstName": "Maria", "lastName": "Silva", "name": "Maria Silva", "email": "maria@example.com",
                "accountId": "0015f00000NORTHAAA", "accountName": "Northwind", "ownerId": "0055f00000AGENTAAA",
                "ownerName": "Ann Agent", "ownerUsername": "ann@example.com", "openCases": "2",
                "caseId": "5005f00000CASE0AAA", "caseNumber": "00001002", "caseSubject": "Late", "caseStatus": "New",
                "casePriority": "High", "caseOwnerUsername": "ann@example.com", "Contact_Tier__c": "Gold",
                "Account_Segment__c": "3.50", "Lead_Score__c": "",
            ])
        #expect(fixture.crm.calls.count == 1 && fixture.crm.refusals.isEmpty)
        #expect(fixture.aws.calls.isEmpty)
    }

    @Test func `the queries ask for every form in every phone field, and never for a converted lead`() async throws {
        let fixture = try CRMFixture(["CRM_EXTRA_FIELDS": "Contact.email,Account.Name,Account.Segment__c"])
        _ = try await fixture.lookup(from: "+442079460018")
        let forms = "('+442079460018','442079460018','2079460018','02079460018')"
        let cases =
            "(SELECT Id,CaseNumber,Subject,Status,Priority,Owner.Username FROM Cases WHERE IsClosed = false "
            + "ORDER BY CreatedDate DESC LIMIT 200)"
        // Salesforce refuses a query that names a column twice, in whatever case.
        #expect(
            fixture.crm.queries == [
                "SELECT Id,Name,OwnerId,Owner.Name,Owner.Username,FirstName,LastName,Email,AccountId,Account.Name,Phone,"
                    + "MobilePhone,HomePhone,OtherPhone,Account.Segment__c,\(cases) FROM Contact WHERE (Phone IN \(forms) "
                    + "OR MobilePhone IN \(forms) OR HomePhone IN \(forms) OR OtherPhone IN \(forms)) LIMIT 200",
                "SELECT Id,Name,OwnerId,Owner.Name,Owner.Username,FirstName,LastName,Email,Phone,MobilePhone FROM Lead "
                    + "WHERE (Phone IN \(forms) OR MobilePhone IN \(forms)) AND IsConverted = false LIMIT 200",
                "SELECT Id,Name,OwnerId,Owner.Name,Owner.Username,Phone,Segment__c,\(cases) FROM Account "
                    + "WHERE (Phone IN \(forms)) LIMIT 200",
            ])
        guard case .search(let search) = fixture.crm.calls.last else {
            Issue.record("nobody was searched")
            return
        }
        #expect(search["q"] == "2079460018" && search["overallLimit"] == 20)
        #expect(search["sobjects"]?.array?.compactMap { $0["name"]?.string } == ["Contact", "Lead", "Account"])
    }

    @Test func `the first object of CRM_OBJECTS that is found counts alone`() async throws {
        let lead: JSONValue = ["Id": "00Q5f00000LEAD0AAA", "Name": "Lou", "Phone": "(206) 555-0142"]
        let account: JSONValue = ["Id": "0015f00000NORTHAAA", "Name": "Northwind", "Phone": "12065550142"]
        let script: ScriptedCRM.Script = { call, _ in
            CRMFixture.people(call, ["Contact": [CRMFixture.maria], "Lead": [lead, lead], "Account": [account]])
        }
        let leads = try await CRMFixture(["CRM_OBJECTS": "lead, Account"], script).lookup()
        #expect(leads["object"] == "Lead" && leads["matches"] == "1" && leads["openCases"] == "0")
        #expect(leads["accountId"] == "" && leads["accountName"] == "")
        let accounts = try CRMFixture(["CRM_OBJECTS": "Account,Contact"], script)
        let found = try await accounts.lookup()
        #expect(found["recordId"] == "0015f00000NORTHAAA" && found["accountId"] == "0015f00000NORTHAAA")
        #expect(found["accountName"] == "Northwind" && found["firstName"] == "")
        #expect(accounts.crm.queries.count == 2)
    }

    @Test func `a find whose fields are another number does not count`() async throws {
        let other: JSONValue = ["Id": "0035f00000OTHERAAA", "Phone": "+49 206 555 0142", "MobilePhone": .null]
        let fixture = try CRMFixture { call, _ in CRMFixture.people(call, ["Contact": [other]]) }
        #expect(try await fixture.lookup()["status"] == "none")
    }

    @Test func `several of an object are ambiguous: what they share is told, and nothing else`() async throws {
        @Sendable func doe(_ id: String, _ account: String?) -> JSONValue {
            [
                "Id": .string(id), "FirstName": "Jo", "Phone": "2065550142",
                "AccountId": account.map(JSONValue.string) ?? .null, "Account": ["Name": "Doe"], "Tier__c": "Gold",
            ]
        }
        let variables = ["CRM_EXTRA_FIELDS": "Contact.Tier__c,Account.Segment__c"]
        let one = try CRMFixture(variables) { call, _ in
            CRMFixture.people(call, ["Contact": [doe("003a", "001a"), doe("003b", "001a")]])
        }
        var household = try await one.lookup()
        #expect(household.removeValue(forKey: "status") == "ambiguous")
        #expect(household.removeValue(forKey: "matches") == "2" && household.removeValue(forKey: "object") == "Contact")
        #expect(household.removeValue(forKey: "accountId") == "001a")
        #expect(household.removeValue(forKey: "accountName") == "Doe")
        #expect(household.count == 17 && household.values.allSatisfy(\.isEmpty))
        for others in [[doe("003a", "001a"), doe("003b", "001b")], [doe("003a", nil), doe("003b", nil)]] {
            let fixture = try CRMFixture(variables) { call, _ in CRMFixture.people(call, ["Contact": others]) }
            let found = try await fixture.lookup()
            #expect(found["status"] == "ambiguous" && found["accountId"] == "" && found["accountName"] == "")
        }
    }

    @Test(arguments: [
        nil, "anonymous", "", "+266696687", "0123", "+1206", "2065550142", "sip:user@example.com", "+49 30 901820",
        "+12345678901234567890123456789012345678901",
    ]) func `a number that is withheld, or none, is nobody's, without a request`(number: String?) async throws {
        let fixture = try CRMFixture()
        let found = try await fixture.lookup(from: number)
        #expect(found["status"] == "none" && found["matches"] == "0" && found["openCases"] == "0")
        #expect(found.count == 20 && found.values.filter(\.isEmpty).count == 17)
        #expect(fixture.crm.calls.isEmpty && fixture.crm.signIns == 0)
    }

    @Test func `the first of case number, e-mail and number that is given is asked for, and nothing further`()
        async throws
    {
        let fixture = try CRMFixture(["CRM_CASE_BY_NUMBER": "anyone"])
        let all: [String: JSONValue] = ["caseNumber": "12", "email": "a@b.example", "phone": "+12065550143"]
        #expect(try await fixture.lookup(all)["status"] == "none")
        #expect(fixture.crm.queries.count == 1 && fixture.crm.queries[0].contains("CaseNumber IN ('12','00000012')"))
        // Empty and null are not given.
        _ = try await fixture.lookup(all.merging(["caseNumber": ""]) { $1 })
        #expect(fixture.crm.queries.last?.contains("Email = 'a@b.example'") == true && fixture.crm.queries.count == 3)
        _ = try await fixture.lookup(all.merging(["caseNumber": .null, "email": .null]) { $1 })
        #expect(fixture.crm.queries.last?.contains("+12065550143") == true)
        #expect(fixture.crm.queries.allSatisfy { !$0.contains("+12065550142") })
    }

    @Test func `a direct invoke has no caller, and a guide's caller is its parameter phone`() async throws {
        let fixture = try CRMFixture { call, _ in CRMFixture.people(call, ["Contact": [CRMFixture.maria]]) }
        #expect(try await fixture.invoke(["operation": "lookup"])["status"] == "none")
        #expect(fixture.crm.calls.isEmpty)
        #expect(try await fixture.invoke(["phone": .string(CRMFixture.number)])["status"] == "found")
        #expect(try await fixture.invoke(CRMFixture.guide(["phone": .string(CRMFixture.number)]))["status"] == "found")
        #expect(try await fixture.invoke(CRMFixture.guide([:]))["status"] == "none")
    }

    @Test func `an e-mail address is asked for among people alone`() async throws {
        let fixture = try CRMFixture { call, _ in CRMFixture.people(call, ["Contact": [CRMFixture.maria]]) }
        let found = try await fixture.lookup(["email": "Maria@example.com"], from: nil)
        #expect(found["status"] == "found" && found["openCases"] == "2")
        #expect(fixture.crm.queries.count == 2 && fixture.crm.calls.count == 1)
        let long = String(repeating: "a", count: 250) + "@b.c"
        #expect(try await fixture.lookup(["email": .string(long)])["status"] == "found")
        let before = fixture.crm.calls.count
        for text in ["nobody", "a" + long, "a\u{0}b@c.example", String(repeating: "@", count: 1 << 20)] {
            #expect(try await fixture.lookup(["email": .string(text)])["status"] == "none")
        }
        let accounts = try CRMFixture(["CRM_OBJECTS": "Account"])
        #expect(try await accounts.lookup(["email": "a@b.example"])["status"] == "none")
        #expect(fixture.crm.calls.count == before && accounts.crm.signIns == 0)
    }
}
