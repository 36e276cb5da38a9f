import Foundation
import JSON
import Testing

@testable import LocalServices

/// `parameterizedSearch` on the local Salesforce.
struct SalesforceSearchTests {
    private static let path = "\(SalesforceCaller.data)/parameterizedSearch"

    private static func caller<Result: Sendable>(
        as user: SalesforceUser = .agent, _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        var configuration = SalesforceDouble.Configuration()
        configuration.records = [
            "Account": [["Name": "Silva Ltd", "Phone": "+44 20 7946 0018"]],
            "Contact": [
                ["LastName": "Silva", "Phone": "(206) 555-0142", "Email": "maria@example.net"],
                ["LastName": "Silva-Jones", "MobilePhone": "+442079460018"],
                ["LastName": "Brown", "Title": "Head of 2065550142", "Phone": "+44 (0)20 7946-0018"],
            ],
            "Lead": [["LastName": "Silva", "Company": "Own", "MobilePhone": "206.555.0142"]],
        ]
        return try await SalesforceDouble.withRunning(configuration) {
            try await body(SalesforceCaller(double: $0, token: user.token))
        }
    }

    private static let objects: JSONValue = [
        ["name": "Contact", "fields": ["Id", "LastName"]], ["name": "Lead", "fields": ["Id", "LastName"]],
        ["name": "Account", "fields": ["Id", "Name"]],
    ]

    private static func finds(_ answer: JSONValue) -> [String] {
        answer["searchRecords"]?.array?.map { ($0["LastName"] ?? $0["Name"])?.string ?? "-" } ?? []
    }

    @Test(arguments: [
        ("2065550142", "PHONE", ["Silva", "Silva"]), ("(206) 555-0142", "PHONE", ["Silva", "Silva"]),
        // Where the country code is no word of its own, the national number does not find it.
        ("2079460018", "PHONE", ["Brown", "Silva Ltd"]), ("442079460018", "PHONE", ["Silva-Jones", "Silva Ltd"]),
        ("5550142", "PHONE", ["Silva", "Silva"]), ("999", "PHONE", []), ("Silva", "PHONE", []),
        ("silva", "NAME", ["Silva", "Silva-Jones", "Silva", "Silva Ltd"]), ("maria@example.net", "EMAIL", ["Silva"]),
        ("2065550142", "ALL", ["Silva", "Brown", "Silva"]),
    ])
    func `a search finds whole words, and numbers by their digits`(
        text: String, scope: String, expected: [String]
    ) async throws {
        try await Self.caller { caller in
            let answer = try await caller.call(
                "POST", Self.path, ["q": .string(text), "in": .string(scope), "sobjects": Self.objects])
            #expect(answer.status == 200)
            #expect(Self.finds(answer.body) == expected)
            let first = answer.body["searchRecords"]?.array?.first
            #expect(first == nil || first?["attributes"]?["type"]?.string != nil && first?["Id"]?.string?.count == 18)
        }
    }

    @Test func `limits and conditions narrow it, and fields of parents are shown`() async throws {
        try await Self.caller { caller in
            let few = try await caller.call(
                "POST", Self.path, ["q": "Silva", "in": "NAME", "sobjects": Self.objects, "overallLimit": 2])
            #expect(Self.finds(few.body) == ["Silva", "Silva-Jones"])
            let one = try await caller.call(
                "POST", Self.path,
                [
                    "q": "Silva", "in": "NAME",
                    "sobjects": [
                        [
                            "name": "Contact", "fields": ["LastName", "Owner.Username"], "limit": 1,
                            "where": "MobilePhone != null",
                        ]
                    ],
                ])
            #expect(Self.finds(one.body) == ["Silva-Jones"])
            let owner = one.body["searchRecords"]?.array?.first?["Owner"]
            #expect(owner?["Username"] == "agent@example.com")
        }
    }

    @Test(
        arguments: [
            (["q": "4"], "INVALID_SEARCH"), (["q": ""], "INVALID_SEARCH"), (["q": "+-"], "INVALID_SEARCH"),
            (["in": "PHONE"], "REQUIRED_FIELD_MISSING"), (["q": "ab", "in": "FAX"], "INVALID_SEARCH"),
            (["q": "a(b"], "MALFORMED_SEARCH"), (["q": "a\"b"], "MALFORMED_SEARCH"),
            (["q": "a\\b"], "MALFORMED_SEARCH"),
            (["q": "ab", "overallLimit": 2_001], "INVALID_SEARCH"),
            (["q": "ab", "sobject": "Lead"], "JSON_PARSER_ERROR"),
            (["q": "ab", "sobjects": [["name": "Nothing"]]], "INVALID_TYPE"),
            (["q": "ab", "sobjects": [["name": "Lead", "fields": ["Nope"]]]], "INVALID_FIELD"),
            (["q": "ab", "sobjects": [["name": "Lead", "where": "Id ="]]], "MALFORMED_QUERY"),
            (["q": "ab", "sobjects": [["name": "Lead", "where": "Id = null) OR (Id != null"]]], "MALFORMED_QUERY"),
        ] as [(JSONValue, String)])
    func `what is wrong is refused`(body: JSONValue, code: String) async throws {
        try await Self.caller { caller in
            let answer = try await caller.call("POST", Self.path, body)
            #expect(answer.status == 400 && answer.body.code == code, "\(answer.body)")
            #expect(try await caller.call("GET", "\(Self.path)?q=ab").status == 405)
        }
    }

    @Test func `what a user does not see is not searched`() async throws {
        try await Self.caller(as: .integration) { caller in
            let answer = try await caller.call(
                "POST", Self.path, ["q": "ab", "sobjects": [["name": "Contact", "fields": ["Title"]]]])
            #expect(answer.body.code == "INVALID_FIELD")
            let hidden = try await caller.call("POST", Self.path, ["q": "ab", "sobjects": [["name": "Opportunity"]]])
            #expect(hidden.body.code == "INVALID_TYPE")
        }
    }

    @Test func `a new record is found once the index has it`() async throws {
        for (delay, found) in [(30.0, 0), (0.0, 1)] {
            var configuration = SalesforceDouble.Configuration()
            configuration.searchDelay = delay
            try await SalesforceDouble.withRunning(configuration) { double in
                let caller = SalesforceCaller(double: double)
                let record: JSONValue = ["LastName": "Newcomer", "Phone": "+12065550166"]
                #expect(
                    try await caller.call("POST", "\(SalesforceCaller.data)/sobjects/Contact", record).status == 201)
                let answer = try await caller.call(
                    "POST", Self.path,
                    ["q": "12065550166", "in": "PHONE", "sobjects": [["name": "Contact", "fields": ["LastName"]]]])
                #expect(answer.body["searchRecords"]?.array?.count == found)
            }
        }
    }
}
