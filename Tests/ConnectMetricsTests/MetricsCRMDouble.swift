import Foundation
import JSON
import Synchronization
import TestSupport

/// A Salesforce that takes collections of metrics' objects by their external ids, queries of old rows and deletions, keeps
/// what it took, and refuses what a test says.
///
/// "Upsert Multiple Records with Fewer Round-Trips" and "Delete Multiple Records with Fewer Round-Trips" in Salesforce's REST
/// API Developer Guide.
final class MetricsCRMDouble: Sendable {
    typealias Row = [String: JSONValue]

    struct Request: Sendable {
        /// The object of an upsert, `query` or `delete`.
        let kind: String
        /// The rows of an upsert.
        var rows: [Row] = []
        var query = ""
        var ids: [String] = []
        let begin: ContinuousClock.Instant
        var end: ContinuousClock.Instant?
    }

    struct State {
        var rows: [String: [String: Row]] = [:]
        var requests: [Request] = []
        /// The ids that a query finds.
        var old: [String] = []
        /// The code of a row's refusal, or of a record's deletion, by its key and the number of times that it came.
        var refusal: @Sendable (_ key: String, _ time: Int) -> String? = { _, _ in nil }
        /// The response to a whole request, by its number from 1.
        var response: @Sendable (_ request: Request, _ number: Int) -> ScriptedServer.Response? = { _, _ in nil }
        var pace = Duration.zero
        var violations: [String] = []
        fileprivate var times: [String: Int] = [:]
    }

    private static let keys = ["Queue_Status__c": "Queue_Id__c", "Contact_Metric__c": "Key__c"]

    private final class Shared: Sendable {
        let state = Mutex(State())
        let port = Mutex(0)
    }

    private let shared = Shared()
    private let server: ScriptedServer

    init() throws {
        server = try ScriptedServer { [shared] connection in
            while let request = try connection.readRequest() {
                let (response, pace, number) = Self.answer(request, shared)
                if pace > .zero { try connection.sleep(for: pace) }
                if let number { shared.state.withLock { $0.requests[number].end = .now } }
                try connection.answer(response)
            }
        }
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
    var violations: [String] { shared.state.withLock(\.violations) }
    var old: [String] { shared.state.withLock(\.old) }
    func rows(_ object: String) -> [String: Row] { shared.state.withLock { $0.rows[object] ?? [:] } }
    /// Returns the requests since the last call.
    func taken() -> [Request] {
        shared.state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }

    private static func answer(
        _ request: ScriptedServer.Request, _ shared: Shared
    ) -> (ScriptedServer.Response, Duration, Int?) {
        let port = shared.port.withLock(\.self)
        if request.target == "/services/oauth2/token" {
            return (
                ScriptedServer.Response(
                    #"{"access_token":"00D!t","instance_url":"http://127.0.0.1:\#(port)","id":"i","#
                        + #""token_type":"Bearer","issued_at":"1","signature":"s"}"#), .zero, nil
            )
        }
        return shared.state.withLock { state in
            guard let read = read(request) else {
                state.violations.append("\(request.method) \(request.target.prefix(120))")
                return (ScriptedSalesforce.fault(404, "NOT_FOUND", "no such resource"), .zero, nil)
            }
            state.requests.append(read)
            let number = state.requests.count
            let response = state.response(read, number) ?? carryOut(read, &state)
            return (response, state.pace, number - 1)
        }
    }

    private static func read(_ request: ScriptedServer.Request) -> Request? {
        let base = "/services/data/v62.0"
        let now = ContinuousClock.now
        if request.method == "GET", request.target.hasPrefix("\(base)/query?q=") {
            let text = request.target.dropFirst("\(base)/query?q=".count).replacing("+", with: " ")
            return Request(kind: "query", query: text.removingPercentEncoding ?? "", begin: now)
        }
        if request.method == "DELETE", let url = URLComponents(string: request.target),
            url.path == "\(base)/composite/sobjects"
        {
            let ids = url.queryItems?.first { $0.name == "ids" }?.value ?? ""
            return Request(kind: "delete", ids: ids.split(separator: ",").map(String.init), begin: now)
        }
        for (object, key) in keys
        where request.method == "PATCH" && request.target == "\(base)/composite/sobjects/\(object)/\(key)" {
            let rows = (try? JSONValue(parsing: request.body))?["records"]?.array?.map { $0.object ?? [:] }
            return Request(kind: object, rows: rows ?? [], begin: now)
        }
        return nil
    }

    private static func carryOut(_ request: Request, _ state: inout State) -> ScriptedServer.Response {
        if request.kind == "query" {
            let found = state.old.sorted().prefix(2_000).map { id -> JSONValue in
                ["attributes": ["type": "Contact_Metric__c"], "Id": .string(id)]
            }
            let page: JSONValue = ["totalSize": .number(found.count), "done": true, "records": .array(found)]
            return ScriptedServer.Response(body: page.bytes)
        }
        let keys =
            request.kind == "delete"
            ? request.ids : request.rows.map { $0[Self.keys[request.kind] ?? ""]?.string ?? "" }
        if keys.isEmpty || keys.count > 200 { state.violations.append("\(keys.count) rows") }
        if Set(keys).count != keys.count || keys.contains("") { state.violations.append("keys") }
        var results: [JSONValue] = []
        for (place, key) in keys.enumerated() {
            state.times[key, default: 0] += 1
            if let code = state.refusal(key, state.times[key] ?? 0) {
                let error: JSONValue = ["statusCode": .string(code), "message": "m of ana.silva", "fields": []]
                results.append(["success": false, "errors": [error]])
                continue
            }
            if request.kind == "delete" {
                state.old.removeAll { $0 == key }
            } else {
                state.rows[request.kind, default: [:]][key, default: [:]].merge(request.rows[place]) { $1 }
            }
            results.append(["id": .string("id-\(key)"), "success": true, "errors": []])
        }
        return ScriptedServer.Response(body: JSONValue.array(results).bytes)
    }
}
