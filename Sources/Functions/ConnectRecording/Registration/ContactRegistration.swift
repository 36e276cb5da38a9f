import Encoding
import AmazonConnect
import CallRecords
import Calling
import Customers
import JSON
import LambdaRuntime
import Salesforce
import Settings
import Telephony

/// Registers a contact in the CRM while its flow waits.
struct ContactRegistration: Sendable {
    /// The published endpoint's mapping, beneath `/services/apexrest/`.
    private static let apexPath = "v1/AWSCallRecordingDetails/"
    /// The part of an exception's message that says that another record has the contact's id.
    private static let duplicate = "DUPLICATE_VALUE"
    /// A flow waits for eight seconds at most, whatever time the function has.
    private static let patience = Duration.milliseconds(7300)

    let mode: RecordingSettings.Mode
    let accounts: AccountSearch
    let records: CallRecordStore
    let crm: SalesforceClient

    /// Registers the contact of an event, of whatever channel; repeating it changes nothing. In an agent's guide it is the
    /// call's contact, whose number the guide does not know.
    ///
    /// Throws `Function.InvalidRequest` for a contact without a usable id, `Function.RecordRejected` for a permanent
    /// refusal, and `Function.ServiceUnavailable` for the rest.
    func register(_ event: ContactFlowEvent, _ context: LambdaContext) async throws -> RegistrationOutput {
        guard let contact = ContactID(try event.callContactID) else {
            throw FunctionError(
                .invalidRequest,
                "Details.ContactData.ContactId, or the parameter callContactId, is missing or malformed: a contact flow "
                    + "sends letters, digits and hyphens, at most 80.")
        }
        let number = PhoneNumber(caller: event.contact.customerEndpoint?.address)
        let call = SalesforceCall(
            deadline: min(context.callDeadline, .now + Self.patience), logger: context.logger)
        do throws(SalesforceError) {
            switch mode {
            case .sobject:
                let match = try await accounts.account(of: number, call)
                let id = try await records.register(contact, number, account: match.id, call)
                return RegistrationOutput(recordId: id, account: match.text)
            case .apex:
                try await callEndpoint(contact, number, call)
                return RegistrationOutput(recordId: "", account: AccountSearch.Match.none.text)
            }
        } catch {
            throw FunctionError(registering: error)
        }
    }

    /// Has the Apex endpoint register the contact, which fails when the contact has a record: it inserts.
    private func callEndpoint(
        _ contact: ContactID, _ number: PhoneNumber?, _ call: SalesforceCall
    ) async throws(SalesforceError) {
        let details = JSONValue.members([
            "ContactId": .string(contact.text), "ContactNumber": .string(number?.text ?? ""),
        ])
        do throws(SalesforceError) {
            try Self.check(try await crm.callApex(path: Self.apexPath, json: details.bytes, call))
        } catch {
            // A retried flow, or a recording that was quicker: only the missing values are written.
            guard error.message?.value.containsBytes(of: Self.duplicate) == true,
                let hasNumber = try await records.hasNumber(of: contact, call)
            else { throw error }
            if !hasNumber { _ = try await records.register(contact, number, account: nil, call) }
            return
        }
        // The published endpoint calls it a success when there is no number, and writes nothing.
        if number == nil { _ = try await records.register(contact, nil, account: nil, call) }
    }

    /// Checks the endpoint's response: its status is always 200; `StatusCode`, in any case, holds the outcome.
    private static func check(_ answer: JSONValue) throws(SalesforceError) {
        let member = { (name: String) in answer.object?.first { $0.key.lowercased() == name }?.value }
        switch member("statuscode")?.int {
        case 200: return
        case 257:
            var error = SalesforceError(
                .refused, .refused, action: "Apex call", detail: "StatusCode 257, an exception in it")
            error.message = member("statusmessage")?.string.map(Redacted.init)
            throw error
        default: throw SalesforceError(.unreadable, .unknown, action: "Apex call", detail: "its StatusCode is not 200")
        }
    }
}

/// The response to the flow.
struct RegistrationOutput: FlowResponse, Equatable {
    let status = "registered"
    /// The record's id; empty when the Apex endpoint registered it, which does not tell.
    let recordId: String
    /// `matched`, `none` or `ambiguous`.
    let account: String

    var fields: [String: String] { ["status": status, "recordId": recordId, "account": account] }
}
