import AlexaVerification
import Foundation
import HTTPClient
import HTTPEvents
import Synchronization
import TestSupport

/// A verifier that reaches s3.amazonaws.com through a proxy, whose tunnel ends at a local TLS server.
final class ChainFixture: Sendable {
    /// Made once, since keys take time, and never released: its files are removed at exit.
    static let authority: Result<SigningAuthority, any Error> = Result {
        let authority = try SigningAuthority()
        atexit { try? ChainFixture.authority.get().removeFiles() }
        return authority
    }
    static let url = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"
    static let body = Array(#"{"version":"1.0","request":{"type":"LaunchRequest"}}"#.utf8)

    private let chains: ChainServer
    let verifier: RequestVerifier

    var server: ScriptedServer { chains.server }
    var proxy: ScriptedServer { chains.proxy }

    /// Serves the responses of `answer`; trusts the signing authority's root unless told otherwise.
    convenience init(
        host: String = "s3.amazonaws.com", tls: TLSAuthority? = nil, roots: TrustedRoots? = nil,
        _ answer: @escaping @Sendable () -> ScriptedServer.Response
    ) throws {
        try self.init(host: host, tls: tls, roots: roots) { connection in
            while try connection.readRequest() != nil { try connection.answer(answer()) }
        }
    }

    /// Serves a chain.
    convenience init(_ certificates: SigningAuthority.Certificate...) throws {
        let pem = certificates.flatMap(\.pem)
        try self.init { .init(body: pem) }
    }

    init(
        host: String = "s3.amazonaws.com", tls: TLSAuthority? = nil, roots: TrustedRoots? = nil,
        fetchTime: Duration = .seconds(4), script: @escaping ScriptedServer.Script
    ) throws {
        let chains = try ChainServer(host: host, tls: tls ?? TLSAuthority(), script)
        let variables = chains.environment
        let configuration = CurlClient.Configuration { variables[$0] }
        let now = Now()
        verifier = RequestVerifier(
            http: CurlClient(configuration),
            trustedRoots: try roots ?? .pem(Self.authority.get().root.pem), fetchTime: fetchTime, now: { now.value })
        (self.chains, self.now) = (chains, now)
    }

    private final class Now: Sendable {
        private let seconds = Mutex(Date().timeIntervalSince1970.rounded(.down))
        var value: Double { seconds.withLock(\.self) }
        func add(_ time: Double) { seconds.withLock { $0 += time } }
    }
    private let now: Now

    func advance(days: Double) { now.add(days * 86400) }

    /// Returns the clock's time, or so many seconds after it, in a request's form.
    func timestamp(_ seconds: Double = 0) -> String {
        Date(timeIntervalSince1970: now.value + seconds).formatted(.iso8601)
    }

    /// Verifies a request; omitted parts are like Alexa's. Returns the refusal, nil for none.
    func verify(
        _ url: String = ChainFixture.url, body: [UInt8] = ChainFixture.body, signature: String? = nil,
        headers: HTTPHeaders? = nil, timestamp: String?? = .none, requestType: String = "LaunchRequest",
        deadline: ContinuousClock.Instant = .now + .seconds(20)
    ) async throws -> VerificationError? {
        let signature = try signature ?? Self.authority.get().sign(body)
        let timestamp: String? = if case .some(let given) = timestamp { given } else { self.timestamp() }
        do throws(VerificationError) {
            try await verifier.verify(
                headers ?? ["SignatureCertChainUrl": url, "Signature-256": signature], body: body,
                timestamp: timestamp, requestType: requestType, deadline: deadline)
            return nil
        } catch {
            return error
        }
    }
}
