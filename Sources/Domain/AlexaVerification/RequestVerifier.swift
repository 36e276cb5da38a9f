import Calling
package import HTTPClient
package import HTTPEvents
import HTTPTypes
import Synchronization

/// A check that an HTTP request comes from Alexa, for skills hosted as a web service.
///
/// Alexa Skills Kit, "Host a Custom Skill as a Web Service": the signature covers the body's bytes as received, and the
/// certificate that verifies it is fetched and cached. Not for a skill that Alexa invokes as a Lambda function. Keep
/// one verifier for the life of the process; it does nothing until the first request.
package final class RequestVerifier: Sendable {
    /// The largest chain accepted, in bytes.
    static let maximumChainBytes = 64 << 10

    private let http: CurlClient
    private let roots: RootStore
    private let fetchTime: Duration
    private let now: @Sendable () -> Double
    private let instant: @Sendable () -> ContinuousClock.Instant
    private let chains = Mutex(ChainCache())

    /// A verifier that fetches chains with `http`, each within `fetchTime`; `now` is in seconds since 1970, and
    /// `instant` on the clock that is not set.
    package init(
        http: CurlClient, trustedRoots: TrustedRoots = .ofTLS(), fetchTime: Duration = .seconds(4),
        now: @escaping @Sendable () -> Double = { Moment.now.wall / .seconds(1) },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.http = http
        self.roots = RootStore(trustedRoots)
        self.fetchTime = fetchTime
        self.now = now
        self.instant = instant
    }

    /// Returns when the request is Alexa's and recent.
    ///
    /// `body` is the request's as received, decoded from the event's base64; `timestamp` and `requestType` are its
    /// `request.timestamp` and `request.type`: give nil for a timestamp that is missing or not a string. It may be 150
    /// s off either way, 3,600 s for AlexaSkillEvent types. No chain is fetched when the headers or the timestamp are
    /// refused.
    package nonisolated(nonsending) func verify(
        _ headers: HTTPHeaders, body: [UInt8], timestamp: String?, requestType: String = "",
        deadline: ContinuousClock.Instant
    ) async throws(VerificationError) {
        try await verify(
            SignatureHeaders(headers), body: body, timestamp: timestamp, requestType: requestType, deadline: deadline)
    }

    /// The same for headers that have been read.
    package nonisolated(nonsending) func verify(
        _ headers: SignatureHeaders, body: [UInt8], timestamp: String?, requestType: String = "",
        deadline: ContinuousClock.Instant
    ) async throws(VerificationError) {
        let now = now()
        try RequestTimestamp.check(timestamp, requestType: requestType, now: now)
        try Self.check(
            headers.signature, of: body, by: await chain(at: headers.url, now: now, deadline: deadline))
    }

    /// Throws when the chain is at hand and has not signed the body, so that such a body need not be parsed.
    package func refuseByKnownChain(_ headers: SignatureHeaders, body: [UInt8]) throws(VerificationError) {
        let moment = Moment(wall: .seconds(now()), continuous: instant())
        guard let chain = chains.withLock({ $0.chain(at: headers.url, now: moment) }) else { return }
        try Self.check(headers.signature, of: body, by: chain)
    }

    private static func check(
        _ signature: [UInt8], of body: [UInt8], by chain: SigningChain
    ) throws(VerificationError) {
        guard chain.hasSigned(body, signature: signature) else {
            throw VerificationError(.wrongSignature, "Signature-256 does not match the request body.")
        }
    }

    nonisolated(nonsending) private func chain(
        at url: ChainURL, now: Double, deadline: ContinuousClock.Instant
    ) async throws(VerificationError) -> SigningChain {
        let moment = Moment(wall: .seconds(now), continuous: instant())
        if let chain = chains.withLock({ $0.chain(at: url, now: moment) }) { return chain }
        let pem = try await fetch(url, deadline: deadline)
        let chain = try roots.verify(pem, at: now)
        chains.withLock { $0.keep(chain, at: url, since: moment) }
        return chain
    }

    nonisolated(nonsending) private func fetch(
        _ url: ChainURL, deadline: ContinuousClock.Instant
    ) async throws(VerificationError) -> [UInt8] {
        let options = RequestOptions(maximumBodyBytes: Self.maximumChainBytes)
        do throws(HTTPClientError) {
            let answer = try await http.send(
                url.request, options: options, deadline: min(deadline, .now + fetchTime))
            guard answer.head.status == .ok else {
                throw HTTPClientError(
                    code: .malformedAnswer, outcome: .unknown,
                    description: "\(ChainURL.host) answered \(answer.head.status.code).")
            }
            return answer.body
        } catch {
            throw VerificationError(.chainNotFetched, "The certificate chain was not fetched: \(error.description)")
        }
    }
}
