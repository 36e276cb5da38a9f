import Encoding
import JSON
import Synchronization
import TestSupport

/// The simulated CRM and the dead-letter queue over HTTP, for a function that calls Salesforce and SQS.
///
/// It answers at once what the function asks in a batch: sign-in, composites of queries, collections, SendMessage. What got no
/// answer is a connection that is reset: the waiting is simulated. "Composite" and "sObject Collections" in Salesforce's REST
/// API Developer Guide, "SendMessage" in the Amazon SQS API Reference.
final class SimulatedOrg: Sendable {
    private final class Shared: Sendable {
        let port = Mutex(0)
        /// The contacts of tasks by the ids that were given out.
        let contacts = Mutex<[String: String]>([:])
    }

    let crm: SimulatedCRM
    private let server: ScriptedServer

    init(_ crm: SimulatedCRM) throws {
        self.crm = crm
        let shared = Shared()
        server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                do {
                    try connection.answer(Self.response(to: request, crm, shared))
                } catch SimulatedCRM.Failure.refused {
                    let body = #"[{"errorCode":"SERVER_UNAVAILABLE","message":"Try again."}]"#
                    try connection.answer(ScriptedServer.Response(status: 503, body))
                } catch is SimulatedCRM.Failure {
                    return connection.reset()
                }
            }
        }
        shared.port.withLock { $0 = server.port }
    }

    /// The variables by which a function finds it.
    var environment: [String: String] {
        [
            "SALESFORCE_LOGIN_URL": "http://\(server.authority)", "SALESFORCE_CLIENT_ID": "c",
            "SALESFORCE_CLIENT_SECRET": "s", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": "http://\(server.authority)",
            "DEAD_LETTER_QUEUE_URL": "http://\(server.authority)/123456789012/dead-letters",
            "CONTACT_HANDOVER_NUMBERS": ContactCenter.handover,
        ]
    }

    private static func response(
        to request: ScriptedServer.Request, _ crm: SimulatedCRM, _ shared: Shared
    ) throws -> ScriptedServer.Response {
        if request.target.hasPrefix("/services/oauth2/token") { return signIn(shared) }
        let json = (try? JSONValue(parsing: Array(request.text.utf8))) ?? .null
        let hasRule = crm.hasRule
        let answer = try crm.request { state -> JSONValue in
            if request["X-Amz-Target"] == "AmazonSQS.SendMessage" { return bury(json, &state) }
            if request.target.contains("/composite/sobjects") {
                return collection(request, json["records"]?.array ?? [], hasRule, &state, shared)
            }
            let parts = json["compositeRequest"]?.array ?? []
            return ["compositeResponse": .array(parts.map { query($0, state, shared) })]
        }
        return ScriptedServer.Response(String(decoding: answer.bytes, as: UTF8.self))
    }

    private static func signIn(_ shared: Shared) -> ScriptedServer.Response {
        let port = shared.port.withLock(\.self)
        return ScriptedServer.Response(
            #"{"access_token":"00D!token","instance_url":"http://127.0.0.1:\#(port)","id":"i","token_type":"Bearer","#
                + #""issued_at":"1","signature":"s"}"#)
    }

    private static func bury(_ json: JSONValue, _ state: inout ContactReading) -> JSONValue {
        let message = (try? JSONValue(parsing: Array((json["MessageBody"]?.string ?? "").utf8))) ?? .null
        state.dead[message["sequenceNumber"]?.string ?? ""] = message["reason"]?.string ?? ""
        return ["MessageId": "11111111-2222-3333-4444-555555555555"]
    }

    /// Answers a collection of call records or tasks: created, updated by `Id`, or upserted by the external id.
    private static func collection(
        _ request: ScriptedServer.Request, _ records: [JSONValue], _ hasRule: Bool, _ state: inout ContactReading,
        _ shared: Shared
    ) -> JSONValue {
        var results: [JSONValue] = []
        for record in records {
            var row = (record.object ?? [:]).filter { $0.key != "attributes" }
            for name in ["Started_At__c", "Ended_At__c", "Last_Update__c"] {
                // Whole seconds of UTC, in whatever form they come.
                if let time = row[name]?.string { row[name] = .string(String(time.prefix(19)) + "Z") }
            }
            if request.target.contains("/Call_Recording_Info__c/") {
                results.append(result(of: state.upsert(call: row, hasRule: hasRule), "a0000000000000AAAA"))
                continue
            }
            let id = row.removeValue(forKey: "Id")?.string ?? row.removeValue(forKey: "id")?.string
            let contact = id.flatMap { id in shared.contacts.withLock { $0[id] } } ?? row.contact
            if request.method == "POST" || (id == nil && state.tasks[contact] == nil) {
                results.append(result(of: state.create(task: row), taskID(of: contact, shared)))
            } else {
                state.tasks[contact]?.merge(row) { $1 }
                results.append(result(of: .written, taskID(of: contact, shared)))
            }
        }
        return .array(results)
    }

    private static func result(of row: ContactReading.RowResult, _ id: String) -> JSONValue {
        let fault = { (code: JSONValue, message: JSONValue) -> JSONValue in
            ["success": false, "errors": [["statusCode": code, "message": message, "fields": []]]]
        }
        return switch row {
        case .written: ["id": .string(id), "success": true, "errors": []]
        case .stale: fault("FIELD_CUSTOM_VALIDATION_EXCEPTION", "STALE_CONTACT_RECORD: a newer one is here.")
        case .duplicate: fault("DUPLICATE_VALUE", "duplicate value found: Contact_Id__c")
        }
    }

    /// Answers one query of a composite: the tasks of contacts and the statuses of tasks; nobody has any number.
    private static func query(_ part: JSONValue, _ state: ContactReading, _ shared: Shared) -> JSONValue {
        let encoded = (part["url"]?.string ?? "").split(separator: "q=", maxSplits: 1).last.map(String.init) ?? ""
        let soql = PercentEncoding.decode(encoded, plusIsSpace: true)
        var records: [JSONValue] = []
        if soql.contains(" FROM TaskStatus") {
            records = [["ApiName": "Completed", "IsClosed": true, "IsDefault": false, "SortOrder": 3]]
        } else if soql.contains(" FROM Task ") {
            // The texts between quotes are every other part.
            let contacts = soql.split(separator: "'", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
            records = contacts.compactMap { contact in
                state.tasks[contact].map { task in
                    [
                        "Id": .string(taskID(of: contact, shared)), "Contact_Id__c": .string(contact),
                        "Subject": task["Subject"] ?? .null,
                    ]
                }
            }
        }
        return [
            "referenceId": part["referenceId"] ?? .null, "httpStatusCode": 200, "httpHeaders": [:],
            "body": ["totalSize": .number(records.count), "done": true, "records": .array(records)],
        ]
    }

    /// Returns the id of a contact's task, the same each time: eighteen letters and digits.
    private static func taskID(of contact: String, _ shared: Shared) -> String {
        let hash = contact.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(("0000000000000" + String(hash, radix: 36)).suffix(12))
        let id = "00T\(digits)AAA"
        shared.contacts.withLock { $0[id] = contact }
        return id
    }
}
