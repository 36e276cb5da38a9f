import JSON
import Testing

@testable import switchboard

@Suite struct StoredInputTests {
    private func rules(_ validation: JSONValue, _ keys: JSONValue = [:]) throws -> StoredInput {
        let flow: JSONValue = [
            "Actions": [
                [
                    "Identifier": "it", "Type": "GetParticipantInput",
                    "Parameters": ["StoreInput": "True", "InputValidation": validation, "DTMFConfiguration": keys],
                ]
            ]
        ]
        let action = try #require(try ContactFlow(flow.bytes, named: "test")["it"])
        var contact = FlowContact(customer: nil, system: "+12065550100")
        contact.attributes["longest"] = "3"
        return try #require(StoredInput(action, contact))
    }

    @Test func `a block that stores nothing has no rules`() throws {
        let flow: JSONValue = ["Actions": [["Identifier": "it", "Parameters": ["StoreInput": "False"]]]]
        let action = try #require(try ContactFlow(flow.bytes, named: "test")["it"])
        #expect(StoredInput(action, FlowContact(customer: nil, system: "")) == nil)
    }

    @Test(arguments: [
        ("", "Timeout", 0), ("#", "Timeout", 0), ("12", "12", 0), ("12#34", "12", 2), ("1*2", "2", 0),
        ("12345", "1234", 1), ("1234#", "1234", 1), ("12*", "Timeout", 0),
    ])
    func `an input ends with a key or with its length, and a star deletes it`(
        typed: String, stored: String, ignored: Int
    ) throws {
        for longest: JSONValue in ["4", 4] {
            let rules = try rules(["CustomValidation": ["MaximumLength": longest]])
            #expect(rules.result(of: typed) == .stored(stored, ignored: ignored))
        }
    }

    @Test func `the end, the star and the length are what the block says`() throws {
        let own = try rules(
            ["CustomValidation": ["MaximumLength": "20"]],
            ["InputTerminationSequence": "*0", "DisableCancelKey": "True"])
        #expect(own.result(of: "1#2*3*05") == .stored("1#2*3", ignored: 1))
        let dynamic = try rules(["CustomValidation": ["MaximumLength": "$.Attributes['longest']"]])
        #expect(dynamic.result(of: "12345") == .stored("123", ignored: 2))
    }

    @Test(arguments: [
        ("DE", "0301234567", "+49301234567"), ("DE", "12", nil), ("US", "2065550142", "+12065550142"),
        ("US", "5550142", nil), ("XX", "2065550142", nil), ("GB", "02079460000", "+442079460000"),
    ])
    func `a national number is stored in E.164, and another is refused`(
        region: String, typed: String, stored: String?
    ) throws {
        let rules = try rules(["PhoneNumberValidation": ["NumberFormat": "Local", "CountryCode": .string(region)]])
        #expect(rules.result(of: typed) == stored.map { .stored($0, ignored: 0) } ?? .invalid)
        #expect(rules.result(of: "") == .stored("Timeout", ignored: 0))
    }

    @Test func `an international number is typed with its country code`() throws {
        let rules = try rules(["PhoneNumberValidation": ["NumberFormat": "E164"]])
        #expect(rules.result(of: "12065550142#") == .stored("+12065550142", ignored: 0))
        #expect(rules.result(of: "0301234567") == .invalid)
        #expect(rules.result(of: "123") == .invalid)
    }
}
