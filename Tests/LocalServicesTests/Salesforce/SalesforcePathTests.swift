import JSON
import Testing

@testable import LocalServices

/// SOQL across relationships on the local Salesforce, and the errors that name what they mean.
struct SalesforcePathTests {
    private static let account = "001000000000ACC"
    private static let contact = "003000000000CON"

    private static func caller<Result: Sendable>(
        as user: SalesforceUser = .agent, _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        var configuration = SalesforceDouble.Configuration()
        configuration.records = [
            "Account": [
                [
                    "Id": .string(account), "Name": "Contoso", "Phone": "+12065550100",
                    "OwnerId": .string(SalesforceUser.plain.id),
                ]
            ],
            "Contact": [
                ["Id": .string(contact), "LastName": "Adams", "AccountId": .string(account)], ["LastName": "Baker"],
            ],
            "Case": [
                ["Subject": "a", "ContactId": .string(contact), "OwnerId": .string(SalesforceSeeds.caseQueue)],
                ["Subject": "b", "ContactId": .string(contact), "Status": "Closed"],
                ["Subject": "c", "AccountId": .string(account)],
            ],
            "Task": [["Subject": "t", "WhoId": .string(contact), "WhatId": .string(account)]],
        ]
        return try await SalesforceDouble.withRunning(configuration) {
            try await body(SalesforceCaller(double: $0, token: user.token))
        }
    }

    @Test func `fields of parents are shown below their relationship`() async throws {
        try await Self.caller { caller in
            let answer = try await caller.query(
                "SELECT LastName, Account.Name, Account.Owner.Username, owner.username FROM Contact ORDER BY LastName")
            #expect(answer.status == 200, "\(answer.body)")
            let records = answer.body["records"]?.array ?? []
            let parent = try #require(records.first?["Account"])
            #expect(parent["Name"] == "Contoso" && parent["attributes"]?["type"] == "Account")
            #expect(parent["Owner"]?["Username"] == "plain@example.com")
            #expect(records.first?["Owner"]?["Username"] == "agent@example.com")
            #expect(records.first?["Owner"]?["attributes"]?["type"] == "User")
            // Without a parent there is no object, and not one of nulls.
            #expect(records.last?.object?["Account"] == .some(.null) && records.last?["LastName"] == "Baker")
        }
    }

    @Test func `an owner who may be a queue is a Name`() async throws {
        try await Self.caller { caller in
            let answer = try await caller.query(
                "SELECT Subject, Owner.Name, Owner.Username, Owner.Type FROM Case ORDER BY Subject")
            let owners = answer.body["records"]?.array?.compactMap { $0["Owner"] } ?? []
            #expect(owners.map { $0["Type"] } == ["Group", "User", "User"])
            #expect(owners[0].object?["Username"] == .some(.null) && owners[0]["Name"] == "Cases")
            #expect(owners[1]["attributes"]?["type"] == "Name")
            let who = try await caller.query("SELECT Who.Type, What.Type, Who.Name, Account.Name FROM Task")
            let task = who.body["records"]?.array?.first
            #expect(task?["Who"]?["Type"] == "Contact" && task?["What"]?["Type"] == "Account")
            #expect(task?["Who"]?["Name"] == "Adams" && task?["Account"]?["Name"] == "Contoso")
            // What is not of every object is not of Name.
            #expect(try await caller.query("SELECT Owner.IsActive FROM Contact").status == 200)
            #expect(try await caller.query("SELECT Owner.Department FROM Case").body.code == "INVALID_FIELD")
        }
    }

    @Test(arguments: [
        ("Account.Name = 'contoso'", ["Adams"]), ("Account.Phone != null", ["Adams"]),
        ("Account.Owner.Username LIKE 'plain%'", ["Adams"]), ("Account.Name = null", ["Baker"]),
        ("Account.Id IN ('001000000000ACC')", ["Adams"]), ("AccountId = '001000000000ACCAAO'", ["Adams"]),
        ("NOT (Account.Name = 'Contoso')", ["Baker"]), ("Contact.LastName = 'Adams'", ["Adams"]),
    ])
    func `conditions reach through relationships, and ids are equal in both lengths`(
        condition: String, expected: [String]
    ) async throws {
        try await Self.caller { caller in
            let answer = try await caller.query("SELECT LastName FROM Contact WHERE \(condition)")
            #expect(answer.body["records"]?.texts("LastName") == expected, "\(answer.body)")
        }
    }

