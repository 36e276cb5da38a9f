import Salesforce
import Settings

/// Fields of Salesforce that a function reads or writes, and the variable that names them or their object.
struct WantedFields {
    let object: APIName
    let fields: [APIName]
    let variable: String

    /// Returns those of ConnectRecording; nil when `RECORDING_OBJECT` is not an API name.
    static func ofRecordings(_ environment: Environment) -> [WantedFields]? {
        guard let object = recordingObject(environment) else { return nil }
        var all = [
            WantedFields(
                object: object,
                fields: ["Contact_Id__c", "Contact_Mobile_Number__c", "Account__c", "File_Name__c", "Access_URL__c"],
                variable: "RECORDING_OBJECT")
        ]
        if environment["CONTACT_LENS"] != "false" {
            let found: [APIName] = [
                "Summary__c", "Customer_Sentiment__c", "Agent_Sentiment__c", "Categories__c", "Talk_Seconds__c",
                "Non_Talk_Seconds__c", "Interruptions__c",
            ]
            let transcript: [APIName] = environment["RECORDING_TRANSCRIPTS"] == "true" ? ["Transcript__c"] : []
            all.append(WantedFields(object: object, fields: found + transcript, variable: "CONTACT_LENS"))
        }
        if environment["SALESFORCE_RECORDING_MODE"] != "apex" { all.append(ofAccounts(environment)) }
        return all
    }

    /// Returns those of ConnectContactRecords; nil when `RECORDING_OBJECT` is not an API name.
    static func ofContacts(_ environment: Environment) -> [WantedFields]? {
        guard let object = recordingObject(environment) else { return nil }
        let attributes = (environment["CONTACT_ATTRIBUTE_FIELDS"] ?? "").split(separator: ",")
            .compactMap { $0.split(separator: "=").last.flatMap { APIName($0.filter { !$0.isWhitespace }) } }
        var all = [
            WantedFields(
                object: object,
                fields: [
                    "Contact_Id__c", "Contact_Mobile_Number__c", "Channel__c", "Initiation_Method__c",
                    "Disconnect_Reason__c", "Started_At__c", "Ended_At__c", "Duration_Seconds__c", "Queue__c",
                    "Queue_Seconds__c", "Agent_Username__c", "Agent_Seconds__c", "Hold_Seconds__c",
                    "After_Call_Seconds__c", "System_Number__c", "Initial_Contact_Id__c", "Previous_Contact_Id__c",
                    "Next_Contact_Id__c", "Abandoned__c", "Transferred_To__c", "Last_Update__c", "Contact__c",
                    "Lead__c", "Account__c", "File_Name__c", "Access_URL__c",
                ], variable: "RECORDING_OBJECT"),
            WantedFields(object: object, fields: attributes, variable: "CONTACT_ATTRIBUTE_FIELDS"),
            ofAccounts(environment),
        ]
        if environment["CONTACT_TASKS"] != "false" {
            all.append(WantedFields(object: "Task", fields: ["Contact_Id__c"], variable: "CONTACT_TASKS"))
        }
        return all
    }

    private static func ofAccounts(_ environment: Environment) -> WantedFields {
        let names = environment["ACCOUNT_PHONE_FIELDS"] ?? "Phone,Phone_Number_Without_Format__c"
        let fields = names.split(separator: ",").compactMap { APIName($0.filter { !$0.isWhitespace }) }
        return WantedFields(object: "Account", fields: fields, variable: "ACCOUNT_PHONE_FIELDS")
    }

    private static func recordingObject(_ environment: Environment) -> APIName? {
        APIName(environment["RECORDING_OBJECT"] ?? "Call_Recording_Info__c")
    }
}

/// Fields as the integration user sees them.
extension SalesforceCheck {
    /// The finding of a `RECORDING_OBJECT` that is not an API name.
    var wrongObject: Finding {
        .mend(subject, "RECORDING_OBJECT must be an object's API name, such as Call_Recording_Info__c")
    }

    /// Checks fields each by a query: a hidden one is refused as if it did not exist. An object that is not there is told once.
    func findings(
        of wanted: [WantedFields], _ client: SalesforceClient, _ deadline: ContinuousClock.Instant
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        var seen: Set<String> = []
        var unseen: Set<String> = []
        for fields in wanted where !unseen.contains(fields.object.text) {
            let names = fields.fields.filter { seen.insert("\(fields.object.text).\($0.text)").inserted }
            let asked = WantedFields(object: fields.object, fields: names, variable: fields.variable)
            let missing = try await missing(asked, client, deadline)
            if missing.contains(where: { $0.text.contains("sees no object") }) { unseen.insert(fields.object.text) }
            findings += missing
        }
        return findings.isEmpty ? [.ok(subject, "its user sees the fields of recordings and accounts")] : findings
    }

    private func missing(
        _ wanted: WantedFields, _ client: SalesforceClient, _ deadline: ContinuousClock.Instant
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        let (object, variable) = (wanted.object, wanted.variable)
        for field in wanted.fields {
            switch try await refusal(of: "SELECT Id, \(field) FROM \(object) LIMIT 1", client, deadline) {
            case "INVALID_TYPE":
                return [
                    .mend(
                        subject,
                        "its user sees no object \(object.text): deploy integrations/salesforce, assign its permission "
                            + "sets to that user, and check \(variable)")
                ]
            case "INVALID_FIELD":
                findings.append(
                    .mend(
                        subject,
                        "its user sees no field \(object.text).\(field.text): assign the permission sets of "
                            + "integrations/salesforce, and check \(variable)"))
            default: break
            }
        }
        return findings
    }

    /// Returns the code that says which name of the query is unknown or hidden; nil when it succeeds.
    private func refusal(
        of query: SOQL, _ client: SalesforceClient, _ deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> String? {
        do throws(SalesforceError) {
            _ = try await client.query(query, limit: 1, SalesforceCall(deadline: deadline))
            return nil
        } catch {
            guard ["INVALID_TYPE", "INVALID_FIELD"].contains(error.code) else { throw error }
            return error.code
        }
    }
}
