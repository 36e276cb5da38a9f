package import Calling
package import Salesforce
package import Telephony

/// Looks customers up for a caller who waits: in at most three requests, sign-ins apart.
package struct CustomerSearch: Sendable {
    /// The most requests of one look-up.
    private static let mostRequests = 3
    /// The time that queries have before the search begins beside them: phone fields have no index, and a large org scans.
    static let patience = Duration.seconds(1)
    /// The most records that the search finds.
    static let mostFinds = 20
    /// The digits of a case's number, which Salesforce writes with zeros in front.
    private static let caseDigits = 8

    let fields: CustomerFields
    /// `CRM_SEARCH`.
    let searches: Bool
    let crm: SalesforceClient
    let timing: CallTiming

    package init(
        fields: CustomerFields, searches: Bool = true, crm: SalesforceClient, timing: CallTiming = CallTiming()
    ) {
        self.fields = fields
        self.searches = searches
        self.crm = crm
        self.timing = timing
    }

    /// The callers to whom a case is told.
    package enum CaseAccess: Sendable {
        case anyone
        /// Callers whose number, with its country's calling code, is in a phone field of the case's person or account.
        case caller(PhoneNumber?)
    }

    /// Looks for the people and companies with a number: by the forms that fields may have it in, then by the search.
    ///
    /// - Parameter readsOwnersState: True to read whether the owner is an active user, too.
    package func customer(
        with number: PhoneNumber, readsOwnersState: Bool = false, _ call: SalesforceCall
    ) async throws(SalesforceError) -> CustomerMatch {
        let search = PhoneSearch(
            number: number, search: self, query: CustomerQuery(fields: fields, readsOwnersState: readsOwnersState),
            call: try await begun(call))
        return try await search.finds().match
    }

    /// Looks for the people with an e-mail address; accounts have none.
    package func customer(
        withEmail address: String, _ call: SalesforceCall
    ) async throws(SalesforceError) -> CustomerMatch {
        let objects = fields.objects.filter { $0 != .account }
        guard !objects.isEmpty else { return .none }
        let call = try await begun(call)
        return try await finds(objects.map { ($0, .email(address)) }, CustomerQuery(fields: fields), call) { _ in true }
            .match
    }

    /// Looks for a case, open or closed, by its number as keyed, and for the person it belongs to, or else the account.
    package func customer(
        ofCase number: String, for access: CaseAccess, _ call: SalesforceCall
    ) async throws(SalesforceError) -> CustomerMatch {
        var caller: PhoneNumber?
        if case .caller(let number) = access {
            guard let number else { return .none }
            caller = number
        }
        let call = try await begun(call)
        let padded = String(repeating: "0", count: max(0, Self.caseDigits - number.utf8.count)) + number
        let numbers = padded == number ? [number] : [number, padded]
        let page = try await crm.composite([.query(CustomerQuery.cases(numbers), as: "cases")], call)[0].records()
        let records = numbers.compactMap { number in page.records.first { $0.text("CaseNumber") == number } }
        guard let record = records.first else { return .none }
        let (contact, account) = (record.text("ContactId"), record.text("AccountId"))
        var parts: [(CustomerObject, CustomerQuery.Condition)] = []
        if !contact.isEmpty { parts.append((.contact, .ids([contact]))) }
        if !account.isEmpty, contact.isEmpty || caller != nil { parts.append((.account, .ids([account]))) }
        guard !parts.isEmpty else { return .none }
        let finds = try await finds(parts, CustomerQuery(fields: fields), call) { _ in true }
        guard var customer = finds.flatMap(\.customers).first,
            customer.object == .contact || contact.isEmpty,
            caller.map({ caller in
                finds.flatMap(\.customers).contains { $0.hasPhone(caller, withCallingCode: true) }
            }) ?? true
        else { return .none }
        customer.shownCase = Customer.Case(record)
        return .found(customer)
    }

    /// Returns the call under a budget of its own, signed in.
    private func begun(_ call: SalesforceCall) async throws(SalesforceError) -> SalesforceCall {
        var call = call
        call.budget = RequestBudget(Self.mostRequests)
        try await crm.signIn(for: call)
        return call
    }

    /// Asks for records of several objects in one request.
    func finds(
        _ parts: [(object: CustomerObject, condition: CustomerQuery.Condition)], _ query: CustomerQuery,
        _ call: SalesforceCall, where isMeant: @Sendable (Customer) -> Bool
    ) async throws(SalesforceError) -> [CustomerFinds] {
        let answers = try await crm.composite(
            parts.map { .query(query.soql($0.object, $0.condition), as: $0.object.name) }, call)
        var finds: [CustomerFinds] = []
        for (part, answer) in zip(parts, answers) {
            var page = try answer.records()
            var customers = try customers(of: page, part.object)
            // Further pages matter for the object that counts alone, and only while requests are left.
            while let next = page.next, finds.match == .none, call.budget?.isUsedUp == false, !page.records.isEmpty {
                page = try await crm.page(at: next, call)
                customers += try self.customers(of: page, part.object)
            }
            finds.append(
                CustomerFinds(
                    customers, unread: max(0, page.totalSize - customers.count), of: part.object, where: isMeant))
        }
        return finds
    }

    private func customers(of page: RecordPage, _ object: CustomerObject) throws(SalesforceError) -> [Customer] {
        let customers = page.records.compactMap { Customer($0, of: object, fields) }
        guard customers.count == page.records.count else {
            throw SalesforceError(
                .unreadable, .refused, action: "query", detail: "a record has no Id, or unreadable cases")
        }
        return customers
    }
}
