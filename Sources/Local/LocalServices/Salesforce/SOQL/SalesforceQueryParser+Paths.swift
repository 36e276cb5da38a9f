/// Fields, by their names and through relationships.
extension SalesforceQueryParser {
    /// Returns the field of a path such as `Owner.Username`; parents have five levels at most ("Relationship Query
    /// Limitations", SOQL and SOSL Reference).
    func path(
        _ text: String, of object: SalesforceSchema.Object, at place: Int
    ) throws(SalesforceFailure) -> SalesforcePath {
        var object = object
        var steps: [SalesforceSchema.Field] = []
        var names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let last = names.removeLast()
        // An object's own name may stand before its fields.
        if names.first?.lowercased() == object.name.lowercased(), step(names[0], of: object) == nil {
            names.removeFirst()
        }
        guard names.count <= 5 else {
            throw source.malformed(at: place, "SOQL relationships cannot have more than 5 levels")
        }
        for name in names {
            guard let (field, parent) = step(name, of: object) else {
                throw source.failure(
                    "INVALID_FIELD", at: place,
                    "Didn't understand relationship '\(name)' in field path. If you are attempting to use a custom "
                        + "relationship, be sure to append the '__r' after the custom relationship name. Please reference "
                        + "your WSDL or the describe call for the appropriate names.")
            }
            steps.append(field)
            object = parent
        }
        guard let field = object.field(last) else {
            throw source.failure(
                "INVALID_FIELD", at: place,
                "No such column '\(last)' on entity '\(object.name)'. If you are attempting to use a custom field, be sure to "
                    + "append the '__c' after the custom field name. Please reference your WSDL or the describe call for "
                    + "the appropriate names.")
        }
        return SalesforcePath(field, by: steps)
    }

    /// Returns the reference of a relationship's name, and the object that it leads to, as far as the user sees it.
    private func step(
        _ name: String, of object: SalesforceSchema.Object
    ) -> (field: SalesforceSchema.Field, parent: SalesforceSchema.Object)? {
        guard
            let field = object.fields.first(where: { $0.relationship?.lowercased() == name.lowercased() }),
            case .reference(let names) = field.kind
        else { return nil }
        if names.count > 1 { return (field, SalesforceSchema.nameObject) }
        return names.first.flatMap(self.object).map { (field, $0) }
    }
}
