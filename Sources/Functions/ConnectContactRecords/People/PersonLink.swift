import Customers

/// The records of the CRM that a contact belongs to.
struct PersonLink: Sendable, Equatable {
    /// `Contact__c`, `Lead__c` and `Account__c` of the call record: the one match of each object.
    private(set) var contact: String?
    private(set) var lead: String?
    private(set) var account: String?
    /// `WhoId` of a task: the one contact, or the one lead where no contact has the number.
    private(set) var whoID: String?
    /// `WhatId` of a task: the one account, which Salesforce refuses beside a lead.
    private(set) var whatID: String?
    /// The owner of the person, else of the account, if that is a user who is active.
    private(set) var owner: String?

    /// Nobody.
    init() {}

    /// The person that the flow knew.
    init(given person: (object: CustomerObject, id: String), owner: String?) {
        switch person.object {
        case .contact: (contact, whoID) = (person.id, person.id)
        case .lead: (lead, whoID) = (person.id, person.id)
        case .account: (account, whatID) = (person.id, person.id)
        }
        self.owner = owner
    }

    /// The people and companies that have the number.
    init(_ finds: [CustomerObject: [PersonFind]]) {
        func only(_ object: CustomerObject) -> PersonFind? {
            let found = finds[object] ?? []
            return found.count == 1 ? found[0] : nil
        }
        (contact, lead, account) = (only(.contact)?.id, only(.lead)?.id, only(.account)?.id)
        let who = only(.contact) ?? ((finds[.contact] ?? []).isEmpty ? only(.lead) : nil)
        let isLead = who != nil && contact == nil
        let what = isLead ? nil : only(.account)
        (whoID, whatID) = (who?.id, what?.id)
        owner = (who ?? what)?.activeOwner
    }
}
