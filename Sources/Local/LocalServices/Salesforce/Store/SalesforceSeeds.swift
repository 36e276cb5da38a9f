import Foundation
package import JSON

/// The initial records of the local Salesforce.
package enum SalesforceSeeds {
    static let leadQueue = "00G5f0000000001AAA"
    /// The id in Amazon Connect of the user `agent`.
    static let agentID = "5a7e1c02-6b1d-4c0e-9d57-2f1f3f6a8e10"
    static let caseQueue = "00G5f0000000002AAA"

    /// The values of a task's Status in an org that was made in English, in their order; Completed is the closed one.
    private static let taskStatuses: [[String: JSONValue]] = {
        let names = ["Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"]
        return names.enumerated().map { place, name -> [String: JSONValue] in
            [
                "Id": .string("01T5f000000000\(place + 1)AAA"), "ApiName": .string(name), "MasterLabel": .string(name),
                "IsClosed": .bool(name == "Completed"), "IsDefault": .bool(place == 0), "SortOrder": .number(place + 1),
                "CreatedDate": "2023-01-01T00:00:00.000+0000",
            ]
        }
    }()

    /// The org's users, queues and statuses of tasks, which are there whatever other records are.
    static let people: [String: [[String: JSONValue]]] = [
        "User": SalesforceUser.allCases.map { user in
            [
                "Id": .string(user.id), "Username": .string(user.name), "Email": .string(user.name),
                "FirstName": "Local", "LastName": .string(user.rawValue.capitalized), "IsActive": true,
                "Alias": .string(String(user.rawValue.prefix(8))), "FederationIdentifier": .string(user.rawValue),
                "CreatedDate": "2023-01-01T00:00:00.000+0000",
                // The agent is one in Amazon Connect, too.
                "Connect_Agent_Id__c": user == .agent ? .string(agentID) : .null,
            ]
        },
        "Group": [(leadQueue, "Leads"), (caseQueue, "Cases")].map { id, name in
            [
                "Id": .string(id), "Name": .string(name), "DeveloperName": .string(name), "Type": "Queue",
                "CreatedDate": "2023-01-01T00:00:00.000+0000",
            ]
        },
        "TaskStatus": taskStatuses,
    ]

    /// Leads and accounts, by object. The accounts' numbers are in the forms that people use: E.164, with and without
    /// plus, national with and without trunk prefix, with punctuation; two accounts share one.
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
            account("Soylent", "+12125550123", nil), account("Vandelay", "312-555-0188", "3125550188"),
            account("Hooli India", "+91 98765 43210", "9876543210"), account("Pied Piper India", "09812345678", nil),
            account("Umbrella UK", "02079460123", nil), account("Wonka UK", "+44 20 7946 0456", "2079460456"),
            // Both have the number +442079460000.
            account("Initech", "+44 20 7946 0000", "442079460000"), account("Initech UK", "+442079460000", nil),
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