    @Test func `cases are children of contacts and accounts, with their own parents`() async throws {
        try await Self.caller { caller in
            let answer = try await caller.query(
                """
                SELECT Name, (SELECT Subject, Owner.Name FROM Cases WHERE IsClosed = false ORDER BY CreatedDate DESC) \
                FROM Account
                """)
            let cases = answer.body["records"]?.array?.first?["Cases"]
            #expect(Set(cases?["records"]?.texts("Subject") ?? []) == ["a", "c"])
            #expect(cases?["totalSize"] == 2 && cases?["done"] == true)
            let contacts = try await caller.query(
                "SELECT (SELECT Subject FROM Cases), (SELECT Subject FROM Tasks) FROM Contact")
            let first = contacts.body["records"]?.array?.first
            #expect(first?["Cases"]?["totalSize"] == 2 && first?["Tasks"]?["totalSize"] == 1)
        }
    }

    @Test func `the agent of a contact's owner is a formula that nobody writes`() async throws {
        try await Self.caller(as: .integration) { caller in
            let answer = try await caller.query(
                "SELECT Connect_Agent_Id__c FROM Contact WHERE Connect_Agent_Id__c = '\(SalesforceSeeds.agentID)'")
            #expect(
                answer.body["records"]?.texts("Connect_Agent_Id__c") == [
                    SalesforceSeeds.agentID, SalesforceSeeds.agentID,
                ])
        }
        try await Self.caller { caller in
            let made = try await caller.post("/sobjects/Contact", #"{"LastName":"x","Connect_Agent_Id__c":"1"}"#)
            #expect(made.body.code == "INVALID_FIELD_FOR_INSERT_UPDATE")
        }
    }

    @Test(arguments: [
        (
            "SELECT Id, Nope FROM Lead", "INVALID_FIELD",
            "ERROR at Row:1:Column:12\nNo such column 'Nope' on entity 'Lead'."
        ),
        (
            "SELECT Id FROM Contact WHERE\nBoss.Name = 'x'", "INVALID_FIELD",
            "ERROR at Row:2:Column:1\nDidn't understand relationship 'Boss' in field path."
        ), ("SELECT Account.Nope FROM Contact", "INVALID_FIELD", "No such column 'Nope' on entity 'Account'."),
        (
            "SELECT Id FROM Nothing", "INVALID_TYPE",
            "ERROR at Row:1:Column:16\nsObject type 'Nothing' is not supported."
        ),
        (
            "SELECT Id, FROM Lead", "MALFORMED_QUERY",
            "SELECT Id, FROM Lead\n           ^\nERROR at Row:1:Column:12\nunexpected token: 'FROM'"
        ),
        ("SELECT Id FROM Lead WHERE", "MALFORMED_QUERY", "Column:26\nunexpected token: '<EOF>'"),
        ("SELECT Id FROM Lead WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: x"),
        (
            "SELECT Id FROM Case WHERE Description = 'x'", "INVALID_FIELD",
            "field 'Description' can not be filtered in a query call"
        ),
        (
            "SELECT Id FROM Case ORDER BY Description", "INVALID_FIELD",
            "field 'Description' can not be sorted in a query call"
        ),
        (
            "SELECT Id FROM Lead WHERE IsConverted = 'true'", "INVALID_FIELD",
            "value of filter criterion for field 'IsConverted' must be of type boolean and should not be enclosed in quotes"
        ),
        ("SELECT Id FROM Lead WHERE Id != null AND NOT Name = 'x'", "MALFORMED_QUERY", "unexpected token: 'NOT'"),
        ("SELECT Id FROM Lead WHERE NOT Name = 'x' AND Id != null", "MALFORMED_QUERY", "unexpected token: 'AND'"),
        (
            "SELECT Id FROM Lead WHERE Name = 'x' OR Name = 'y' AND Id != null", "MALFORMED_QUERY",
            "unexpected token: 'AND'"
        ),
        ("SELECT Id FROM Lead WHERE Id LIKE '00Q%'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: 00Q%"),
    ])
    func `an error names the place and what is there`(soql: String, code: String, sentence: String) {
        #expect {
            try SalesforceQuery(soql)
        } throws: { error in
            let failure = error as? SalesforceFailure
            return failure?.code == code && failure?.message.contains(sentence) == true
        }
    }
}
