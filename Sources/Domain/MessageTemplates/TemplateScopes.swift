import JSON

/// The scopes that are open, innermost last, and the values that names have in them.
///
/// A search from the innermost outward would cost the depth at each name. Instead a small scope sets the values of its
/// names when it is entered, as local variables would be, so that a name is found at once. A large one, which a template
/// may enter time and again, is searched; there are few of them, since together they have no more members than the data.
/// A scope is small up to the root of that number of members: then neither side costs more than the root.
struct TemplateScopes {
    /// A value, and the scope that has it.
    struct Found {
        let value: JSONValue
        let scope: TemplateScope
        fileprivate let depth: Int
    }

    private struct Open {
        let scope: TemplateScope
        let isLarge: Bool
        /// The place among the large scopes, and the depth, that the scope had before it was entered again.
        var former: (place: Int, depth: Int)?
    }

    private let template: TemplateSteps
    private let largest: Int
    private var open: [Open] = []
    /// The values set by small scopes, by the index of their name; the innermost is last.
    private var values: [[Found]]
    /// The large scopes, each once, by the depth at which it was entered last.
    private var large: [(scope: TemplateScope, depth: Int)] = []

    /// Begins with the fields of the event.
    init(_ fields: [String: JSONValue], of template: TemplateSteps) {
        self.template = template
        let members = JSONValue.object(fields).memberCount
        largest = max(16, Int(Double(members).squareRoot()))
        values = Array(repeating: [], count: template.names.count)
        enter(TemplateScope(fields))
    }

    mutating func enter(_ scope: TemplateScope) {
        let depth = open.count
        guard scope.members.count > largest else {
            for (name, value) in scope.members where value != .null {
                guard let index = template.indexes[name] else { continue }
                values[index].append(Found(value: value, scope: scope, depth: depth))
            }
            open.append(Open(scope: scope, isLarge: false))
            return
        }
        var entered = Open(scope: scope, isLarge: true)
        if let place = large.lastIndex(where: { $0.scope === scope }) {
            entered.former = (place, large[place].depth)
            large.remove(at: place)
        }
        large.append((scope, depth))
        open.append(entered)
    }

    mutating func leave() {
        guard let left = open.popLast() else { return }
        guard left.isLarge else {
            for (name, value) in left.scope.members where value != .null {
                if let index = template.indexes[name] { values[index].removeLast() }
            }
            return
        }
        large.removeLast()
        if let former = left.former { large.insert((left.scope, former.depth), at: former.place) }
    }

    /// Returns the innermost value of a name, nil without one. A null one counts as missing, so the search continues
    /// outward.
    func value(of index: Int) -> Found? {
        let found = values[index].last
        let name = template.names[index]
        for (scope, depth) in large.reversed() {
            if let found, found.depth > depth { break }
            if let value = scope.members[name], value != .null {
                return Found(value: value, scope: scope, depth: depth)
            }
        }
        return found
    }
}

extension JSONValue {
    /// The number of members of all objects in it.
    fileprivate var memberCount: Int {
        switch self {
        case .object(let members): members.values.reduce(members.count) { $0 + $1.memberCount }
        case .array(let elements): elements.reduce(0) { $0 + $1.memberCount }
        case .null, .bool, .number, .string: 0
        }
    }
}
