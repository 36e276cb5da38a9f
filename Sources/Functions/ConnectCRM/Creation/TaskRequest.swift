import AmazonConnect
import Calling
import Customers
import Encoding
import Idempotency
import LambdaRuntime
import Salesforce

/// A task that a flow asks for, with a reminder.
struct TaskRequest: NewRecord {
    /// The most characters of a description, a case's too.
    static let longestDescription = 32_000
    /// The most minutes until it is due: 30 days.
    private static let mostMinutes = 43_200
    private static let standardMinutes = 60
    private static let directions = ["Inbound", "Outbound", "Internal"]
    /// The beginnings of contacts that we called.
    private static let outbound: Set<InitiationMethod> = [
        .outbound, .externalOutbound, .callback, .api, .campaignPreview,
    ]

    private let fields: [APIName: FieldValue]
    let subject: String
    private let who: String?
    private let what: String?
    private let owner: String?
    private let minutes: Int

    /// Throws `Function.InvalidRequest` for a parameter that Salesforce would not take.
    init(_ request: CRMRequest) throws {
        typealias Prefix = CRMRequest.Prefix
        subject = try request.requiredText("subject", "the task's subject")
        who = try request.id("whoId", of: "a contact or a lead") { [Prefix.contact, Prefix.lead].contains($0) }
        what = try request.id("whatId", of: "a record that a task can be about, and no person") {
            ![Prefix.contact, Prefix.lead, Prefix.user, Prefix.queue].contains($0)
        }
        owner = try request.id("ownerId", of: "a user or a queue") { [Prefix.user, Prefix.queue].contains($0) }
        guard what == nil || who?.hasPrefix(Prefix.lead) != true else {
            throw FunctionError(
                .invalidRequest,
                "The parameter whatId cannot be given beside a lead's whoId: Salesforce refuses the pair.")
        }
        minutes = try Self.minutes(request)
        guard request.callContactID.utf16.count <= CRMRequest.longestText else {
            throw FunctionError(.invalidRequest, "The call's contact id has over \(CRMRequest.longestText) characters.")
        }
        let values: [(APIName, String?)] = [
            ("Subject", subject), ("Description", try request.text("description", atMost: Self.longestDescription)),
            ("Priority", try request.text("priority")), ("WhoId", who), ("WhatId", what), ("OwnerId", owner),
            ("CallType", try Self.direction(request)),
            ("CallObject", request.callContactID.isEmpty ? nil : request.callContactID),
        ]
        fields = values.reduce(into: [:]) { $0[$1.0] = $1.1.map(FieldValue.string) }
    }

    private static func minutes(_ request: CRMRequest) throws -> Int {
        guard let text = request["dueMinutes"] else { return standardMinutes }
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit), let minutes = Int(text),
            minutes <= mostMinutes
        else {
            throw FunctionError(
                .invalidRequest, "The parameter dueMinutes must be a whole number from 0 to \(mostMinutes).")
        }
        return minutes
    }

    /// A guide's contact is a chat of its own, and a direct invoke has none: neither tells who called whom.
    private static func direction(_ request: CRMRequest) throws -> String {
        let given = request["callType"]
        let direction = given.flatMap { given in directions.first { $0.lowercased() == given.lowercased() } }
        guard given == nil || direction != nil else {
            throw FunctionError(.invalidRequest, "The parameter callType must be Inbound, Outbound or Internal.")
        }
        if request.contact.isGuide || request.isDirect { return direction ?? "Inbound" }
        return request.contact.initiationMethod.map(outbound.contains) == true ? "Outbound" : "Inbound"
    }

    var person: String? { who ?? what }
    var givenIDs: [String?] { [who, what, owner] }

    func create(
        for customer: Customer?, of request: CRMRequest, _ creation: Creation, _ call: SalesforceCall
    ) async throws(SalesforceError) -> Receipt {
        var fields = fields
        let seconds = Int(creation.timing.time.components.seconds) + minutes * 60
        let due = UTCTime(secondsSinceEpoch: seconds)
        fields["ReminderDateTime"] = .string(due.extended)
        fields["IsReminderSet"] = true
        fields["ActivityDate"] = .string(due.date)
        if let customer {
            fields[customer.object == .account ? "WhatId" : "WhoId"] = .string(customer.id)
            if owner == nil, customer.owner.isActiveUser { fields["OwnerId"] = .string(customer.owner.id) }
        }
        let id = try await creation.crm.create("Task", fields, call)
        // The person's or company's, which a flow keeps as `crmRecordId`: never that of a case.
        let company = what.flatMap { $0.hasPrefix("001") ? $0 : nil }
        return Receipt(messageID: id, details: ["recordId": who ?? company ?? customer?.id ?? ""])
    }

    func fields(of receipt: Receipt) -> [String: String] {
        ["taskId": receipt.messageID, "recordId": receipt.details["recordId"] ?? ""]
    }
}
