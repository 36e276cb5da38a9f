import Calling
package import JSON

/// The response of one part of a composite request.
package struct SubResponse: Sendable, Decodable {
    /// The name of its request.
    package let reference: String
    /// Its own HTTP status.
    package let status: Int
    package let body: JSONValue

    private enum CodingKeys: String, CodingKey {
        case reference = "referenceId"
        case status = "httpStatusCode"
        case body
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        reference = try members.decode(String.self, forKey: .reference)
        status = try members.decode(Int.self, forKey: .status)
        body = try members.decodeIfPresent(JSONValue.self, forKey: .body) ?? .null
    }

    /// Returns the result of a query; throws Salesforce's refusal of it.
    package func records() throws(SalesforceError) -> RecordPage {
        guard status == 200 else { throw SalesforceError(self, action: QueryReader.action) }
        guard let page = RecordPage(body) else {
            throw SalesforceError(.unreadable, .refused, action: QueryReader.action, status: status)
        }
        return page
    }

    /// Returns the id of a record that was created; throws Salesforce's refusal of it.
    package func createdID() throws(SalesforceError) -> String {
        guard status == 201 else { throw SalesforceError(self, action: "creation") }
        guard let id = body["id"]?.string, !id.isEmpty, body["success"]?.bool != false else {
            throw SalesforceError(.unreadable, .unknown, action: "creation", status: status)
        }
        return id
    }

    /// Returns the text of a field that was read; nil when it was not.
    package func text(of field: APIName) -> String? {
        status == 200 ? body[field.text]?.scalarText : nil
    }
}

/// One page of a query's result, or of a subquery's.
package struct RecordPage: Sendable {
    /// The number of records that match, on this page or not.
    package let totalSize: Int
    /// False when there are more pages.
    package let isWhole: Bool
    package let records: [JSONValue]
    /// The path of the next page; nil on the last.
    package let next: String?

    /// Returns nil for a value that is not a page, or whose next one is outside the query resource.
    package init?(_ json: JSONValue) {
        guard let totalSize = json["totalSize"]?.int, let isWhole = json["done"]?.bool,
            let records = json["records"]?.array
        else { return nil }
        next = isWhole ? nil : json["nextRecordsUrl"]?.string
        guard next.map(QueryPage.isQueryPath) ?? true else { return nil }
        self.totalSize = totalSize
        self.isWhole = isWhole
        self.records = records
    }
}
