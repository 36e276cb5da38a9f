import JSON
import TestSupport
import Testing

@testable import LocalServices

/// The effect of `events/<Function>/salesforce.json` on the local Salesforce.
struct SalesforceAdditionTests {
    private static let data = SalesforceCaller.data

    private static let json: JSONValue = [
        "objects": [
            "Contact": ["fields": ["MobilePhone": "phone", "Department": "text"]],
            "Visit__c": ["fields": ["Contact__c": "Contact", "Rooms__c": "number"]],
        ],
        "records": [
            "Contact": [["LastName": "Silva", "FirstName": "Maria", "MobilePhone": "+12065550142"]],
            "Visit__c": [["Rooms__c": 2]],
        ],
    ]

    private func query(
        _ soql: String, as user: SalesforceUser, _ additions: [SalesforceAddition]
    ) async throws -> (status: Int, body: JSONValue) {
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = additions
        return try await SalesforceDouble.withRunning(configuration) { double in
            let caller = SalesforceCaller(double: double, token: user.token)
            return try await caller.query(soql)
        }
    }

    @Test(arguments: [SalesforceUser.agent, .integration])
    func `fields and records of a known object are seen by everybody`(user: SalesforceUser) async throws {
        let answer = try await query(
            "SELECT Name, MobilePhone FROM Contact WHERE MobilePhone = '+12065550142'", as: user,
            [SalesforceAddition(Self.json)])
        #expect(answer.status == 200)
        #expect(answer.body["records"]?.array?.first?["Name"] == "Maria Silva")
    }

    @Test func `a record with the id of one that is there changes that one`() async throws {
        let first: JSONValue = [
            "records": ["Contact": [["Id": "0035f00000MARIA", "LastName": "Silva", "MobilePhone": "+12065550142"]]]
        ]
        let second: JSONValue = ["records": ["Contact": [["Id": "0035f00000MARIA", "MobilePhone": "+12065550199"]]]]
        let answer = try await query(
            "SELECT LastName, MobilePhone FROM Contact WHERE Id = '0035f00000MARIA'", as: .agent,
            [SalesforceAddition(first), SalesforceAddition(second)])
        let records = answer.body["records"]?.array ?? []
        #expect(records.count == 1)
        #expect(records.first?["LastName"] == "Silva" && records.first?["MobilePhone"] == "+12065550199")
    }

    @Test func `an object of its own has the system's fields, too`() async throws {
        let answer = try await query(
            "SELECT Id, Rooms__c FROM Visit__c", as: .integration, [SalesforceAddition(Self.json)])
        #expect(answer.body["records"]?.array?.count == 1)
        #expect(answer.body["records"]?.array?.first?["Id"]?.string?.count == 18)
    }

    @Test func `a field that is named is granted, the others of its object are not`() async throws {
        let additions = [try SalesforceAddition(Self.json)]
        #expect(try await query("SELECT Department FROM Contact", as: .integration, additions).status == 200)
        #expect(try await query("SELECT Title FROM Contact", as: .integration, additions).status == 400)
        #expect(try await query("SELECT Department FROM Contact", as: .integration, []).status == 400)
    }

    @Test func `what is added counts as there from the start`() async throws {
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [try SalesforceAddition(Self.json)]
        try await SalesforceDouble.withRunning(configuration) { double in
            #expect(await double.org.created.isEmpty)
            let caller = SalesforceCaller(double: double, token: SalesforceUser.agent.token)
            _ = try await caller.call("POST", "\(Self.data)/sobjects/Contact", ["LastName": "New"])
            #expect(await double.org.created.map { $0.fields["LastName"]?.string } == ["New"])
        }
    }

