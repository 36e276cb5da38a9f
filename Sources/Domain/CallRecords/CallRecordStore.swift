import Calling
import JSON
package import Salesforce
package import Telephony

/// The CRM's records of contacts and their recordings: one a contact, by the external id `Contact_Id__c`.
package struct CallRecordStore: Sendable {
    private static let contactField: APIName = "Contact_Id__c"

    private let object: APIName
    private let crm: SalesforceClient
    private let link: RecordingLink

    package init(object: APIName, crm: SalesforceClient, link: RecordingLink) {
        self.object = object
        self.crm = crm
        self.link = link
    }

    /// The fields of a contact's record that concern its recording.
    package struct Record: Sendable, Equatable {
        /// `File_Name__c`; nil until the recording has arrived.
        package let fileName: String?
        /// The day of `CreatedDate`.
        package let day: Day?
    }

    /// Writes what is known while the contact lasts; answers the record's id.
    package func register(
        _ contact: ContactID, _ number: PhoneNumber?, account: String?, _ call: SalesforceCall
    ) async throws(SalesforceError) -> String {
        var fields: [APIName: FieldValue] = ["Name": .string(contact.text)]
        // Unknown fields are left as they are, not emptied.
        if let number { fields["Contact_Mobile_Number__c"] = .string(number.text) }
        if let account { fields["Account__c"] = .string(account) }
        let written = try await upsert(contact, fields, call)
        if let id = written.id { return id }
        guard let id = try await crm.id(of: object, where: Self.contactField, is: contact.text, call) else {
            throw SalesforceError(
                .unreadable, .unknown, action: "upsert", detail: "its record cannot be read by the external id")
        }
        return id
    }

    /// The contact's record; nil when there is none.
    package func record(of contact: ContactID, _ call: SalesforceCall) async throws(SalesforceError) -> Record? {
        let answer = try await crm.query(
            """
            SELECT Id, File_Name__c, CreatedDate FROM \(object) WHERE \(Self.contactField) = \(contact.text)
            """, limit: 1, call)
        guard let rows = try? answer.decoded(Row.self) else {
            throw SalesforceError(.unreadable, .refused, action: "query", detail: "a field is not of its type")
        }
        return rows.first.map { Record(fileName: $0.File_Name__c, day: $0.CreatedDate.flatMap(Day.init(beginning:))) }
    }

    /// Returns true when the contact's record has a `Contact_Mobile_Number__c`; nil when there is no record.
    package func hasNumber(of contact: ContactID, _ call: SalesforceCall) async throws(SalesforceError) -> Bool? {
        let answer = try await crm.query(
            """
            SELECT Id, Contact_Mobile_Number__c FROM \(object) WHERE \(Self.contactField) = \(contact.text)
            """, limit: 1, call)
        guard let rows = try? answer.decoded(Row.self) else {
            throw SalesforceError(.unreadable, .refused, action: "query", detail: "a field is not of its type")
        }
        return rows.first.map { $0.Contact_Mobile_Number__c?.isEmpty == false }
    }

    /// The row of a collection that completes a contact's record with its recording.
    package func row(_ key: RecordingKey) -> [APIName: FieldValue] {
        row(of: key.contact).merging([
            "File_Name__c": .string(key.text), "Access_URL__c": .string(link.url(of: key.contact, recordedOn: key.day)),
        ]) { $1 }
    }

    /// The members that every row of a contact has, whatever else it writes.
    package func row(of contact: ContactID) -> [APIName: FieldValue] {
        [Self.contactField: .string(contact.text), "Name": .string(contact.text)]
    }

    /// Writes rows of different contacts, at most 200; a result for each, in order.
    package func complete(_ rows: [[APIName: FieldValue]], _ call: SalesforceCall) async throws(SalesforceError)
        -> [SalesforceClient.RecordResult]
    {
        try await crm.upsert(object, by: Self.contactField, rows, call)
    }

    /// Writes a row, twice if need be: of two simultaneous upserts of a new contact one is refused, and then there is a
    /// record to update.
    private func upsert(
        _ contact: ContactID, _ fields: [APIName: FieldValue], _ call: SalesforceCall
    ) async throws(SalesforceError) -> SalesforceClient.Upserted {
        do throws(SalesforceError) {
            return try await crm.upsert(object, where: Self.contactField, is: contact.text, fields, call)
        } catch {
            guard error.kind == .refused, SalesforceError.passingCodes.contains(error.code) else {
                throw error
            }
            return try await crm.upsert(object, where: Self.contactField, is: contact.text, fields, call)
        }
    }

    private struct Row: Decodable {
        let Contact_Mobile_Number__c: String?
        let File_Name__c: String?
        let CreatedDate: String?
    }
}

extension SalesforceError {
    /// Codes of refusals that pass: another call holds the row, or has just created it.
    package static let passingCodes: Set<String> = ["UNABLE_TO_LOCK_ROW", "DUPLICATE_VALUE"]
}
