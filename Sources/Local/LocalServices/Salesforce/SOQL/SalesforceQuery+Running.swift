import JSON

extension SalesforceQuery {
    /// Returns the selected fields of the matching records; a subquery's result is whole, and null without records.
    func run(
        on store: SalesforceStore, as user: SalesforceUser, base: String
    ) throws(SalesforceFailure) -> [JSONValue] {
        var shown: [JSONValue] = []
        for record in matches(in: store, as: user) {
            var members = Dictionary(uniqueKeysWithValues: fields.map { ($0, record[$0] ?? JSONValue.null) })
            members["attributes"] = SalesforceStore.attributes(record, of: object, base: base)
            for child in children {
                let id = record["Id"]?.string ?? ""
                let query = child.query.limited(to: child.relationship.field, id)
                let found = try query.run(on: store, as: user, base: base)
                members[child.relationship.name] =
                    found.isEmpty ? .null : SalesforceCursor.result(found[...], of: found.count)
            }
            shown.append(.object(members))
        }
        return shown
    }

    private func limited(to field: String, _ id: String) -> SalesforceQuery {
        let parent = Condition.compare(field: field, .equal, .text(id))
        return SalesforceQuery(
            object: object, fields: fields, children: children, isMine: isMine,
            condition: .all([parent] + (condition.map { [$0] } ?? [])), orders: orders, limit: limit)
    }

    private func matches(in store: SalesforceStore, as user: SalesforceUser) -> [[String: JSONValue]] {
        var found = (store.records[object.name] ?? []).filter { record in
            (!isMine || record["OwnerId"] == .string(user.id)) && (condition.map { Self.holds($0, record) } ?? true)
        }
        for order in orders.reversed() {
            // Swift's sort is stable, so sorting by the last field first leaves the first field's order on top.
            found.sort { Self.comes($0[order.field] ?? .null, before: $1[order.field] ?? .null, order) }
        }
        return Array(found.prefix(limit ?? .max))
    }

    private static func comes(_ left: JSONValue, before right: JSONValue, _ order: Order) -> Bool {
        if left == .null || right == .null {
            guard left != right else { return false }
            return (left == .null) == (order.nullsFirst ?? !order.isDescending)
        }
        guard let ascending = isLess(left, right), let descending = isLess(right, left) else { return false }
        return order.isDescending ? descending : ascending
    }

    private static func isLess(_ left: JSONValue, _ right: JSONValue) -> Bool? {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.lowercased() < right.lowercased()
        case (.bool(let left), .bool(let right)): !left && right
        default: left.double.flatMap { left in right.double.map { left < $0 } }
        }
    }

    // MARK: Conditions

    private static func holds(_ condition: Condition, _ record: [String: JSONValue]) -> Bool {
        switch condition {
        case .compare(let field, let comparison, let literal):
            return holds(record[field] ?? .null, comparison, literal)
        case .isIn(let field, let literals):
            return literals.contains { holds(record[field] ?? .null, .equal, $0) }
        case .not(let inner): return !holds(inner, record)
        case .all(let inner): return inner.allSatisfy { holds($0, record) }
        case .any(let inner): return inner.contains { holds($0, record) }
        }
    }

    private static func holds(_ value: JSONValue, _ comparison: Operator, _ literal: Literal) -> Bool {
        switch comparison {
        case .equal: return isEqual(value, literal)
        case .unequal: return !isEqual(value, literal)
        case .like:
            guard case .text(let pattern) = literal, let text = value.string else { return false }
            return matches(Array(text.lowercased()), Array(pattern.lowercased()))
        case .less: return isLess(value, literal.json) ?? false
        case .lessOrEqual: return (isLess(value, literal.json) ?? false) || isEqual(value, literal)
        case .greater: return isLess(literal.json, value) ?? false
        case .greaterOrEqual: return (isLess(literal.json, value) ?? false) || isEqual(value, literal)
        }
    }

    private static func isEqual(_ value: JSONValue, _ literal: Literal) -> Bool {
        switch (value, literal) {
        case (.string(let text), .text(let other)): text.lowercased() == other.lowercased()
        case (.null, .text(let other)): other.isEmpty
        default: value == literal.json || value.double != nil && value.double == literal.json.double
        }
    }

    /// Returns true when LIKE's pattern matches: `%` any characters, `_` one; the lexer has marked the escaped ones.
    private static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        var reachable = Set([0])
        for character in pattern {
            switch character {
            case "%": reachable = reachable.min().map { Set($0...text.count) } ?? []
            case "_": reachable = Set(reachable.filter { $0 < text.count }.map { $0 + 1 })
            default:
                let plain = SalesforceQueryLexer.unmarked(character)
                reachable = Set(reachable.filter { $0 < text.count && text[$0] == plain }.map { $0 + 1 })
            }
        }
        return reachable.contains(text.count)
    }
}

extension SalesforceQuery.Literal {
    fileprivate var json: JSONValue {
        switch self {
        case .text(let text), .dateTime(let text): .string(text)
        case .number(let number): .number("\(number)")
        case .bool(let value): .bool(value)
        case .null: .null
        }
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        if case .number(let digits) = self { Double(digits) } else { nil }
    }
}
