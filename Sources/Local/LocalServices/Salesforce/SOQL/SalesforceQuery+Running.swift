import JSON

extension SalesforceQuery {
    /// Returns the selected fields of the matching records; a subquery's result is whole, and null without records.
    func run(
        on store: SalesforceStore, as user: SalesforceUser, base: String
    ) throws(SalesforceFailure) -> [JSONValue] {
        var shown: [JSONValue] = []
        for record in matches(in: store, as: user) {
            var members = store.selected(fields, of: record, object, base: base)
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
        let reference = SalesforceSchema.Field(name: field, kind: .id)
        let parent = Condition.compare(field: SalesforcePath(reference), .equal, .text(id))
        return SalesforceQuery(
            object: object, fields: fields, children: children, isMine: isMine,
            condition: .all([parent] + (condition.map { [$0] } ?? [])), orders: orders, limit: limit)
    }

    private func matches(in store: SalesforceStore, as user: SalesforceUser) -> [[String: JSONValue]] {
        // Formulas are of the user's view of the object, which may be without them.
        let whole = store.object(object.name) ?? object
        var found = (store.records[object.name] ?? []).map { store.computed($0, whole) }.filter { record in
            (!isMine || record["OwnerId"] == .string(user.id)) && store.sees(user, record, of: object.name)
                && (condition.map { Self.holds($0, record, store) } ?? true)
        }
        for order in orders.reversed() {
            // Swift's sort is stable, so sorting by the last field first leaves the first field's order on top.
            found.sort {
                Self.comes(store.value(order.field, of: $0), before: store.value(order.field, of: $1), order)
            }
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

    static func holds(
        _ condition: Condition, _ record: [String: JSONValue], _ store: SalesforceStore
    ) -> Bool {
        switch condition {
        case .compare(let path, let comparison, let literal):
            return holds(store.value(path, of: record), comparison, literal, path.field)
        case .isIn(let path, let literals):
            let value = store.value(path, of: record)
            return literals.contains { holds(value, .equal, $0, path.field) }
        case .not(let inner): return !holds(inner, record, store)
        case .all(let inner): return inner.allSatisfy { holds($0, record, store) }
        case .any(let inner): return inner.contains { holds($0, record, store) }
        }
    }

    private static func holds(
        _ value: JSONValue, _ comparison: Operator, _ literal: Literal, _ field: SalesforceSchema.Field
    ) -> Bool {
        switch comparison {
        case .equal: return isEqual(value, literal, field)
        case .unequal: return !isEqual(value, literal, field)
        case .like:
            guard case .text(let pattern) = literal, let text = value.string else { return false }
            return matches(Array(text.lowercased()), Array(pattern.lowercased()))
        case .less: return isLess(value, literal.json) ?? false
        case .lessOrEqual: return (isLess(value, literal.json) ?? false) || isEqual(value, literal, field)
        case .greater: return isLess(literal.json, value) ?? false
        case .greaterOrEqual: return (isLess(literal.json, value) ?? false) || isEqual(value, literal, field)
        }
    }

    private static func isEqual(
        _ value: JSONValue, _ literal: Literal, _ field: SalesforceSchema.Field
    ) -> Bool {
        if field.typeName == "id", case .string(let id) = value, case .text(let other) = literal {
            return SalesforceID.isEqual(id, other)
        }
        switch (value, literal) {
        case (.string(let text), .text(let other)): return text.lowercased() == other.lowercased()
        case (.null, .text(let other)): return other.isEmpty
        default: return value == literal.json || value.double != nil && value.double == literal.json.double
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
        case .text(let text), .dateTime(let text), .date(let text): .string(text)
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
