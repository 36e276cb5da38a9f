/// The result of a look-up.
package enum CustomerMatch: Sendable, Equatable {
    case found(Customer)
    /// Several records of the preferred object are meant: none is named, since any may be the wrong one.
    case ambiguous(Several)
    case none

    /// The records that a look-up cannot tell apart.
    package struct Several: Sendable, Equatable {
        package let object: CustomerObject
        package let count: Int
        /// The account that all of them have; nil when they have several, or one of them has none.
        package let account: Customer.Reference?
    }

    /// The customer; nil unless there is exactly one.
    package var customer: Customer? {
        if case .found(let customer) = self { customer } else { nil }
    }
}

/// The records that a query of one object found.
struct CustomerFinds: Sendable {
    let object: CustomerObject
    private(set) var customers: [Customer] = []
    /// The number of records that match and were not read.
    private(set) var unread = 0
    /// True when there may be further records, which were not told of.
    var isCut = false

    /// Takes the records that `isMeant` returns true for, each once.
    init(_ records: [Customer], unread: Int, of object: CustomerObject, where isMeant: (Customer) -> Bool) {
        self.object = object
        self.unread = unread
        var seen: Set<String> = []
        for customer in records where isMeant(customer) && seen.insert(customer.id).inserted {
            customers.append(customer)
        }
    }

    /// The account that all of them share.
    private var account: Customer.Reference? {
        guard !isCut, unread == 0, customers.count < CustomerQuery.limit, let first = customers.first?.account,
            !first.id.isEmpty,
            customers.allSatisfy({ $0.account.id == first.id })
        else { return nil }
        return first
    }

    /// The match of these records alone.
    var match: CustomerMatch {
        let count = customers.count + unread
        guard let first = customers.first else { return .none }
        return count == 1 ? .found(first) : .ambiguous(.init(object: object, count: count, account: account))
    }
}

extension [CustomerFinds] {
    /// The match of the first object that was found, in order of preference.
    var match: CustomerMatch {
        first { !$0.customers.isEmpty }?.match ?? .none
    }
}
