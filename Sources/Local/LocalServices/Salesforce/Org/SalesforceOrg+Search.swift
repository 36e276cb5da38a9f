import Foundation
import JSON

/// `POST /parameterizedSearch` ("Search with Parameters" in the REST API Developer Guide); GET is left out.
extension SalesforceOrg {
    private static let members: Set = [
        "q", "in", "fields", "sobjects", "overallLimit", "defaultLimit", "offset", "spellCorrection", "metadata",
    ]
    private static let searchable = ["Contact", "Lead", "Account", "Case", "User", "Opportunity", "Task"]

    /// Returns the finds, object by object in the order asked for.
    func search(_ call: DataCall, _ user: SalesforceUser) throws(SalesforceFailure) -> JSONValue {
        let members = try call.object()
        try Self.checkMembers(members, Self.members)
        guard let text = members["q"]?.string else {
            throw SalesforceFailure("REQUIRED_FIELD_MISSING", "q is missing", fields: ["q"])
        }
        let terms = try SearchTerms(text)
        guard let scope = SearchTerms.Scope(rawValue: (members["in"]?.string ?? "ALL").uppercased()) else {
            throw SalesforceFailure("INVALID_SEARCH", "The scope is none of ALL, NAME, EMAIL, PHONE, SIDEBAR")
        }
        let overall = try Self.limit(members["overallLimit"], or: 2_000)
        let each = try Self.limit(members["defaultLimit"], or: overall)
        var found: [JSONValue] = []
        for target in try targets(members, user) {
            guard found.count < overall else { break }
            let limit = try Self.limit(target.limit, or: each)
            let finds = try self.finds(of: terms, in: scope, target, call, user)
            found += finds.prefix(min(limit, overall - found.count))
        }
        return .object(["searchRecords": .array(found)])
    }

    /// One object of a search.
    private struct Target {
        let object: SalesforceSchema.Object
        let paths: [SalesforcePath]
        let condition: SalesforceQuery.Condition?
        let limit: JSONValue?
    }

    private func targets(
        _ members: [String: JSONValue], _ user: SalesforceUser
    ) throws(SalesforceFailure) -> [Target] {
        let named = members["sobjects"]?.array
        let all = named ?? Self.searchable.map { ["name": .string($0)] }
        var targets: [Target] = []
        for target in all {
            let inner = target.object ?? [:]
            try Self.checkMembers(inner, ["name", "fields", "where", "limit", "orderBy"])
            let name = inner["name"]?.string ?? ""
            guard let object = store.object(name).flatMap(user.rights.visible) else {
                if named == nil { continue }
                throw SalesforceFailure("INVALID_TYPE", "sObject type '\(name)' is not supported.")
            }
            let names = (inner["fields"] ?? members["fields"] ?? ["Id"]).array?.compactMap(\.string) ?? []
            var paths: [SalesforcePath] = []
            for name in names {
                let parser = try SalesforceQueryParser(name, store.objects, user.rights)
                paths.append(try parser.path(name, of: object, at: 0))
            }
            var condition: SalesforceQuery.Condition?
            if let text = inner["where"]?.string {
                var parser = try SalesforceQueryParser(text, store.objects, user.rights)
                condition = try parser.conditions(alone: object)
            }
            targets.append(Target(object: object, paths: paths, condition: condition, limit: inner["limit"]))
        }
        return targets
    }

    private func finds(
        of terms: SearchTerms, in scope: SearchTerms.Scope, _ target: Target, _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> [JSONValue] {
        let object = store.object(target.object.name) ?? target.object
        let seeded = store.seeded[object.name] ?? 0
        let newest = SalesforceStore.text(of: configuration.now().addingTimeInterval(-configuration.searchDelay))
        return (store.records[object.name] ?? []).enumerated().compactMap { place, record in
            // A record that was just created is not in the index yet.
            guard place < seeded || record["CreatedDate"]?.string ?? "" <= newest else { return nil }
            guard store.sees(user, record, of: object.name) else { return nil }
            let whole = store.computed(record, object)
            guard
                terms.match(whole, object.fields, in: scope),
                target.condition.map({ SalesforceQuery.holds($0, whole, store) }) ?? true
            else { return nil }
            return .object(store.selected(target.paths, of: whole, object, base: call.base))
        }
    }

    private static func limit(_ value: JSONValue?, or other: Int) throws(SalesforceFailure) -> Int {
        guard let value else { return other }
        guard let limit = value.int, 1...2_000 ~= limit else {
            throw SalesforceFailure("INVALID_SEARCH", "A limit is not from 1 to 2000: \(value.text)")
        }
        return limit
    }
}
