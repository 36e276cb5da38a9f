import Customers
import Idempotency
import LambdaRuntime
import Salesforce
import Telephony

/// A case that a flow asks for.
struct CaseRequest: NewRecord {
    private let fields: [APIName: FieldValue]
    let subject: String
    private let contact: String?
    private let account: String?

    /// Throws `Function.InvalidRequest` for a parameter that Salesforce would not take.
    init(_ request: CRMRequest) throws {
        subject = try request.requiredText("subject", "the case's subject")
        contact = try request.id("contactId", of: "a contact") { $0 == CRMRequest.Prefix.contact }
        account = try request.id("accountId", of: "an account") { $0 == CRMRequest.Prefix.account }
        let values: [(APIName, String?)] = [
            ("Subject", subject),
            ("Description", try request.text("description", atMost: TaskRequest.longestDescription)),
            ("Priority", try request.text("priority")), ("Origin", try request.text("origin")),
            ("Type", try request.text("type")), ("Reason", try request.text("reason")),
            ("SuppliedPhone", request.caller?.text), ("ContactId", contact), ("AccountId", account),
        ]
        fields = values.reduce(into: [:]) { $0[$1.0] = $1.1.map(FieldValue.string) }
    }

    var person: String? { contact ?? account }
    var givenIDs: [String?] { [contact, account] }

    func create(
        for customer: Customer?, of request: CRMRequest, _ creation: Creation, _ call: SalesforceCall
    ) async throws(SalesforceError) -> Receipt {
        var fields = fields
        if fields["Origin"] == nil, let origin = creation.settings.caseOrigin { fields["Origin"] = .string(origin) }
        switch customer?.object {
        case .contact:
            fields["ContactId"] = customer.map { .string($0.id) }
            if let account = customer?.account.id, !account.isEmpty { fields["AccountId"] = .string(account) }
        case .account: fields["AccountId"] = customer.map { .string($0.id) }
        // A case has no lead.
        case .lead, nil: break
        }
        let assignment = RecordAssignment(creation.settings.assignsCases ? "TRUE" : "FALSE")
        let answers = try await creation.crm.composite(
            [
                .create("Case", fields, assignment: assignment, as: "created"),
                .read("CaseNumber", of: "Case", createdBy: "created", as: "number"),
            ], call)
        let id = try answers[0].createdID()
        return Receipt(
            messageID: id,
            details: [
                "caseNumber": answers[1].text(of: "CaseNumber") ?? "", "recordId": person ?? customer?.id ?? "",
            ])
    }

    func fields(of receipt: Receipt) -> [String: String] {
        [
            "caseId": receipt.messageID, "caseNumber": receipt.details["caseNumber"] ?? "",
            "recordId": receipt.details["recordId"] ?? "",
        ]
    }
}
