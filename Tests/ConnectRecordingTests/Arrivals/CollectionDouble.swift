import JSON
import Synchronization
import TestSupport

/// A Salesforce that takes collections, each as slowly or as badly as asked for, and counts those under way.
///
/// "Upsert Multiple Records with Fewer Round-Trips" in Salesforce's REST API Developer Guide; `UNABLE_TO_LOCK_ROW`:
/// "StatusCode" in the SOAP API Developer Guide.
final class CollectionDouble: Sendable {
    enum Behaviour: Sendable {
        case wait(milliseconds: Int)
        /// Answers once so many calls have been under way together, or after ten seconds.
        case together(Int)
        case limit
        case hang
    }

    private struct State {
        var signIns = 0
        var token = ""
        var endsBefore: Int?
        var calls: [[String]] = []
        var written: [String] = []
        var files: [String] = []
        var held: [String: Int] = [:]
        var running = 0
        var mostRunning = 0
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
        let port = Mutex(0)
    }

    private let shared = Shared()
    private let server: ScriptedServer

    /// `behaviour` is that of each call, counted from 1.
    init(_ behaviour: @escaping @Sendable (_ number: Int) -> Behaviour) throws {
        server = try ScriptedServer { [shared] connection in
            while let request = try connection.readRequest() {
                guard try Self.serve(request, on: connection, behaviour, shared) else { return connection.hang() }
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

    var signIns: Int { shared.state.withLock(\.signIns) }
    /// The contacts of each call that a valid session made, in the order of their arrival.
    var calls: [[String]] { shared.state.withLock(\.calls) }
    /// The contacts that were written, and their files.
    var written: [String] { shared.state.withLock(\.written) }
    var files: [String] { shared.state.withLock(\.files) }
    var mostRunning: Int { shared.state.withLock(\.mostRunning) }
    /// Refuses rows of contacts as held by another call, so many times each.
    func hold(_ contacts: [String: Int]) { shared.state.withLock { $0.held = contacts } }

    /// Ends the session before that call.
    func endSession(before number: Int) { shared.state.withLock { $0.endsBefore = number } }

    private static func serve(
        _ request: ScriptedServer.Request, on connection: ScriptedServer.Connection,
        _ behaviour: @Sendable (Int) -> Behaviour, _ shared: Shared
    ) throws -> Bool {
        if request.target.hasPrefix("/services/oauth2/token") {
            try connection.answer(signIn(shared))
            return true
        }
        let records = (try? JSONValue(parsing: Array(request.text.utf8)))?["records"]?.array ?? []
        let contacts = records.map { $0["Contact_Id__c"]?.string ?? "" }
        let begun = shared.state.withLock { state -> Int? in
            if let end = state.endsBefore, state.calls.count + 1 >= end { (state.token, state.endsBefore) = ("", nil) }
            guard request["Authorization"] == "Bearer \(state.token)", !state.token.isEmpty else { return nil }
            state.calls.append(contacts)
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
            return state.calls.count
        }
        guard let begun else {
            try connection.answer(ScriptedSalesforce.fault(401, "INVALID_SESSION_ID", "Session expired or invalid"))
            return true
        }
        defer { shared.state.withLock { $0.running -= 1 } }
        switch behaviour(begun) {
        case .hang: return false
        case .limit:
            try connection.answer(
                ScriptedSalesforce.fault(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."))
        case .together(let count):
            let end = ContinuousClock.now + .seconds(10)
            while shared.state.withLock({ $0.mostRunning < count }), .now < end {
                try connection.sleep(for: .milliseconds(5))
            }
            try connection.answer(ScriptedServer.Response(results(of: records, contacts, shared)))
        case .wait(let milliseconds):
            try connection.sleep(for: .milliseconds(milliseconds))
            try connection.answer(ScriptedServer.Response(results(of: records, contacts, shared)))
        }
        return true
    }

    private static func results(of records: [JSONValue], _ contacts: [String], _ shared: Shared) -> String {
        shared.state.withLock { state in
            let results = zip(records, contacts).map { record, contact in
                if let left = state.held[contact], left > 0 {
                    state.held[contact] = left - 1
                    return #"{"success":false,"errors":[{"statusCode":"UNABLE_TO_LOCK_ROW","message":"m"}]}"#
                }
                state.written.append(contact)
                state.files.append(record["File_Name__c"]?.string ?? "")
                return #"{"id":"a","success":true,"created":true,"errors":[]}"#
            }
            return "[\(results.joined(separator: ","))]"
        }
    }

    private static func signIn(_ shared: Shared) -> ScriptedServer.Response {
        let port = shared.port.withLock(\.self)
        let token = shared.state.withLock { state in
            state.signIns += 1
            state.token = "00D!token\(state.signIns)"
            return state.token
        }
        return ScriptedServer.Response(
            #"{"access_token":"\#(token)","instance_url":"http://127.0.0.1:\#(port)","id":"i","token_type":"Bearer","#
                + #""issued_at":"1","signature":"s"}"#)
    }
}
