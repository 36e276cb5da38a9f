import AWS
import Calling
import HTTPClient
import HTTPTypes

/// One request to Salesforce, of a sign-in or a call.
struct SalesforceRequest {
    /// The action; completes "Salesforce refused the …".
    let action: String
    let method: HTTPRequest.Method
    /// The path below the host's base path, with the query.
    let path: String
    var body: [UInt8] = []
    var contentType = "application/json"
    /// True when carrying it out twice ends the same: it is then sent again after an unknown outcome.
    let isIdempotent: Bool
    var maximumBytes = SalesforceTransport.maximumBytes
    var assignment: RecordAssignment?
    /// The most tries while Salesforce is not available.
    var tries = 3
}

/// A whole response, of any status but 503.
struct SalesforceResponse {
    let head: HTTPResponse
    let body: [UInt8]

    var status: Int { head.status.code }
}

/// The transport of requests, with retries when Salesforce is busy or cannot be reached.
struct SalesforceTransport: Sendable {
    /// The largest response of a Lambda function; no larger one is of use.
    static let maximumBytes = 6_291_556

    let http: CurlClient
    let timing: CallTiming

    nonisolated(nonsending) func answer(
        to request: SalesforceRequest, at endpoint: Endpoint, token: String? = nil, deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> SalesforceResponse {
        try await policy(for: request).run(timing, before: deadline) { () async throws(SalesforceError) in
            try await attempt(request, at: endpoint, token: token, deadline: deadline)
        }
    }

    /// The tries of what Salesforce was not available for, 250 ms apart at first.
    private func policy(for request: SalesforceRequest) -> RetryPolicy<SalesforceError> {
        RetryPolicy(tries: request.tries) { [isIdempotent = request.isIdempotent] error in
            guard error.kind == .unavailable, error.outcome != .unknown || isIdempotent else { return nil }
            return Backoff(first: .milliseconds(250), jitter: 0.5...1)
        }
    }

    private nonisolated(nonsending) func attempt(
        _ request: SalesforceRequest, at endpoint: Endpoint, token: String?, deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> SalesforceResponse {
        var head = HTTPRequest(
            method: request.method, scheme: endpoint.scheme, authority: endpoint.authority,
            path: endpoint.basePath + request.path)
        head.headerFields.set(.accept, to: "application/json")
        if !request.body.isEmpty { head.headerFields.set(.contentType, to: request.contentType) }
        if let assignment = request.assignment {
            head.headerFields.set(.sforceAutoAssign, to: assignment.header)
        }
        if let token { head.headerFields.set(.authorization, to: "Bearer \(token)") }
        let options = RequestOptions(maximumBodyBytes: request.maximumBytes, decompresses: true)
        let answer: SalesforceResponse
        do throws(HTTPClientError) {
            let (head, body) = try await http.send(head, body: request.body, options: options, deadline: deadline)
            answer = SalesforceResponse(head: head, body: body)
        } catch {
            throw SalesforceError(error, action: request.action)
        }
        guard answer.status != 503 else {
            throw SalesforceError(answer, to: request, hiding: token.map { [$0] } ?? [])
        }
        return answer
    }
}

extension HTTPField.Name {
    fileprivate static let sforceAutoAssign = literal(RecordAssignment.headerName)
}
