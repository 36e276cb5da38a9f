import AWS
import Calling
import Encoding
import HTTPTypes
import Logging
import Settings

/// The requests of one call, under one session, which is renewed once when Salesforce refuses it.
struct AuthenticatedCall: ~Copyable {
    private let client: SalesforceClient
    private let call: SalesforceCall
    private var session: SalesforceSession?
    private var hasRenewed = false
    private var usage: APIUsage?

    init(_ client: SalesforceClient, _ call: SalesforceCall) {
        self.client = client
        self.call = call
    }

    /// Logs the org's API usage by the last response: one line a call, which template.yaml's metric filters read.
    deinit {
        guard let usage, let logger = call.logger else { return }
        logger.info(
            "Salesforce API usage",
            metadata: [
                "metric": "SalesforceAPIUsage", "used": .stringConvertible(usage.used),
                "limit": .stringConvertible(usage.limit), "percent": .stringConvertible(usage.percent),
            ])
    }

    /// The path of the version's resources.
    var base: String { "/services/data/\((call.version ?? client.configuration.version).text)" }

    /// Sends a request; throws for a response whose status is not among `expected`.
    nonisolated(nonsending) mutating func answer(to request: SalesforceRequest, expecting expected: Set<Int>)
        async throws(SalesforceError) -> SalesforceResponse
    {
        var request = request
        if request.method != .get { request.assignment = call.assignment }
        if call.budget != nil { request.tries = 1 }
        while true {
            let session = try await currentSession()
            guard call.budget?.take() ?? true else {
                throw SalesforceError(
                    .unavailable, .notSent, action: request.action, detail: "the requests of one call are used up")
            }
            let answer = try await client.transport.answer(
                to: request, at: session.instance, token: session.token.value, deadline: call.deadline)
            usage = APIUsage(answer.head) ?? usage
            if expected.contains(answer.status) { return answer }
            var error = SalesforceError(answer, to: request, hiding: client.hidden(call.identity, session))
            guard error.kind == .credentialsRefused else { throw error }
            guard let digest = call.identity.digest(client.tokens) else { throw error }
            client.tokens.forget(session, for: digest)
            guard !hasRenewed else {
                if call.identity.isOurs { error.blameOurselves(client.configuration.grant, call.identity) }
                throw error
            }
            hasRenewed = true
            self.session = nil
        }
    }

    private nonisolated(nonsending) mutating func currentSession() async throws(SalesforceError) -> SalesforceSession {
        if let session { return session }
        let session = try await client.session(for: call.identity, deadline: call.deadline)
        self.session = session
        return session
    }
}

extension SalesforceClient {
    /// Returns the secrets that were sent with a call, or before it.
    fileprivate func hidden(_ identity: SalesforceCall.Identity, _ session: SalesforceSession) -> [String] {
        var secrets = [session.token.value] + (secrets.current?.values ?? [])
        if case .user(let name, let password) = identity {
            let pair = Base64.encode("\(name.value):\(password.value)".utf8)
            secrets += [pair, password.value]
        }
        return secrets.filter { $0.utf8.count >= 4 }
    }
}

extension SalesforceCall.Identity {
    /// True when the credentials are the service's own.
    var isOurs: Bool {
        switch self {
        case .service, .onBehalf: true
        case .user, .bearer: false
        }
    }
}
