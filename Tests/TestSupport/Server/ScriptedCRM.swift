import Encoding
package import JSON
import Synchronization

/// A Salesforce that reads composite requests, searches and creations strictly, and answers each as a test says.
///
/// A member that the function need not send is refused, so that nothing else is ever sent: "Composite", "Parameterized
/// Search" and "sObject Basic Information" in Salesforce's REST API Developer Guide.
package final class ScriptedCRM: Sendable {
    /// One part of a composite request.
    package struct Part: Sendable {
        package let method: String
        package let url: String
        package let reference: String
        package let body: JSONValue?
        package let headers: JSONValue?

        /// The query, decoded; nil for a part of another kind.
        package var soql: String? {
            let start = "/services/data/v62.0/query?q="
            return url.hasPrefix(start) ? PercentEncoding.decode(url.dropFirst(start.count)) : nil
        }
    }

    /// A request with a valid token.
    package enum Call: Sendable {
        case composite([Part])
        case search(JSONValue)
        case create(object: String, JSONValue)

        package var isSearch: Bool {
            if case .search = self { true } else { false }
        }

        package var queries: [String] {
            if case .composite(let parts) = self { parts.compactMap(\.soql) } else { [] }
        }
    }

    package enum Reply: Sendable {
        case json(Int, JSONValue)
        case raw(ScriptedServer.Response)
        case late(Duration, JSONValue)
        case hang
        case reset
        case resetMidBody
    }

    package typealias Script = @Sendable (_ call: Call, _ number: Int) -> Reply

    private struct State {
        var script: Script
        var calls: [Call] = []
        var refusals: [String] = []
        var signIns = 0
        /// Sign-ins and calls that are refused before all others.
        var refusedSignIns = 0
        var expiries = 0
        var tokens: Set<String> = []
    }

    private let server: ScriptedServer
    private let state: Shared

    private final class Shared: Sendable {
        let state: Mutex<State>
        let port = Mutex(0)

        init(_ script: @escaping Script) { state = Mutex(State(script: script)) }
    }

    package init(_ script: @escaping Script) throws {
        let shared = Shared(script)
        state = shared
        server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                switch Self.reply(to: request, shared) {
                case .json(let status, let body): try connection.answer(Response(status: status, body.text))
                case .raw(let response): try connection.answer(response)
                case .late(let pause, let body):
                    try connection.sleep(for: pause)
                    try connection.answer(Response(body.text))
                case .hang: return connection.hang()
                case .reset: return connection.reset()
                case .resetMidBody:
                    try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
                    return connection.reset()
                }
            }
        }
        shared.port.withLock { $0 = server.port }
    }

    private typealias Response = ScriptedServer.Response

    /// The variables of a function that calls it.
    package var environment: [String: String] {
        [
            "SALESFORCE_LOGIN_URL": "http://\(server.authority)", "SALESFORCE_CLIENT_ID": "id-of-the-app",
            "SALESFORCE_CLIENT_SECRET": "key-of-the-app",
        ]
    }

    package var calls: [Call] { state.state.withLock(\.calls) }
    package var signIns: Int { state.state.withLock(\.signIns) }
    /// Every query so far.
    package var queries: [String] { calls.flatMap(\.queries) }
    /// The sentences about requests that were not as documented; a test expects none.
    package var refusals: [String] { state.state.withLock(\.refusals) }

    package func script(_ script: @escaping Script) { state.state.withLock { $0.script = script } }
    /// Refuses the next calls with 401, and their tokens from then on.
    package func expire(times: Int = 1) { state.state.withLock { $0.expiries = times } }
    /// Refuses the next sign-ins.
    package func refuseSignIns(times: Int) { state.state.withLock { $0.refusedSignIns = times } }

    private static func reply(to request: ScriptedServer.Request, _ shared: Shared) -> Reply {
        let port = shared.port.withLock(\.self)
        let asked = shared.state.withLock { state -> Result<(Call, Int, Script), ScriptedCRMRefusal> in
            if request.target == "/services/oauth2/token" { return .failure(signIn(&state, port)) }
            let token = request["Authorization"]?.dropFirst("Bearer ".count) ?? ""
            guard state.tokens.contains(String(token)), state.expiries == 0 else {
                if state.expiries > 0 { state.expiries -= 1 }
                state.tokens = []
                // A request that was refused is a request, too.
                if let call = try? Call(request) { state.calls.append(call) }
                return .failure(.init(reply: .json(401, fault("INVALID_SESSION_ID"))))
            }
            do throws(ScriptedCRMFault) {
                let call = try Call(request)
                state.calls.append(call)
                return .success((call, state.calls.count, state.script))
            } catch {
                state.refusals.append(error.sentence)
                return .failure(.init(reply: .json(400, fault("JSON_PARSER_ERROR"))))
            }
        }
        switch asked {
        case .success(let (call, number, script)): return script(call, number)
        case .failure(let refusal): return refusal.reply
        }
    }

    private static func signIn(_ state: inout State, _ port: Int) -> ScriptedCRMRefusal {
        state.signIns += 1
        guard state.refusedSignIns == 0 else {
            state.refusedSignIns -= 1
            return .init(
                reply: .json(400, ["error": "invalid_client", "error_description": "invalid client credentials"]))
        }
        let token = "00D!token\(state.signIns)"
        state.tokens.insert(token)
        return .init(
            reply: .json(
                200,
                [
                    "access_token": .string(token), "instance_url": .string("http://127.0.0.1:\(port)"),
                    "token_type": "Bearer",
                ]))
    }
}

/// A reply that no script gives.
private struct ScriptedCRMRefusal: Error {
    let reply: ScriptedCRM.Reply
}

/// A request that is not as documented.
struct ScriptedCRMFault: Error {
    let sentence: String
}
