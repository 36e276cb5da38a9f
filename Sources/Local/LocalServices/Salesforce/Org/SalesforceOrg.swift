import Foundation
import JSON
import Settings

/// The state and the responses of the local Salesforce, without its sockets.
package actor SalesforceOrg {
    enum Host: Sendable {
        case login
        case instance
    }

    /// A recorded call, without its credentials.
    package struct RecordedRequest: Sendable, Equatable {
        package let method: String
        package let path: String
        /// The signed-in user; nil for a sign-in or a refused token.
        package let user: String?
        package let body: String
        package let status: Int

        var json: JSONValue {
            .object([
                "method": .string(method), "path": .string(path), "user": user.map(JSONValue.string) ?? .null,
                "status": .number(status),
            ])
        }
    }

    struct Token: Sendable {
        let user: SalesforceUser
        /// Nil: never.
        let expires: Date?
    }

    let configuration: SalesforceDouble.Configuration
    private(set) var instanceURL = ""
    private(set) var loginURL = ""
    var store: SalesforceStore
    var tokens: [String: Token] = [:]
    var cursors: [String: SalesforceCursor] = [:]
    var faults: [AwaitedFault] = []
    /// The least times of data calls, in milliseconds, by a part of their paths.
    var paces: [String: Int] = [:]
    var recorded: [RecordedRequest] = []
    var calls = 0

    init(_ configuration: SalesforceDouble.Configuration) {
        self.configuration = configuration
        store = SalesforceStore(configuration.records, configuration.additions, now: configuration.now())
        faults = Self.faults(of: configuration)
        paces = Self.paces(of: configuration)
        for user in SalesforceUser.allCases {
            tokens[user.token] = Token(user: user, expires: nil)
        }
    }

    static func faults(of configuration: SalesforceDouble.Configuration) -> [AwaitedFault] {
        configuration.additions.flatMap(\.faults)
    }

    static func paces(of configuration: SalesforceDouble.Configuration) -> [String: Int] {
        configuration.additions.reduce(into: [:]) { $0.merge($1.paces) { max($0, $1) } }
    }

    func start(loginURL: String, instanceURL: String) {
        self.loginURL = loginURL
        self.instanceURL = instanceURL
    }

    /// Returns the response to one request; nil closes the connection without one.
    func answer(_ request: HTTPMessage, on host: Host) -> SalesforceOrgResponse? {
        let (path, query) = Self.split(request.path)
        if path.hasPrefix("/debug/") { return debug(request, path) }
        var answer: SalesforceOrgResponse?
        var user: SalesforceUser?
        if request.path.utf8.count > 16_384 {
            answer = SalesforceOrgResponse(414)
            answer?.page = "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>"
        } else if request.headSize > 16_384 {
            answer = SalesforceOrgResponse(431)
        } else if path == "/services/oauth2/token" {
            answer = signIn(request, query: query)
        } else if host == .login {
            answer = .error(404, "URL_NOT_RESET", "Destination URL not reset. The URL returned from login must be set")
        } else {
            user = self.user(of: request)
            answer = data(request, path, query, user)
            calls += 1
            answer?.fields["Sforce-Limit-Info"] = "api-usage=\(calls)/15000"
        }
        recorded.append(
            RecordedRequest(
                method: request.method, path: request.path, user: user?.name,
                body: path == "/services/oauth2/token" ? "" : String(decoding: request.body, as: UTF8.self),
                status: answer?.status ?? 0))
        return answer
    }

    private static func split(_ target: String) -> (path: String, query: String?) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
    }
}

extension HTTPMessage {
    var bearer: String? {
        guard let value = fields["Authorization"], value.hasPrefix("Bearer ") else { return nil }
        return String(value.dropFirst(7))
    }

    var headSize: Int {
        fields.fields.reduce(startLine.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }
}
