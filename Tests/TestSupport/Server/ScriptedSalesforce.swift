import Foundation
import Synchronization

/// A Salesforce that checks every request strictly, issues tokens, and responds to data calls by a test's script.
///
/// The token endpoint accepts the three grants and refuses unknown ones like Salesforce. A data call without a valid
/// token gets 401 `INVALID_SESSION_ID`; one without a scripted response gets 404.
package final class ScriptedSalesforce: Sendable {
    package typealias Response = ScriptedServer.Response

    /// The treatment of one request.
    package enum Reply: Sendable {
        case answer(Response)
        /// Reads the request and never responds.
        case hang
        /// Reads the request and resets the connection.
        case reset
    }

    package static let clientID = "local-client"
    package static let clientSecret = "local-secret"
    package static let username = "agent@example.com"
    package static let password = "pass:word-ü"

    private struct State {
        var signIns: [[String: String]] = []
        var signInReplies: [Reply] = []
        var replies: [Reply] = []
        var calls: [ScriptedServer.Request] = []
        var token: String?
        var clientSecret = ScriptedSalesforce.clientSecret
        var issued = 0
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
        let port = Mutex(0)
    }

    package let server: ScriptedServer
    private let shared: Shared

    package init() throws {
        let shared = Shared()
        self.shared = shared
        server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                switch Self.reply(to: request, shared) {
                case .answer(let answer): try connection.answer(answer)
                case .hang: return connection.hang()
                case .reset: return connection.reset()
                }
            }
        }
        shared.port.withLock { $0 = server.port }
    }

    package var url: String { "http://\(server.authority)" }

    /// The variables of a function that calls it.
    package var environment: [String: String] {
        [
            "SALESFORCE_LOGIN_URL": url, "SALESFORCE_CLIENT_ID": Self.clientID,
            "SALESFORCE_CLIENT_SECRET": Self.clientSecret,
        ]
    }

    /// The forms of every sign-in, refused ones included.
    package var signIns: [[String: String]] { shared.state.withLock(\.signIns) }
    /// Every data call, refused ones included.
    package var calls: [ScriptedServer.Request] { shared.state.withLock(\.calls) }

    /// Sets the responses to the next data calls with a valid token, in this order.
    package func reply(_ replies: Reply...) { shared.state.withLock { $0.replies += replies } }
    /// Like `reply`, with bodies of JSON.
    package func answer(_ status: Int, _ body: String, headers: [(name: String, value: String)] = []) {
        reply(.answer(Response(status: status, headers: headers, body)))
    }
    /// Sets the responses to the next sign-ins, in this order, instead of checking them.
    package func replyToSignIn(_ replies: Reply...) { shared.state.withLock { $0.signInReplies += replies } }
    /// Ends every session.
    package func expire() { shared.state.withLock { $0.token = nil } }
    /// Changes the client's secret from now on.
    package func changeSecret(to secret: String) { shared.state.withLock { $0.clientSecret = secret } }

    private static func reply(to request: ScriptedServer.Request, _ shared: Shared) -> Reply {
        let port = shared.port.withLock(\.self)
        return shared.state.withLock { state in
            if request.target.hasPrefix("/services/oauth2/token") { return signIn(request, &state, port) }
            state.calls.append(request)
            guard let token = state.token, request["Authorization"] == "Bearer \(token)" else {
                return .answer(
                    fault(401, "INVALID_SESSION_ID", "Session expired or invalid"))
            }
            guard !state.replies.isEmpty else {
                return .answer(fault(404, "NOT_FOUND", "The requested resource does not exist"))
            }
            return state.replies.removeFirst()
        }
    }

    private static func signIn(_ request: ScriptedServer.Request, _ state: inout State, _ port: Int) -> Reply {
        let form = AWSDouble.form(request.text)
        state.signIns.append(form)
        if !state.signInReplies.isEmpty { return state.signInReplies.removeFirst() }
        func refused(_ code: String, _ sentence: String) -> Reply {
            .answer(Response(status: 400, #"{"error":"\#(code)","error_description":"\#(sentence)"}"#))
        }
        guard request.method == "POST", request.target == "/services/oauth2/token",
            request["Content-Type"] == "application/x-www-form-urlencoded"
        else { return refused("invalid_request", "must be a form in the body") }
        let isJWT = form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
        if !isJWT {
            guard form["client_id"] == clientID else {
                return refused("invalid_client_id", "client identifier invalid")
            }
            guard form["client_secret"] == state.clientSecret else {
                return refused("invalid_client", "invalid client credentials")
            }
        }
        let known: Set<String>
        switch form["grant_type"] {
        case "client_credentials": known = ["grant_type", "client_id", "client_secret"]
        case "password":
            known = ["grant_type", "client_id", "client_secret", "username", "password"]
            guard form["username"] == username, form["password"] == password else {
                return refused("invalid_grant", "authentication failure")
            }
        case _ where isJWT:
            known = ["grant_type", "assertion"]
            guard form["assertion"]?.split(separator: ".").count == 3 else {
                return refused("invalid_grant", "invalid assertion")
            }
        default: return refused("unsupported_grant_type", "grant type not supported")
        }
        guard Set(form.keys) == known else { return refused("invalid_request", "unknown fields") }
        state.issued += 1
        state.token = "00D!token\(state.issued)"
        return .answer(
            Response(
                #"{"access_token":"00D!token\#(state.issued)","instance_url":"http://127.0.0.1:\#(port)","id":"x","#
                    + #""token_type":"Bearer","issued_at":"1798761600000","signature":"s"}"#))
    }

    /// Returns an error of a data call.
    package static func fault(
        _ status: Int, _ code: String, _ message: String, fields: [String] = [],
        headers: [(name: String, value: String)] = []
    ) -> Response {
        let list = fields.map { "\"\($0)\"" }.joined(separator: ",")
        return Response(
            status: status, headers: headers,
            #"[{"message":"\#(message)","errorCode":"\#(code)","fields":[\#(list)]}]"#)
    }

    /// Returns one page of a query's response, with records of that many numbers.
    package static func page(
        _ numbers: Range<Int>, of total: Int, next: String? = nil, version: String = "v62.0"
    ) -> Response {
        let records = numbers.map {
            #"{"attributes":{"type":"Lead","url":"/services/data/\#(version)/sobjects/Lead/\#($0)"},"Id":"\#($0)"}"#
        }
        let more = next.map { #","nextRecordsUrl":"\#($0)""# } ?? ""
        return Response(
            #"{"totalSize":\#(total),"done":\#(next == nil)\#(more),"records":[\#(records.joined(separator: ","))]}"#)
    }
}
