import JSON

/// An object of the data, with the objects below it that sections have entered.
///
/// One object is one scope, however often and from wherever it is entered, so that scopes can be compared by identity.
final class TemplateScope {
    let members: [String: JSONValue]
    private var inner: [String: [TemplateScope?]] = [:]

    init(_ members: [String: JSONValue]) {
        self.members = members
    }

    /// Returns the scope of a member that is an object; of one that is a list, that of each element, nil for those
    /// that are not objects.
    func scopes(of name: String, _ value: JSONValue) -> [TemplateScope?] {
        if let known = inner[name] { return known }
        let scopes = (value.array ?? [value]).map { $0.object.map(TemplateScope.init) }
        inner[name] = scopes
        return scopes
    }
}
