import Encoding
import JSON

/// One part of a composite request.
///
/// Salesforce reads `@{name.field}` in any text of a composite request as a reference to an earlier part's result, so
/// values are written with a space between the two signs. "Composite" in Salesforce's REST API Developer Guide.
package struct SubRequest: Sendable {
    /// The action that its method and path below the version's resources, such as `/query`, carry out.
    enum Action: Sendable {
        case query(SOQL)
        case create(APIName, [APIName: FieldValue], RecordAssignment?)
        case read(APIName, createdBy: APIName, field: APIName)
    }

    /// The name that its response has: letters, digits and underscores alone.
    let reference: APIName
    let action: Action

    /// A query; at most five parts of a composite request may be queries.
    package static func query(_ soql: SOQL, as reference: APIName) -> SubRequest {
        SubRequest(reference: reference, action: .query(soql))
    }

    /// The creation of a record.
    package static func create(
        _ object: APIName, _ fields: [APIName: FieldValue], assignment: RecordAssignment? = nil, as reference: APIName
    ) -> SubRequest {
        SubRequest(reference: reference, action: .create(object, fields, assignment))
    }

    /// A read of one field of the record that an earlier part creates.
    package static func read(
        _ field: APIName, of object: APIName, createdBy creation: APIName, as reference: APIName
    ) -> SubRequest {
        SubRequest(reference: reference, action: .read(object, createdBy: creation, field: field))
    }

    /// Returns it as JSON; `base` is the path of the version's resources. Throws for a query that is too long.
    func json(base: String) throws(SalesforceError) -> JSONValue {
        switch action {
        case .query(let soql):
            // What Salesforce limits is the address, as in a query of its own.
            let safe = SOQL(withoutReferences: soql)
            guard !SalesforceClient.isTooLong(safe) else { throw .queryTooLong }
            return member("GET", "\(base)/query?q=\(SalesforceClient.written(safe))")
        case .create(let object, let fields, let assignment):
            let body = fields.reduce(into: [String: JSONValue]()) { $0[$1.key.text] = $1.value.withoutReferences }
            return member("POST", "\(base)/sobjects/\(object.text)", body: .object(body), assignment)
        case .read(let object, let creation, let field):
            return member(
                "GET", "\(base)/sobjects/\(object.text)/@{\(creation.text).id}?fields=\(field.text)")
        }
    }

    private func member(
        _ method: String, _ url: String, body: JSONValue? = nil, _ assignment: RecordAssignment? = nil
    ) -> JSONValue {
        .members([
            "method": .string(method), "url": .string(url), "referenceId": .string(reference.text), "body": body,
            "httpHeaders": assignment.map { .object([RecordAssignment.headerName: .string($0.header)]) },
        ])
    }
}

extension String {
    /// The string without a beginning of a reference: `@ {` for each `@{`, byte for byte.
    fileprivate var withoutReferences: String { substituting("@ {", for: "@{") }
}

extension FieldValue {
    fileprivate var withoutReferences: JSONValue {
        switch self {
        case .string(let text): .string(text.withoutReferences)
        case .integer(let value): .number(value)
        case .number(let value): .number("\(value)")
        case .bool(let value): .bool(value)
        case .null: .null
        }
    }
}

extension SOQL {
    /// The query with its values in a form that a composite request does not read as references.
    fileprivate init(withoutReferences soql: SOQL) {
        self.init(stringLiteral: soql.text.withoutReferences)
    }
}
