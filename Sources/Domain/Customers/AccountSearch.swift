import Calling
package import Salesforce
package import Telephony

/// Finds the account whose phone number a customer called from.
package struct AccountSearch: Sendable {
    /// The result of a search; the raw values are those that the flow receives.
    package enum Match: Sendable, Equatable {
        case matched(id: String)
        case none
        /// Several accounts have the number: none of them is linked, since any may be the wrong one.
        case ambiguous

        package var text: String {
            switch self {
            case .matched: "matched"
            case .none: "none"
            case .ambiguous: "ambiguous"
            }
        }

        /// The account to link; nil unless there is exactly one.
        package var id: String? {
            if case .matched(let id) = self { id } else { nil }
        }
    }

    private let fields: [APIName]
    private let crm: SalesforceClient

    /// - Parameter fields: The account's fields that may hold the number.
    package init(fields: [APIName], crm: SalesforceClient) {
        self.fields = fields
        self.crm = crm
    }

    /// Asks once for all forms of the number in all fields; not at all when there is no number.
    package func account(of number: PhoneNumber?, _ call: SalesforceCall) async throws(SalesforceError) -> Match {
        guard let number, !fields.isEmpty else { return .none }
        let answer = try await crm.query(query(for: number.forms), limit: 2, call)
        guard let accounts = try? answer.decoded(Account.self) else {
            throw SalesforceError(.unreadable, .refused, action: "query", detail: "an account has no Id")
        }
        let ids = Set(accounts.map(\.Id))
        return ids.count > 1 ? .ambiguous : ids.first.map { .matched(id: $0) } ?? .none
    }

    /// Returns `SELECT Id FROM Account WHERE Phone IN ('…','…') OR … LIMIT 2`: two rows are enough to know that it is
    /// ambiguous.
    func query(for numbers: [String]) -> SOQL {
        var text = SOQL.StringInterpolation(literalCapacity: 64, interpolationCount: fields.count * 2)
        text.appendLiteral("SELECT Id FROM Account WHERE ")
        text.append(fields, in: numbers)
        text.appendLiteral(" LIMIT 2")
        return SOQL(stringInterpolation: text)
    }

    private struct Account: Decodable {
        let Id: String
    }
}
