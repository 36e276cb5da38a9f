import Customers
import JSON
import Salesforce
import Telephony
import Testing

struct PeopleQueryTests {
    private static let fields: [CustomerObject: [APIName]] = [
        .contact: ["Phone", "MobilePhone"], .lead: ["Phone"], .account: [],
    ]

    private static func page(_ records: [JSONValue]) throws -> RecordPage {
        try #require(
            RecordPage(["totalSize": .number(records.count), "done": true, "records": .array(records)] as JSONValue))
    }

    @Test func `each object with phone fields is asked for all forms at once`() throws {
        let number = try #require(PhoneNumber("+442079460018"))
        let queries = PeopleQuery.queries(for: [number], in: Self.fields)
        #expect(queries.map(\.object) == [.contact, .lead])
        let forms = "('+442079460018','442079460018','2079460018','02079460018')"
        #expect(
            queries.map(\.soql.text) == [
                "SELECT Id,OwnerId,Owner.IsActive,Phone,MobilePhone FROM Contact WHERE (Phone IN \(forms) OR MobilePhone "
                    + "IN \(forms))",
                "SELECT Id,OwnerId,Owner.IsActive,Phone FROM Lead WHERE (Phone IN \(forms)) AND IsConverted = false",
            ])
        #expect(PeopleQuery.queries(for: [], in: Self.fields).isEmpty)
    }

    @Test func `a thousand numbers are as few queries as Salesforce takes`() throws {
        let numbers = try (0..<1000).map { try #require(PhoneNumber("+1206555\(1000 + $0)")) }
        let queries = PeopleQuery.queries(for: numbers, in: [.contact: ["Phone", "MobilePhone", "HomePhone"]])
        #expect(queries.flatMap(\.numbers) == numbers)
        let areShort = queries.allSatisfy { !SalesforceClient.isTooLong($0.soql) }
        #expect(areShort)
        #expect(queries.count <= 20)
    }

    @Test func `a record has the numbers that its fields hold, and its owner if that is an active user`() throws {
        let numbers = try ["+12065550142", "+12065550143"].map { try #require(PhoneNumber($0)) }
        let query = try #require(PeopleQuery.queries(for: numbers, in: Self.fields).first)
        let finds = query.finds(
            in: try Self.page([
                [
                    "Id": "003A", "Phone": "(206) 555-0142", "MobilePhone": "2065550143", "OwnerId": "005A",
                    "Owner": ["IsActive": true],
                ],
                ["Id": "003B", "Phone": .null, "MobilePhone": "+12065550142", "OwnerId": "005B"],
                ["Id": "003C", "Phone": "+12065550199", "OwnerId": "00GA", "Owner": ["IsActive": true]],
                ["Phone": "+12065550142"],
            ]))
        #expect(finds.map(\.id) == ["003A", "003B", "003C"])
        #expect(finds.map(\.numbers) == [Set(numbers), [numbers[0]], []])
        #expect(finds.map(\.activeOwner) == ["005A", nil, nil])
    }
}
