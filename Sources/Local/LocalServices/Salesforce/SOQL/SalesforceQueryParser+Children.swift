/// Subqueries among the fields.
extension SalesforceQueryParser {
    /// Takes the tokens up to the bracket that closes one already taken.
    mutating func bracketed() throws(SalesforceFailure) -> ArraySlice<SalesforceQueryLexer.Token> {
        let all = tokens
        var depth = 1
        while let token = tokens.popFirst() {
            depth += token == .sign("(") ? 1 : token == .sign(")") ? -1 : 0
            if depth == 0 { return all[..<(tokens.startIndex - 1)] }
        }
        throw .malformedQuery("expecting ')', found <EOF>")
    }

    /// Reads a subquery, whose FROM names a relationship of the object around it. Parents and children have five levels at
    /// most ("Relationship Query Limitations", SOQL and SOSL Reference).
    func child(
        _ tokens: ArraySlice<SalesforceQueryLexer.Token>, of parent: SalesforceSchema.Object, depth: Int
    ) throws(SalesforceFailure) -> Query.Child {
        guard depth <= 5 else { throw .malformedQuery("SOQL statements cannot query more than 5 levels of children") }
        guard SalesforceSchema.relationships.contains(where: { $0.parent == parent.name }) else {
            throw .malformedQuery("the local Salesforce knows no relationship of \(parent.name)")
        }
        var parser = self
        parser.tokens = tokens
        var relationship: SalesforceSchema.Relationship?
        let query = try parser.select(depth: depth) { parser, name throws(SalesforceFailure) in
            let named = SalesforceSchema.relationships.first {
                $0.parent == parent.name && $0.name.lowercased() == name.lowercased()
            }
            guard let named, let object = parser.object(named.object) else {
                throw SalesforceFailure(
                    "INVALID_TYPE", "Didn't understand relationship '\(name)' in FROM part of query call.")
            }
            relationship = named
            return object
        }
        guard parser.tokens.isEmpty, let relationship else { throw .malformedQuery("unexpected token in a subquery") }
        return Query.Child(relationship: relationship, query: query)
    }
}
