/// Subqueries among the fields.
extension SalesforceQueryParser {
    /// Takes the tokens up to the bracket that closes one already taken.
    mutating func bracketed() throws(SalesforceFailure) -> ArraySlice<Token> {
        let all = tokens
        var depth = 1
        while let token = tokens.popFirst() {
            depth += token.kind == .sign("(") ? 1 : token.kind == .sign(")") ? -1 : 0
            if depth == 0 { return all[..<(tokens.startIndex - 1)] }
        }
        throw source.malformed(at: place, "expecting ')', found '<EOF>'")
    }

    func children(
        _ subqueries: [ArraySlice<Token>], of object: SalesforceSchema.Object, depth: Int
    ) throws(SalesforceFailure) -> [Query.Child] {
        var children: [Query.Child] = []
        for subquery in subqueries {
            let child = try self.child(subquery, of: object, depth: depth)
            guard !children.contains(where: { $0.relationship.name == child.relationship.name }) else {
                throw source.malformed(
                    at: subquery.first?.place ?? 0, "duplicate subquery: \(child.relationship.name)")
            }
            children.append(child)
        }
        return children
    }

    /// Reads a subquery, whose FROM names a relationship of the object around it. Parents and children have five levels at
    /// most ("Relationship Query Limitations", SOQL and SOSL Reference).
    private func child(
        _ tokens: ArraySlice<Token>, of parent: SalesforceSchema.Object, depth: Int
    ) throws(SalesforceFailure) -> Query.Child {
        let start = tokens.first?.place ?? 0
        guard depth <= 5 else {
            throw source.malformed(at: start, "SOQL statements cannot query more than 5 levels of children")
        }
        let known = SalesforceSchema.relationships(of: parent.name, among: objects)
        var parser = self
        parser.tokens = tokens
        var relationship: SalesforceSchema.Relationship?
        let query = try parser.select(depth: depth) { parser, name, place throws(SalesforceFailure) in
            let named = known.first { $0.name.lowercased() == name.lowercased() }
            guard let named, let object = parser.object(named.object), object.field(named.field) != nil else {
                throw parser.source.failure(
                    "INVALID_TYPE", at: place,
                    "Didn't understand relationship '\(name)' in FROM part of query call. If you are attempting to use a "
                        + "custom relationship, be sure to append the '__r' after the custom relationship name. Please "
                        + "reference your WSDL or the describe call for the appropriate names.")
            }
            relationship = named
            return object
        }
        guard parser.tokens.isEmpty, let relationship else { throw parser.unexpected() }
        return Query.Child(relationship: relationship, query: query)
    }
}
