import AWS
import Calling
import Crypto
import Encoding
import HTTPClient
import HTTPTypes
import JSON
import Settings

/// Exchanges credentials for a session: `POST /services/oauth2/token`.
struct SignIn: Sendable {
    let configuration: SalesforceConfiguration
    let transport: SalesforceTransport
    let secrets: SecretReader<SalesforceSecrets>

    /// The action of its errors.
    static let action = "sign-in"

    /// Signs in; refused credentials of our own are read again and tried once more.
    nonisolated(nonsending) func session(
        for identity: SalesforceCall.Identity, deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> SalesforceSession {
        let secrets = try await Self.reading { try await self.secrets.values(deadline: deadline) }
        do throws(SalesforceError) {
            return try await session(for: identity, secrets, deadline: deadline)
        } catch {
            guard error.kind == .clientRefused else { throw error }
            let others = try await Self.reading {
                try await self.secrets.values(insteadOf: secrets, deadline: deadline)
            }
            guard let others else { throw error }
            return try await session(for: identity, others, deadline: deadline)
        }
    }

    private nonisolated(nonsending) func session(
        for identity: SalesforceCall.Identity, _ secrets: SalesforceSecrets, deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> SalesforceSession {
        let timing = transport.timing
        let difference = timing.difference
        var form = try form(for: identity, secrets, at: timing.wall() + difference)
        var request = Self.request(form)
        var answer = try await transport.answer(to: request, at: configuration.login, deadline: deadline)
        if mayBeOfTime(answer, to: request, identity),
            timing.isCorrected(by: answer.head.date, signedWith: difference, tolerance: JWTAssertion.acceptedDifference)
        {
            form = try self.form(for: identity, secrets, at: timing.time)
            request = Self.request(form)
            answer = try await transport.answer(to: request, at: configuration.login, deadline: deadline)
        }
        guard answer.status == 200 else {
            throw refusal(answer, to: request, identity, hiding: form.map(\.value).filter { $0.utf8.count >= 4 })
        }
        // A token must not leave TLS because a reply says so.
        guard let reply = try? JSONText.decode(Reply.self, from: answer.body),
            Self.isToken(reply.accessToken), let instance = Endpoint(outside: reply.instanceURL)
        else { throw SalesforceError(.unreadable, .unknown, action: request.action, status: answer.status) }
        return SalesforceSession(token: Redacted(reply.accessToken), instance: instance)
    }

    private static func request(_ form: [(name: String, value: String)]) -> SalesforceRequest {
        SalesforceRequest(
            action: Self.action, method: .post, path: "/services/oauth2/token",
            body: Array(PercentEncoding.form(form).utf8), contentType: "application/x-www-form-urlencoded",
            isIdempotent: true, maximumBytes: 65_536)
    }

    /// Returns true when an assertion was refused in words that may be about its time.
    private func mayBeOfTime(
        _ answer: SalesforceResponse, to request: SalesforceRequest, _ identity: SalesforceCall.Identity
    ) -> Bool {
        guard answer.status == 400, configuration.grant == .jwt, identity.isOurs else { return false }
        let error = SalesforceError(answer, to: request, hiding: [])
        let words = error.message?.value.lowercased() ?? ""
        return error.code == "invalid_grant" && ["assertion", "expired"].contains { words.containsBytes(of: $0) }
    }

    private func form(
        for identity: SalesforceCall.Identity, _ secrets: SalesforceSecrets, at time: Duration
    ) throws(SalesforceError) -> [(name: String, value: String)] {
        let id = secrets.clientID?.value ?? ""
        let client = [("client_id", id), ("client_secret", secrets.clientSecret?.value ?? "")]
        func password(_ name: String, _ password: String) -> [(name: String, value: String)] {
            [("grant_type", "password")] + client + [("username", name), ("password", password)]
        }
        var username = secrets.username?.value ?? ""
        switch identity {
        case .user(let name, let word): return password(name.value, word.value)
        case .onBehalf(let name, _):
            guard configuration.grant == .jwt else {
                throw SalesforceError(
                    .clientRefused, .notSent, action: Self.action, detail: "SALESFORCE_GRANT is not jwt")
            }
            username = name.value
        case .service, .bearer: break
        }
        switch configuration.grant {
        case .clientCredentials: return [("grant_type", "client_credentials")] + client
        case .password: return password(username, secrets.password?.value ?? "")
        case .jwt:
            let assertion = JWTAssertion(
                clientID: id, username: username, audience: configuration.audience, at: time)
            guard let key = RSAPrivateKey(pem: secrets.privateKey?.value ?? ""), let text = assertion.signed(with: key)
            else {
                throw SalesforceError(.clientRefused, .notSent, action: Self.action, detail: "the key cannot sign")
            }
            return [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", text)]
        }
    }

    /// Returns the error of a refusal, which is the user's fault for their name and password, and ours for all else.
    private func refusal(
        _ answer: SalesforceResponse, to request: SalesforceRequest, _ identity: SalesforceCall.Identity,
        hiding secrets: [String]
    ) -> SalesforceError {
        var error = SalesforceError(answer, to: request, hiding: secrets)
        guard error.kind == .refused || error.kind == .credentialsRefused else { return error }
        let code = error.code.lowercased()
        let isRateLimit = code.containsBytes(of: "rate") && code.containsBytes(of: "exceeded")
        if isRateLimit || error.message?.value.lowercased() == "login rate exceeded" {
            error.kind = .limitReached
        } else if case .user = identity, Self.userFaults.contains(code) {
            error.kind = .credentialsRefused
        } else {
            error.blameOurselves(configuration.grant, identity)
        }
        return error
    }

    private static let userFaults: Set<String> = ["invalid_grant", "inactive_user", "inactive_org"]

    /// Printable ASCII without space, since it becomes a header.
    static func isToken(_ text: String) -> Bool {
        (1...8192).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Turns an error of reading the secret into a failed sign-in.
    private nonisolated(nonsending) static func reading<Value>(
        _ read: nonisolated(nonsending) () async throws -> Value
    ) async throws(SalesforceError) -> Value {
        do {
            return try await read()
        } catch {
            throw SalesforceError(.unavailable, .notSent, action: Self.action, detail: "\(error)")
        }
    }

    private struct Reply: Decodable {
        let accessToken: String
        let instanceURL: String

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case instanceURL = "instance_url"
        }
    }
}

/// A token, and the only host it is sent to.
struct SalesforceSession: Sendable {
    let token: Redacted<String>
    let instance: Endpoint

    func isSame(as other: SalesforceSession) -> Bool {
        ConstantTime.isSame(token.value, other.token.value) && instance == other.instance
    }
}
