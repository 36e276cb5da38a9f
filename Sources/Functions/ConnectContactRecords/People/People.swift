import AmazonConnect
import Customers
import JSON
import Salesforce
import Telephony

/// The answers to a batch's queries.
struct People: Sendable {
    private var finds: [CustomerObject: [PhoneNumber: [PersonFind]]] = [:]
    /// The owners that are active users, by the record's id.
    private var owners: [String: String] = [:]
    private(set) var tasks: [String: TaskRow.Existing] = [:]
    /// The ids of users by the agents' names in lower case; nil inside for a name that several have.
    private var users: [String: String?] = [:]
    /// The statuses of tasks, of all pages.
    private var statuses: [JSONValue] = []

    private var unknownNumbers: Set<PhoneNumber> = []
    private var unknownOwners: Set<String> = []
    private var unknownTasks: Set<String> = []
    private var unknownUsers: Set<String> = []
    private var lacksStatus = false

    /// Takes a page of a response.
    mutating func take(_ page: RecordPage, to question: PeopleQuestion, _ knowledge: Knowledge) {
        switch question {
        case .people(let query):
            for find in query.finds(in: page) {
                for number in find.numbers { finds[query.object, default: [:]][number, default: []].append(find) }
            }
        case .owners:
            for find in page.records.compactMap(PersonFind.init) { owners[CRMID.key(find.id)] = find.activeOwner }
        case .tasks:
            for record in page.records {
                guard let contact = record.field("Contact_Id__c") else { continue }
                tasks[contact] = TaskRow.Existing(subject: record.field("Subject") ?? "")
            }
        case .users(_, let field):
            for record in page.records {
                guard let name = record.field(field.text)?.lowercased(), let id = record.field("Id") else { continue }
                // Of two users either may be the wrong one.
                users[name] = .some(users[name] == nil || users[name] == .some(id) ? id : nil)
            }
        case .statuses:
            statuses += page.records
            knowledge.keep(completedStatus: Self.completedStatus(of: statuses))
        }
    }

    /// Notes that a question got no response: what depends on it comes again.
    mutating func miss(_ question: PeopleQuestion) {
        switch question {
        case .people(let query): unknownNumbers.formUnion(query.numbers)
        case .owners(_, let ids): unknownOwners.formUnion(ids.map(CRMID.key))
        case .tasks(let contacts): unknownTasks.formUnion(contacts)
        case .users(let names, _): unknownUsers.formUnion(names.map { $0.lowercased() })
        case .statuses: lacksStatus = true
        }
    }

    /// Notes that a response has more pages than are read: a number with one match may have another.
    mutating func cut(_ question: PeopleQuestion) {
        guard case .people(let query) = question else {
            // Without an agent's user, or the best status, a task is still one.
            switch question {
            case .users, .statuses: return
            default: return miss(question)
            }
        }
        for number in query.numbers {
            // Two are enough to know that nobody is meant for certain.
            guard let find = finds[query.object]?[number]?.first else { continue }
            finds[query.object]?[number]?.append(find)
        }
    }

    /// Keeps the users that were found, for the next batches.
    func keepUsers(in knowledge: Knowledge) {
        for (name, id) in users {
            if let id { knowledge.keep(id, asUserNamed: name) }
        }
    }

    /// Returns the id of the active user with an agent's name.
    func user(named name: String) -> String? { users[name.lowercased()] ?? nil }

    /// Returns false when a question about the contact, or its task, got no response.
    func isComplete(for contact: StreamContact, _ task: TaskRow?) -> Bool {
        if let person = contact.givenPerson {
            if unknownOwners.contains(CRMID.key(person.id)), task.map({ $0.kind != .taken }) ?? false { return false }
        } else if let number = contact.number, unknownNumbers.contains(number) {
            return false
        }
        guard let task else { return true }
        if unknownTasks.contains(contact.id) { return false }
        guard task.kind == .taken else { return true }
        if let name = contact.record.agent?.username, unknownUsers.contains(name.lowercased()) { return false }
        return !lacksStatus
    }

    /// Returns the records that the contact belongs to.
    func link(of contact: StreamContact) -> PersonLink {
        if let person = contact.givenPerson {
            return PersonLink(given: person, owner: owners[CRMID.key(person.id)])
        }
        guard let number = contact.number else { return PersonLink() }
        return PersonLink(finds.compactMapValues { $0[number] })
    }

    /// The status that Salesforce's own language has, else the first closed one.
    private static func completedStatus(of records: [JSONValue]) -> String? {
        let closed = records.filter { $0["IsClosed"]?.bool == true && $0["ApiName"]?.string != nil }
        let first = closed.min { ($0["SortOrder"]?.int ?? .max) < ($1["SortOrder"]?.int ?? .max) }
        return closed.contains { $0["ApiName"]?.string == "Completed" } ? "Completed" : first?["ApiName"]?.string
    }
}
