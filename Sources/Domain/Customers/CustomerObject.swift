package import Salesforce

/// An object whose records are people or companies that call.
package enum CustomerObject: String, CaseIterable, Sendable {
    case contact = "Contact"
    case lead = "Lead"
    case account = "Account"

    package var name: APIName {
        switch self {
        case .contact: "Contact"
        case .lead: "Lead"
        case .account: "Account"
        }
    }

    /// Reads the object's name, in any case.
    package init?(parsing text: some StringProtocol) {
        guard let object = Self.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
            return nil
        }
        self = object
    }
}
