import Calling
import Salesforce
import Telephony

/// One look-up by number: the queries, and the search when they find nobody or take long.
struct PhoneSearch: Sendable {
    private enum Event: Sendable {
        case queries(Result<[CustomerFinds], SalesforceError>)
        /// The queries' time has passed.
        case pause
        case search(Result<[CustomerFinds], SalesforceError>)
    }

    let number: PhoneNumber
    let search: CustomerSearch
    let query: CustomerQuery
    let call: SalesforceCall

    /// Returns the records that have the number, of each object.
    ///
    /// Queries that fail, or are refused, end it, whatever the search would find.
    func finds() async throws(SalesforceError) -> [CustomerFinds] {
        guard search.searches else { return try await queried() }
        let result = await withTaskGroup(of: Event.self) { group -> Result<[CustomerFinds], SalesforceError> in
            group.addTask { .queries(await outcome(of: queried)) }
            group.addTask {
                _ = try? await search.timing.sleep(CustomerSearch.patience)
                return .pause
            }
            var queries: [CustomerFinds]?
            var found: Result<[CustomerFinds], SalesforceError>?
            var isSearching = false
            while let event = await group.next() {
                switch event {
                case .queries(.success(let finds)) where finds.match == .none: queries = finds
                case .queries(let result):
                    group.cancelAll()
                    return result
                case .search(let result): found = result
                case .pause: break
                }
                // Nobody by the search is known for sure when the queries, too, have found nobody.
                if let found, queries != nil || found.hasMatch {
                    group.cancelAll()
                    return found
                }
                if !isSearching {
                    isSearching = true
                    group.addTask { .search(await outcome(of: searched)) }
                }
            }
            return .success(queries ?? [])
        }
        return try result.get()
    }

    /// Asks for all forms of the number in all phone fields, in one request.
    private func queried() async throws(SalesforceError) -> [CustomerFinds] {
        try await search.finds(
            search.fields.objects.map { ($0, .phone(number.forms)) }, query, call
        ) { $0.hasPhone(number) }
    }

    /// Searches for the digits, and reads what is found in a second request.
    private func searched() async throws(SalesforceError) -> [CustomerFinds] {
        let objects = search.fields.objects
        let all = try await search.crm.searchPhones(
            for: number.nationalDigits, in: objects.map(\.name), limit: CustomerSearch.mostFinds, call)
        let parts = objects.compactMap { object -> (CustomerObject, CustomerQuery.Condition)? in
            let ids = all.filter { $0.object == object.rawValue }.map(\.id)
            return ids.isEmpty ? nil : (object, .ids(ids))
        }
        guard !parts.isEmpty else { return [] }
        var finds = try await search.finds(parts, query, call) { $0.hasPhone(number) }
        if all.count >= CustomerSearch.mostFinds {
            for index in finds.indices { finds[index].isCut = true }
        }
        return finds
    }

    private func outcome(
        of finds: () async throws(SalesforceError) -> [CustomerFinds]
    ) async -> Result<[CustomerFinds], SalesforceError> {
        do throws(SalesforceError) {
            return .success(try await finds())
        } catch {
            return .failure(error)
        }
    }
}

extension Result<[CustomerFinds], SalesforceError> {
    /// True when somebody was found.
    fileprivate var hasMatch: Bool {
        if case .success(let finds) = self { finds.match != .none } else { false }
    }
}
