import AmazonConnect
import Customers
import Encoding
import Idempotency
import LambdaRuntime
import Salesforce

/// A record that a flow asks for.
protocol NewRecord: Sendable {
    /// The person or company that the event names; nil when the caller is looked up.
    var person: String? { get }
    /// True when the record is for somebody whom the event names.
    var isForNamed: Bool { get }
    /// The subject, which repeats of one call's request share, beside the operation and `givenIDs`.
    var subject: String { get }
    /// The ids that the event gives, always in the same order; nil for one that is not given.
    var givenIDs: [String?] { get }

    /// Creates it, for the customer that a look-up found, if it found one.
    func create(
        for customer: Customer?, of request: CRMRequest, _ creation: Creation, _ call: SalesforceCall
    ) async throws(SalesforceError) -> Receipt

    /// Returns the response's values for a record that was created now or before.
    func fields(of receipt: Receipt) -> [String: String]
}

extension NewRecord {
    var isForNamed: Bool { person != nil }

    /// The values that repeats of one call's request share, beside the operation. An id's last three of 18 characters
    /// repeat the case of the first 15, which name the record alone.
    var identity: [String] { [subject] + givenIDs.map { $0.map { String($0.prefix(15)) } ?? "" } }
}

extension CRMRequest {
    /// The key prefixes of Salesforce's ids: "Standard Field Types" in its SOAP API Developer Guide.
    enum Prefix {
        static let account = "001"
        static let contact = "003"
        static let user = "005"
        static let queue = "00G"
        static let lead = "00Q"
    }

    /// Returns the key that repeats of this request share.
    ///
    /// Under a key that the flow gives, operation and parameters are compared, apart from those that say which call it is.
    func key(of record: some NewRecord) throws -> IdempotencyKey {
        let function = "ConnectCRM"
        if let key = given["idempotencyKey"] {
            var ignored: Set<String> = ["callContactId", "idempotencyKey", "operation"]
            if contact.isGuide { ignored.insert("phone") }
            let content = given.filter { !ignored.contains($0.key) }.sorted { $0.key < $1.key }
            return IdempotencyKey(
                function: function, given: key, template: operation.rawValue, destination: "",
                content: content.flatMap { [$0.key, $0.value] })
        }
        guard !isDirect else {
            throw FunctionError(
                .invalidRequest,
                "The parameter idempotencyKey is missing: a direct invoke needs one to create a record.")
        }
        guard !callContactID.isEmpty else {
            throw FunctionError(
                .invalidRequest,
                "Details.ContactData.ContactId is missing: pass callContactId or idempotencyKey to create a record.")
        }
        return IdempotencyKey(
            function: function, contactID: callContactID, template: operation.rawValue, destination: "",
            content: record.identity)
    }
}
