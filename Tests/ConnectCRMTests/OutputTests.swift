import JSON
import TestSupport
import Testing

@testable import ConnectCRM

@Suite(.takingTurns) struct OutputTests {
    private static func fixture(_ extras: [String], _ value: JSONValue, _ more: [String: JSONValue] = [:]) throws
        -> CRMFixture
    {
        let variables = ["CRM_EXTRA_FIELDS": extras.map { "Contact.\($0)" }.joined(separator: ",")]
        return try CRMFixture(variables) { call, _ in
            guard case .object(var maria) = CRMFixture.maria else { return .hang }
            for name in extras { maria[name] = value }
            return CRMFixture.people(call, ["Contact": [.object(maria.merging(more) { $1 })]])
        }
    }

    private static func size(_ fields: [String: String]) -> Int {
        JSONValue.object(fields.mapValues(JSONValue.string)).bytes.count
    }

    @Test func `long texts are cut at 1,000 characters`() async throws {
        let long = JSONValue.string(String(repeating: "ä", count: 5_000))
        let fixture = try Self.fixture(["Note__c"], long, ["Name": long])
        let found = try await fixture.lookup()
        #expect(found["Contact_Note__c"]?.count == 1_000 && found["name"]?.count == 1_000)
        // One character to people, any number of scalars.
        let marks = JSONValue.string("a" + String(repeating: "\u{301}", count: 100_000))
        let marked = try await Self.fixture(["Note__c"], marks).lookup()
        #expect(marked["Contact_Note__c"]?.unicodeScalars.count == 1_000)
    }

    @Test(arguments: ["🧑", "\u{1}", "\"", "x"]) func `an answer is under 32 KB, whatever the extra fields hold`(
        text: String
    )
        async throws
    {
        let names = (0..<60).map { "F\($0)__c" }
        let found = try await Self.fixture(names, .string(String(repeating: text, count: 2_000))).lookup()
        #expect(Self.size(found) < 32 * 1024 && found.count == 80)
        #expect(found["lastName"] == "Silva" && found["caseSubject"] == "Late")
        // As much as fits is told.
        #expect(Self.size(found) > 25_000)
    }

    @Test func `the longest extra fields are cut first`() async throws {
        let names = (0..<40).map { "F\($0)__c" }
        let fixture = try Self.fixture(names, .string(String(repeating: "x", count: 2_000)), ["F7__c": "short"])
        let found = try await fixture.lookup()
        #expect(found["Contact_F7__c"] == "short")
        let lengths = Set(names.compactMap { found["Contact_\($0)"]?.count })
        #expect(lengths.count == 2 && (lengths.max() ?? 0) > 700)
    }

    @Test func `own fields that are too long are cut too`() async throws {
        let long = JSONValue.string(String(repeating: "\u{1}", count: 1_000))
        let own = ["Name", "FirstName", "LastName", "Email", "OwnerId", "AccountId", "Id"]
        let found = try await Self.fixture(
            ["Note__c"], long, Dictionary(uniqueKeysWithValues: own.map { ($0, long) })
        ).lookup()
        #expect(Self.size(found) < 32 * 1024 && found["status"] == "found" && found["matches"] == "1")
    }

    @Test(
        arguments: [
            (true, "true"), (.number("12.50"), "12.50"), (.null, ""), ("", ""), (["city": "Ulm"], #"{"city":"Ulm"}"#),
        ] as [(JSONValue, String)]) func `a value of any type is a string`(value: JSONValue, text: String) async throws
    {
        #expect(try await Self.fixture(["Note__c"], value).lookup()["Contact_Note__c"] == text)
    }
}
