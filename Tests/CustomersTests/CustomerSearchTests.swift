import Calling
import JSON
import LocalServices
import Salesforce
import Settings
import Telephony
import TestSupport
import Testing

@testable import Customers

/// Look-ups with the local Salesforce, whose pages have three records.
@Suite(.takingTurns) struct CustomerSearchTests {
    private static let number = "+12065550160"

    /// Looks up the number that so many contacts of an account have; returns the match, and the requests it took.
    private func match(
        _ count: Int, accounts: [String] = ["0015f00000DOEHHAA2"], written: String = number
    ) async throws -> (match: CustomerMatch, requests: Int) {
        var configuration = SalesforceDouble.Configuration()
        configuration.records = [
            "Account": accounts.map { ["Id": .string($0), "Name": "Doe"] },
            "Contact": (0..<count).map { index in
                [
                    "LastName": .string("Doe \(index)"), "Phone": .string(written),
                    "AccountId": .string(accounts[index % accounts.count]),
                ]
            },
        ]
        configuration.additions = [
            try SalesforceAddition([
                "objects": [
                    "Contact": [
                        "fields": [
                            "Phone": "phone", "MobilePhone": "phone", "HomePhone": "phone", "OtherPhone": "phone",
                            "Email": "email", "AccountId": "Account",
                        ]
                    ], "Lead": ["fields": ["Phone": "phone", "MobilePhone": "phone", "Email": "email"]],
                    "Account": ["fields": ["Phone": "phone"]],
                    "Case": [
                        "fields": [
                            "Subject": "text", "Priority": "text", "ContactId": "Contact", "AccountId": "Account",
                        ]
                    ],
                ]
            ])
        ]
        return try await SalesforceDouble.withRunning(configuration) { crm in
            let salesforce = try Environment(crm.environment).read(SalesforceConfiguration.variable)
            let search = CustomerSearch(
                fields: CustomerFields(), crm: SalesforceClient(configuration: salesforce))
            let number = try #require(PhoneNumber(Self.number))
            let match = try await search.customer(with: number, SalesforceCall(deadline: .now + .seconds(8)))
            return (match, await crm.org.requests.count { !$0.path.hasPrefix("/services/oauth2") })
        }
    }

    @Test func `people on further pages count, and their account is known while requests are left`() async throws {
        let five = try await match(5)
        guard case .ambiguous(let several) = five.match else {
            Issue.record("\(five.match)")
            return
        }
        #expect(several.count == 5 && several.account?.name == "Doe" && five.requests == 2)
        let twelve = try await match(12)
        guard case .ambiguous(let many) = twelve.match else {
            Issue.record("\(twelve.match)")
            return
        }
        // The last page was not read: somebody there may belong elsewhere.
        #expect(many.count == 12 && many.account == nil && twelve.requests == 3)
    }

    @Test func `people of several accounts share none`() async throws {
        let found = try await match(2, accounts: ["0015f00000DOEHHAA2", "0015f00000SHAREAAZ"])
        guard case .ambiguous(let several) = found.match else {
            Issue.record("\(found.match)")
            return
        }
        #expect(several.count == 2 && several.account == nil && several.object == .contact)
    }

    @Test(arguments: ["+1 (206) 555-0160", "206.555.0160", "1-206-555-0160", "011 1 206 555 0160"])
    func `a number in another form is found by the search`(written: String) async throws {
        let found = try await match(1, written: written)
        #expect(found.match.customer?.lastName == "Doe 0" && found.requests == 3)
    }
}
