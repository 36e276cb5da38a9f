import Foundation
import JSON

extension SalesforceOrg {
    private struct CallDetails: Decodable {
        let ContactId: String?
        let ContactNumber: String?
    }

    /// `POST /services/apexrest/v1/AWSCallRecordingDetails/`, the published endpoint that registers a call.
    ///
    /// It behaves like that endpoint: always 200 and the real status in `StatusCode`, a message under one of two
    /// spellings, only numbers of +91 and +1 made national, the first account used where several match.
    func apex(
        _ request: HTTPMessage, _ path: String, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> SalesforceOrgResponse {
        let mapping = "/services/apexrest/v1/AWSCallRecordingDetails"
        guard path == mapping || path.hasPrefix("\(mapping)/") else {
            throw SalesforceFailure(404, "NOT_FOUND", "Could not find a match for URL")
        }
        guard request.method == "POST" else {
            throw SalesforceFailure(405, "METHOD_NOT_ALLOWED", "HTTP Method '\(request.method)' not allowed")
        }
        guard let details = try? JSONDecoder().decode(CallDetails.self, from: Data(request.body)) else {
            throw SalesforceFailure(500, "APEX_ERROR", "System.JSONException: Unexpected character")
        }
        guard let id = details.ContactId, let number = details.ContactNumber else {
            throw SalesforceFailure(
                500, "APEX_ERROR", "System.NullPointerException: Attempt to de-reference a null object")
        }
        do throws(SalesforceFailure) {
            try register(id, number, user)
        } catch {
            return Self.details(257, "statusMessage", "Exception : \(error.code), \(error.message)")
        }
        return Self.details(200, "StatusMessage", "Created Record Successfully")
    }

    private func register(_ id: String, _ number: String, _ user: SalesforceUser) throws(SalesforceFailure) {
        // An empty one is not registered, and the endpoint reports success.
        guard !id.isEmpty, !number.isEmpty else { return }
        let prefix = ["+91", "+1"].first { number.contains($0) }
        let national = prefix.map { number.replacing($0, with: "") } ?? number
        let accounts = store.records(of: "Account", where: "Phone_Number_Without_Format__c", is: national)
        guard let account = accounts.min(by: { Self.changed($0) < Self.changed($1) })?["Id"] else {
            throw SalesforceFailure("QueryException", "List has no rows for assignment to SObject")
        }
        _ = try store.create(
            // Apex runs with all rights.
            object("Call_Recording_Info__c", .agent),
            [
                "Name": .string(id), "Contact_Id__c": .string(id), "Account__c": account,
                "Contact_Mobile_Number__c": .string(national),
            ], owner: user, at: configuration.now(), allowsDuplicates: false)
    }

    private static func changed(_ record: [String: JSONValue]) -> String {
        record["LastModifiedDate"]?.string ?? ""
    }

    private static func details(_ code: Int, _ name: String, _ sentence: String) -> SalesforceOrgResponse {
        SalesforceOrgResponse(200, .object(["StatusCode": .number(code), name: .string(sentence)]))
    }
}
