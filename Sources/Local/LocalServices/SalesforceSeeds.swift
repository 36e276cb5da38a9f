/// What is in the local Salesforce at the start.
package enum SalesforceSeeds {
    /// Leads and accounts, by object.
    package static let records: [String: [[String: JSONValue]]] = [
        "Lead": [
            lead("Casey", "Converted", "Old Ltd", "casey@example.net", "2024-01-02T08:00:00.000+0000", converted: true),
            lead("Other", "Owner", "Elsewhere", "other@example.net", "2024-01-03T08:00:00.000+0000", of: .plain)
                .merging(["Email": .null]) { $1 },
            lead("Testing", "C", "Test", "mytest@email.com", "2024-02-01T09:30:00.000+0000"),
            lead("Ana", "Núñez", "Peña & Hijos", "ana@example.net", "2024-03-10T10:00:00.000+0000"),
            lead("Seán", "O'Brien", "O'Brien <Tools>", "sean@example.net", "2024-04-11T11:00:00.000+0000"),
            lead("Grace", "Hopper", "Compilers Inc", "grace@example.net", "2024-05-12T12:00:00.000+0000"),
            lead("Alan", "Turing", "Bletchley", "alan@example.net", "2024-06-13T13:00:00.000+0000"),
        ],
        "Account": [
            account("Acme", "+4930123456", "030123456"), account("Globex", "(415) 555-0100", "4155550100"),
            account("Initech", "+44 20 7946 0000", "442079460000"), account("Initech UK", "+44 20 7946 0000", nil),
        ],
    ]

    private static func lead(
        _ first: String, _ last: String, _ company: String, _ email: String, _ created: String,
        of owner: SalesforceUser = .agent, converted: Bool = false
    ) -> [String: JSONValue] {
        [
            "FirstName": .string(first), "LastName": .string(last), "Company": .string(company),
            "Email": .string(email), "CreatedDate": .string(created), "OwnerId": .string(owner.id),
            "IsConverted": .bool(converted), "Status": .string("Open - Not Contacted"),
        ]
    }

    private static func account(_ name: String, _ phone: String, _ digits: String?) -> [String: JSONValue] {
        [
            "Name": .string(name), "Phone": .string(phone),
            "Phone_Number_Without_Format__c": digits.map(JSONValue.string) ?? .null,
            "OwnerId": .string(SalesforceUser.agent.id), "CreatedDate": .string("2023-05-05T05:05:05.000+0000"),
        ]
    }
}
