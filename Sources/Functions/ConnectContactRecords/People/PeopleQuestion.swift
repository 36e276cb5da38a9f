import Customers
import JSON
import Salesforce
import Telephony

/// One query of a batch, and what it is about.
enum PeopleQuestion: Sendable {
    /// The people and companies that have numbers.
    case people(PeopleQuery)
    /// The owners of the people that flows knew.
    case owners(CustomerObject, ids: [String])
    /// The tasks of contacts that exist.
    case tasks(contacts: [String])
    /// The users with the agents' names.
    case users(names: [String], field: APIName)
    case statuses

    var isOfPeople: Bool { if case .people = self { true } else { false } }

    var soql: SOQL {
        switch self {
        case .people(let query): query.soql
        case .owners(let object, let ids): PeopleQuery.owners(of: ids, object)
        case .tasks(let contacts):
            "SELECT Id,Contact_Id__c,Subject FROM Task WHERE Contact_Id__c IN \(contacts)"
        case .users(let names, let field):
            "SELECT Id,\(field) FROM User WHERE IsActive = true AND \(field) IN \(names)"
        case .statuses: "SELECT ApiName,IsClosed,SortOrder FROM TaskStatus WHERE IsClosed = true"
        }
    }

    /// Returns the questions about texts, as many as their lists need.
    static func all(_ texts: [String], _ question: ([String]) -> PeopleQuestion) -> [PeopleQuestion] {
        guard !texts.isEmpty else { return [] }
        return SOQL.lists(of: texts, beside: question([]).soql, length: SOQL.lengthInList).map(question)
    }
}

extension JSONValue {
    /// Returns the text of a record's field, whatever the case of its name.
    func field(_ name: String) -> String? {
        if let value = self[name] { return value.scalarText }
        let wanted = name.lowercased()
        return object?.first { $0.key.lowercased() == wanted }?.value.scalarText
    }
}
