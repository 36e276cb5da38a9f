import Foundation
package import LambdaRuntime

/// What the local Salesforce knows and answers, without its sockets.
package actor SalesforceOrg {
    enum Host: Sendable {
        case login
        case instance
    }

    /// A call as it came, without its credentials.
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
    private var recorded: [RecordedRequest] = []
    private var calls = 0

    init(_ configuration: SalesforceDouble.Configuration) {
        self.configuration = configuration
        store = SalesforceStore(configuration.records, now: configuration.now())
        for user in SalesforceUser.allCases {
            tokens[user.token] = Token(user: user, expires: nil)
        }
    }

    func start(loginURL: String, instanceURL: String) {
        self.loginURL = loginURL
        self.instanceURL = instanceURL
    }

    /// The answer to one request; nil closes the connection without one.
    func answer(_ request: HTTPMessage, on host: Host) -> SalesforceAnswer? {
        let (path, query) = Self.split(request.path)
        if path.hasPrefix("/debug/") { return debug(request, path) }
        var answer: SalesforceAnswer?
        var user: SalesforceUser?
        if request.path.utf8.count > 16_384 {
            answer = SalesforceAnswer(414)
            answer?.page = "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>"
        } else if request.headSize > 16_384 {
            answer = SalesforceAnswer(431)
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

    /// A data call: the token first, then what befalls it, then its work.
    private func data(
        _ request: HTTPMessage, _ path: String, _ query: String?, _ user: SalesforceUser?
    ) -> SalesforceAnswer? {
        guard let user else { return Self.invalidSession }
        let fault = fault(for: request, path) ?? user.fault
        switch fault {
        case .limit: return .error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        case .busy:
            return .error(503, "SERVER_UNAVAILABLE", "The server is too busy to handle this request: try again later.")
        case .expired:
            tokens[request.bearer ?? ""] = nil
            return Self.invalidSession
        case .html:
            var answer = SalesforceAnswer(200)
            answer.page = "<html><body>Down for maintenance</body></html>"
            return answer
        case .drop, .slow, nil: break
        }
        var answer: SalesforceAnswer
        do throws(SalesforceFailure) {
            if path.hasPrefix("/services/apexrest/") {
                answer = try apex(request, path, user)
            } else {
                answer = try perform(SalesforceCall(request, path: path, query: query), as: user)
            }
        } catch {
            answer = SalesforceAnswer(error.status, .array([error.json]))
        }
        if case .slow(let milliseconds) = fault {
            answer.delay = .milliseconds(milliseconds)
        }
        return fault == .drop ? nil : answer
    }

    private func fault(for request: HTTPMessage, _ path: String) -> SalesforceFault? {
        if let name = request.fields["X-Local-Fault"] { return SalesforceFault(name) }
        guard let index = faults.firstIndex(where: { $0.path.isEmpty || path.contains($0.path) }) else { return nil }
        let fault = faults[index].fault
        faults[index].times -= 1
        if faults[index].times <= 0 {
            faults.remove(at: index)
        }
        return fault
    }

    private func user(of request: HTTPMessage) -> SalesforceUser? {
        guard let bearer = request.bearer, let token = tokens[bearer] else { return nil }
        if let expires = token.expires, expires <= configuration.now() {
            tokens[bearer] = nil
            return nil
        }
        return token.user
    }

    private static let invalidSession = SalesforceAnswer(
        401, .array([SalesforceFailure(401, "INVALID_SESSION_ID", "Session expired or invalid").json]),
        fields: ["WWW-Authenticate": "Token"])

    private static func split(_ target: String) -> (path: String, query: String?) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
    }

    // MARK: For tests and people

    /// Every call since the start, debug calls left out.
    package var requests: [RecordedRequest] { recorded }

    /// The records of an object, oldest first.
    package func records(of object: String) -> [[String: JSONValue]] {
        store.records[object] ?? []
    }

    /// A record that a call made.
    package struct CreatedRecord: Sendable, Equatable {
        package let object: String
        package let fields: [String: JSONValue]
    }

    /// The records that were made since the start, by object, oldest first.
    package var created: [CreatedRecord] {
        store.records.keys.sorted().flatMap { object in
            // Records are only ever added behind the seeds.
            records(of: object).dropFirst(configuration.records[object]?.count ?? 0)
                .map { CreatedRecord(object: object, fields: $0) }
        }
    }

    /// Ends every token that a sign-in gave.
    package func expireTokens() {
        tokens = tokens.filter { $0.value.expires == nil }
    }

    /// Lets the next data calls whose path holds `path` meet a fault.
    package func misbehave(_ fault: SalesforceFault, times: Int = 1, path: String = "") {
        faults.append(AwaitedFault(fault: fault, path: path, times: times))
    }

    /// Puts the seeds back and forgets everything else.
    package func reset() {
        store = SalesforceStore(configuration.records, now: configuration.now())
        expireTokens()
        cursors = [:]
        faults = []
        recorded = []
        calls = 0
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
