import JSON
import Salesforce
package import Telephony

/// A person or company of the CRM, as a look-up reads it. All of it is personal data.
package struct Customer: Sendable, Equatable {
    package let object: CustomerObject
    package let id: String
    package var firstName = ""
    package var lastName = ""
    package var name = ""
    package var email = ""
    /// The account of a contact, or the account itself; empty for a lead.
    package var account = Reference()
    package var owner = Owner()
    /// The number of open cases, as far as they are counted.
    package var openCases = 0
    /// The newest open case, or the one that was asked for.
    package var shownCase: Case?
    /// The values of the fields of `CRM_EXTRA_FIELDS`, by their names in the response.
    package var extras: [String: String] = [:]
    /// The values of its phone fields.
    package var phones: [String] = []

    package struct Reference: Sendable, Hashable {
        package var id = ""
        package var name = ""
    }

    package struct Owner: Sendable, Equatable {
        package var id = ""
        package var name = ""
        /// Empty for a queue.
        package var username = ""
        /// True for a user who is active, where that was asked for.
        package var isActiveUser = false
    }

    package struct Case: Sendable, Equatable {
        package var id = ""
        package var number = ""
        package var subject = ""
        package var status = ""
        package var priority = ""
        package var ownerUsername = ""
    }
}

extension Customer {
    /// Reads a record of `CustomerQuery`; nil for one without an id, or whose cases cannot be read.
    init?(_ record: JSONValue, of object: CustomerObject, _ fields: CustomerFields) {
        let id = record.text("Id")
        guard !id.isEmpty else { return nil }
        self.object = object
        self.id = id
        name = record.text("Name")
        if object != .account {
            (firstName, lastName, email) = (record.text("FirstName"), record.text("LastName"), record.text("Email"))
        }
        switch object {
        case .contact: account = Reference(id: record.text("AccountId"), name: record.text("Account", "Name"))
        case .account: account = Reference(id: id, name: name)
        case .lead: break
        }
        let ownerID = record.text("OwnerId")
        owner = Owner(
            id: ownerID, name: record.text("Owner", "Name"), username: record.text("Owner", "Username"),
            isActiveUser: ownerID.hasPrefix("005") && record["Owner"]?["IsActive"]?.bool == true)
        // Who has none has null there; anything else that is no page says nothing of them, and is no zero.
        if let cases = record["Cases"], cases != .null {
            guard let totalSize = cases["totalSize"]?.int, let records = cases["records"]?.array else { return nil }
            openCases = totalSize
            shownCase = records.first.map { Case($0) }
        }
        for extra in fields.extras {
            extras[extra.name] =
                if extra.object == object {
                    record.text(extra.field.text)
                } else if object == .contact, extra.object == .account {
                    record.text("Account", extra.field.text)
                } else {
                    ""
                }
        }
        phones = (fields.phones[object] ?? []).map { record.text($0.text) }
    }

    /// Returns true when one of its phone fields is the number, written with its country's calling code where that `isNeeded`.
    package func hasPhone(_ number: PhoneNumber, withCallingCode isNeeded: Bool = false) -> Bool {
        phones.contains { field in
            switch number.presence(in: field) {
            case .international: true
            case .national: !isNeeded
            case nil: false
            }
        }
    }
}

extension Customer.Case {
    init(_ record: JSONValue) {
        self.init(
            id: record.text("Id"), number: record.text("CaseNumber"), subject: record.text("Subject"),
            status: record.text("Status"), priority: record.text("Priority"),
            ownerUsername: record.text("Owner", "Username"))
    }
}

extension JSONValue {
    /// Returns the text of the member at a path of fields, found without regard to case as Salesforce reads names; empty
    /// where there is none. A value of several parts, such as an address, is its JSON.
    func text(_ path: String...) -> String {
        var value: JSONValue? = self
        for name in path { value = value?.field(name) }
        guard let value else { return "" }
        return value.scalarText ?? (value == .null ? "" : value.text)
    }

    private func field(_ name: String) -> JSONValue? {
        guard let members = object else { return nil }
        if let value = members[name] { return value }
        let wanted = name.lowercased()
        return members.first { $0.key.lowercased() == wanted }?.value
    }
}
