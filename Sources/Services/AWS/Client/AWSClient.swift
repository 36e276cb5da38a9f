package import Calling
import Encoding
package import HTTPClient
import HTTPTypes
import Synchronization

/// Signs and sends the calls of every service, retries what is safe, and reads the errors.
///
/// Creating one costs only memory: no connection is opened, and no key derived, before the first call.
package final class AWSClient: Sendable {
    package let configuration: AWSConfiguration
    private let http: CurlClient
    let timing: CallTiming
    private let signers = Mutex<[AWSService: Signer]>([:])

    package init(
        configuration: AWSConfiguration, http: CurlClient = CurlClient(), timing: CallTiming = CallTiming()
    ) {
        self.configuration = configuration
        self.http = http
        self.timing = timing
    }

    /// Returns the signer of `service`, the same each time so that its keys are derived once a day.
    package func signer(for service: AWSService) -> Signer {
        signers.withLock { signers in
            if let signer = signers[service] { return signer }
            let signer = Signer(
                credentials: configuration.credentials, region: configuration.region, service: service.signingName,
                pathRule: service.pathRule)
            signers[service] = signer
            return signer
        }
    }

    /// Declares that the first calls go to `service`: `CurlClient.expect`.
    package func expect(_ service: AWSService) {
        http.expect(configuration.endpoint(for: service))
    }

    /// Opens the connections of the first calls: `CurlClient.warmUp`.
    package func warmUp() async { await http.warmUp() }

    /// Declares that the first calls go to an endpoint.
    func expect(_ endpoint: Endpoint) {
        http.expect(endpoint)
    }

    /// The services' time, which requests and URLs are signed with.
    var utc: UTCTime { timing.utc }

    /// Returns a client of another region, with the same connections, clocks and credentials.
    package func inRegion(_ region: String) -> AWSClient {
        var other = configuration
        other.region = region
        return AWSClient(configuration: other, http: http, timing: timing)
    }

    /// Sends `request` up to three times, or as often as it says, and never past `deadline`.
    ///
    /// An attempt without a response is repeated only when the request is idempotent; when the later ones fail too, the
    /// outcome stays unknown, whatever their responses.
    package nonisolated(nonsending) func answer(to request: AWSRequest, deadline: ContinuousClock.Instant)
        async throws(AWSError) -> AWSResponse
    {
        let lastStart = deadline - request.repetition.shortestTry
        guard timing.instant() < lastStart else { throw .outOfTime(request) }
        var mayBeDone = false
        do throws(AWSError) {
            return try await RetryPolicy.standard(request.repetition, tries: request.tries).run(
                timing, before: lastStart
            ) {
                () async throws(AWSError) in
                do throws(AWSError) {
                    return try await attempt(request, deadline: deadline)
                } catch {
                    mayBeDone = mayBeDone || error.outcome == .unknown
                    throw error
                }
            }
        } catch {
            throw mayBeDone ? error.afterUnknownOutcome : error
        }
    }

    private nonisolated(nonsending) func attempt(
        _ request: AWSRequest, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> AWSResponse {
        let difference = timing.difference
        var answer = try await sent(request, correctedBy: difference, deadline: deadline)
        var fault = answer.head.status.code < 300 ? AWSFault() : AWSFault(head: answer.head, body: answer.body)
        // A refusal is none of the three attempts: also what must not be repeated was certainly not carried out.
        if fault.mayBeOfTime,
            timing.isCorrected(by: answer.head.date, signedWith: difference, tolerance: AWSFault.acceptedDifference),
            timing.instant() < deadline - request.repetition.shortestTry
        {
            answer = try await sent(request, correctedBy: timing.difference, deadline: deadline)
            fault = answer.head.status.code < 300 ? AWSFault() : AWSFault(head: answer.head, body: answer.body)
        }
        let status = answer.head.status.code
        guard status < 300 else {
            if request.answeringCodes.contains(fault.code) {
                return AWSResponse(status: status, code: fault.code, body: answer.body)
            }
            var error = AWSError(
                service: request.service.name, action: request.action, status: status, code: fault.code,
                reason: fault.reason, outcome: .refused, detail: detail(of: fault, answering: request))
            error.retryAfter = answer.head.retryAfter
            throw error
        }
        return AWSResponse(status: status, code: "", body: answer.body)
    }

    /// Signs and sends a request once: again for each attempt, since a signature is valid for minutes only.
    private nonisolated(nonsending) func sent(
        _ request: AWSRequest, correctedBy difference: Duration, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> (head: HTTPResponse, body: [UInt8]) {
        do throws(HTTPClientError) {
            return try await http.send(
                signed(request, at: timing.utc(correctedBy: difference)), body: request.body,
                options: request.options, deadline: deadline)
        } catch {
            throw AWSError(request, error)
        }
    }

    /// Returns the region to call instead, where S3 says that the bucket is in another.
    private func detail(of fault: AWSFault, answering request: AWSRequest) -> String? {
        guard request.service == .s3, let region = fault.region, region != configuration.region else { return nil }
        return "the bucket is in \(region), and AWS_REGION is \(configuration.region)"
    }

    func signed(_ request: AWSRequest, at time: UTCTime? = nil) -> HTTPRequest {
        let endpoint = request.endpoint ?? configuration.endpoint(for: request.service)
        let head = HTTPRequest(
            method: request.method, scheme: endpoint.scheme, authority: endpoint.authority,
            path: endpoint.basePath + request.path, headerFields: request.headers)
        return signer(for: request.service).sign(
            head, body: request.body, addsBodyHash: request.service.wantsBodyHash, at: time ?? timing.utc)
    }
}

extension AWSError {
    fileprivate init(_ request: AWSRequest, _ error: HTTPClientError) {
        let passing: Set<HTTPClientError.Code> = [.couldNotConnect, .couldNotResolve, .connectionLost]
        self.init(
            service: request.service.name, action: request.action,
            outcome: error.outcome, detail: error.description, isPassing: passing.contains(error.code))
        isTooLarge = error.code == .answerTooLarge
    }

    /// Too little time is left for a call that must not be repeated.
    fileprivate static func outOfTime(_ request: AWSRequest) -> AWSError {
        AWSError(
            service: request.service.name, action: request.action, outcome: .notSent,
            detail: "too little time is left before the deadline")
    }

    /// A success whose body cannot be read: the call may have been carried out.
    static func unreadable(
        _ request: AWSRequest, _ answer: AWSResponse, because detail: String = "the answer cannot be read"
    ) -> AWSError {
        AWSError(
            service: request.service.name, action: request.action, status: answer.status, outcome: .unknown,
            detail: detail)
    }
}
