import Foundation
import JSON
import Synchronization
import TestSupport

/// A Salesforce that takes composites of queries and collections by `Contact_Id__c`, keeps the rows, and refuses what the org
/// refuses.
///
/// "Composite" and "Upsert Multiple Records with Fewer Round-Trips" in Salesforce's REST API Developer Guide: at most five
/// queries, at most 200 records of one type, and no external id twice. The rule `STALE_CONTACT_RECORD` is the metadata's.
final class ContactCRMDouble: Sendable {
    typealias Row = [String: JSONValue]

    /// A refusal of a row.
    struct Fault: Sendable {
        var code: String
        var message = "m"
        var fields: [String] = []
    }

    /// A request, as `composite` or the collection's object.
    struct Request: Sendable {
        let kind: String
        let body: String
        /// The queries of a composite.
        var queries: [String] = []
        /// The rows of a collection.
        var rows: [Row] = []
    }

    struct State {
        var rows: [String: [String: Row]] = ["Call_Recording_Info__c": [:], "Task": [:]]
        var requests: [Request] = []
        /// The records that a query of an object finds.
        var finds: [String: [JSONValue]] = [:]
        /// The refusal of a query of an object.
        var queryFaults: [String: ScriptedServer.Response] = [:]
        /// The refusal of a row, by its object.
        var refusal: @Sendable (_ object: String, _ row: Row, _ number: Int) -> Fault? = { _, _, _ in nil }
        /// The response to a whole request, by its number from 1.
        var response: @Sendable (_ request: Request, _ number: Int) -> ScriptedServer.Response? = { _, _ in nil }
        var violations: [String] = []
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
        let port = Mutex(0)
    }

    private let shared = Shared()
    private let server: ScriptedServer

    init() throws {
        server = try ScriptedServer.answering { [shared] request in Self.answer(request, shared) }
        shared.port.withLock { $0 = server.port }
    }

    var environment: [String: String] {
        [
            "SALESFORCE_LOGIN_URL": "http://\(server.authority)", "SALESFORCE_CLIENT_ID": "c",
            "SALESFORCE_CLIENT_SECRET": "s",
        ]
    }

    func set(_ change: (inout State) -> Void) { shared.state.withLock { change(&$0) } }
    var requests: [Request] { shared.state.withLock(\.requests) }
    var kinds: [String] { requests.map(\.kind) }
    func count(of kind: String) -> Int { kinds.count { $0 == kind } }
    func last(_ kind: String) -> Request? { requests.last { $0.kind == kind } }
    var queries: [String] { requests.flatMap(\.queries) }
    /// The violations of the rules above that the double has seen.
    var violations: [String] { shared.state.withLock(\.violations) }
    var calls: [String: Row] { rows("Call_Recording_Info__c") }
    var tasks: [String: Row] { rows("Task") }

    private func rows(_ object: String) -> [String: Row] { shared.state.withLock { $0.rows[object] ?? [:] } }

    private static func answer(_ request: ScriptedServer.Request, _ shared: Shared) -> ScriptedServer.Response {
        let port = shared.port.withLock(\.self)
        if request.target == "/services/oauth2/token" {
            return ScriptedServer.Response(
                #"{"access_token":"00D!t","instance_url":"http://127.0.0.1:\#(port)","id":"i","token_type":"Bearer","#
                    + #""issued_at":"1","signature":"s"}"#)
        }
        let base = "/services/data/v62.0/composite"
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        return shared.state.withLock { state in
            if request.method == "POST", request.target == base { return composite(body, request.text, &state) }
            let collection = "\(base)/sobjects/"
            guard request.method == "PATCH", request.target.hasPrefix(collection),
                request.target.hasSuffix("/Contact_Id__c")
            else {
                state.violations.append("\(request.method) \(request.target)")
                return ScriptedSalesforce.fault(404, "NOT_FOUND", "no such resource")
            }
            let object = String(request.target.dropFirst(collection.count).dropLast("/Contact_Id__c".count))
            return upsert(object, body, request.text, &state)
        }
    }

    private static func composite(_ body: JSONValue, _ text: String, _ state: inout State) -> ScriptedServer.Response {
        let parts = body["compositeRequest"]?.array ?? []
        if parts.count > 5 { state.violations.append("\(parts.count) queries in a composite") }
        let urls = parts.map { $0["url"]?.string ?? "" }
        if urls.contains(where: { $0.utf8.count > 16_000 }) { state.violations.append("a query's URL is too long") }
        let queries = urls.map { String($0.split(separator: "q=", maxSplits: 1).last ?? "") }.map { query in
            query.replacing("+", with: " ").removingEscapes
        }
        let request = Request(kind: "composite", body: text, queries: queries)
        state.requests.append(request)
        if let response = state.response(request, state.requests.count) { return response }
        let answers = zip(parts, queries).map { part, query -> JSONValue in
            let object = query.split(separator: " FROM ").last?.split(separator: " ").first.map(String.init) ?? ""
            let reference = part["referenceId"] ?? .null
            if let fault = state.queryFaults[object] {
                return [
                    "referenceId": reference, "httpStatusCode": .number(fault.status),
                    "body": (try? JSONValue(parsing: fault.body)) ?? .null,
                ]
            }
            let own = (state.rows[object] ?? [:]).values.map { JSONValue.object($0.merging(["Id": "00T1"]) { $1 }) }
            let records = state.finds[object] ?? own
            return [
                "referenceId": reference, "httpStatusCode": 200,
                "body": ["totalSize": .number(records.count), "done": true, "records": .array(records)],
            ]
        }
        let answer: JSONValue = ["compositeResponse": .array(answers)]
        return ScriptedServer.Response(body: answer.bytes)
    }

    private static func upsert(
        _ object: String, _ body: JSONValue, _ text: String, _ state: inout State
    ) -> ScriptedServer.Response {
        let rows = (body["records"]?.array ?? []).map { $0.object ?? [:] }
        let request = Request(kind: object, body: text, rows: rows)
        state.requests.append(request)
        let ids = rows.map { $0["Contact_Id__c"]?.string ?? "" }
        if rows.isEmpty || rows.count > 200 { state.violations.append("\(rows.count) rows") }
        if Set(ids).count != ids.count || ids.contains("") { state.violations.append("external ids") }
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { state.violations.append("not ASCII") }
        if rows.contains(where: { $0["attributes"]?["type"]?.string != object }) { state.violations.append("type") }
        if let response = state.response(request, state.requests.count) { return response }
        let results = zip(ids, rows).map { id, row -> JSONValue in
            let stored = state.rows[object]?[id]
            var fault = state.refusal(object, row, state.requests.count)
            if let old = stored?["Last_Update__c"]?.string, let new = row["Last_Update__c"]?.string, new < old {
                fault = Fault(code: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: "STALE_CONTACT_RECORD: older")
            }
            if let fault {
                let error: JSONValue = [
                    "statusCode": .string(fault.code), "message": .string(fault.message),
                    "fields": .array(fault.fields.map(JSONValue.string)),
                ]
                return ["success": false, "errors": [error]]
            }
            state.rows[object, default: [:]][id] = (stored ?? [:]).merging(row) { $1 }
            return ["id": .string("id-\(id)"), "success": true, "created": .bool(stored == nil), "errors": []]
        }
        return ScriptedServer.Response(body: JSONValue.array(results).bytes)
    }
}

extension String {
    fileprivate var removingEscapes: String { removingPercentEncoding ?? self }
}