    @Test(arguments: [
        (#"[]"#, "It must be an object."),
        (#"{"x":1}"#, "It has x; it may have objects, records, faults, pace and private."),
        (#"{"objects":{"A__c":{}}}"#, "The object A__c must have fields."),
        (
            #"{"objects":{"A__c":{"fields":{"B__c":"int"}}}}"#,
            "The field B__c of A__c must be text, longText, phone, email, boolean, number, date, dateTime, or the name of an object."
        ), (#"{"records":{"A__c":[{}]}}"#, "There is no object A__c: name it among the objects."),
        (#"{"records":{"Contact":[{"Nope":1}]}}"#, "Contact has no field Nope: name it among the object's fields."),
        (#"{"records":{"Contact":{}}}"#, "The records of Contact must be a list of objects."),
        (
            #"{"records":{"Contact":[{"Id":"001000000000000","LastName":"A"}]}}"#,
            "The Id of a record of Contact must have 15 or 18 letters and digits and begin with 003."
        ),
        (
            #"{"records":{"Contact":[{"AccountId":"001000000000000"}]}}"#,
            "AccountId of a record of Contact must be the Id of a record in this file, or of a user of the local Salesforce, such as 0055f00000AAAA1AAC."
        ),
        (
            #"{"faults":[{"fault":"slow"}]}"#,
            "A fault must be an object with fault (limit|busy|expired|html|drop|hang|slow=<ms>|status=<HTTP status>), and perhaps path, text, inComposite and times."
        ),
        (
            #"{"pace":"fast"}"#,
            "pace must be a number of milliseconds, or an object of parts of paths and their numbers."
        ),
        (
            #"{"objects":{"A__c":{"fields":{"B__c":{"type":"text","size":3}}}}}"#,
            "The field B__c of A__c has size; it may have children, default, externalId, formula, length, required, type, unique, values."
        ),
        (
            #"{"objects":{"A__c":{"fields":{"B__c":{"type":"text","formula":"Name"}}}}}"#,
            "The formula of B__c of A__c must name a relationship and a field, such as Owner.Username."
        ),
    ])
    func `a fault is told`(json: String, sentence: String) throws {
        let value = try JSONValue(parsing: Array(json.utf8))
        #expect(throws: SalesforceAddition.Fault(description: sentence)) { try SalesforceAddition(value) }
    }

    @Test func `a field has the rules that the file gives it`() async throws {
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [
            try SalesforceAddition([
                "objects": [
                    "Visit__c": [
                        "fields": [
                            "Code__c": [
                                "type": "text", "length": 4, "required": true, "unique": true, "externalId": true,
                            ],
                            "Kind__c": ["type": "text", "values": ["long", "short"], "default": "short"],
                            "Contact__c": ["type": "Contact", "children": "Visits__r"],
                            "Guest__c": ["type": "text", "formula": "Contact__r.Name"],
                        ]
                    ], "Case": ["fields": ["Priority": ["type": "text", "values": ["High", "Low", "Medium"]]]],
                ],
                "records": [
                    "Contact": [["Id": "003000000000CON", "LastName": "Silva"]],
                    "Visit__c": [["Code__c": "A1", "Contact__c": "003000000000CON"]],
                ],
            ])
        ]
        try await SalesforceDouble.withRunning(configuration) { double in
            let caller = SalesforceCaller(double: double)
            for (body, code) in [
                ("{}", "REQUIRED_FIELD_MISSING"), (#"{"Code__c":"12345"}"#, "STRING_TOO_LONG"),
                (#"{"Code__c":"a1"}"#, "DUPLICATE_VALUE"),
                (#"{"Code__c":"A2","Kind__c":"wide"}"#, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
                (#"{"Code__c":"A2","Guest__c":"x"}"#, "INVALID_FIELD_FOR_INSERT_UPDATE"),
            ] {
                #expect(try await caller.post("/sobjects/Visit__c", body).body.code == code)
            }
            let priority = try await caller.post("/sobjects/Case", #"{"Priority":"Urgent"}"#)
            #expect(priority.body.code == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
            let found = try await caller.query(
                "SELECT LastName, (SELECT Guest__c, Kind__c FROM Visits__r) FROM Contact")
            let visit = found.body["records"]?.array?.first?["Visits__r"]?["records"]?.array?.first
            #expect(visit?["Guest__c"] == "Silva" && visit?["Kind__c"] == "short")
        }
    }
}
