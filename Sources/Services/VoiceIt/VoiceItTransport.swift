import AWS
import Calling
import HTTPClient
import HTTPTypes
import JSON
import Settings

/// One request to VoiceIt.
struct VoiceItRequest {
    /// The action; completes "VoiceIt refused the …".
    let action: String
    let method: HTTPRequest.Method
    /// The path below the base path; untrusted segments must be checked.
    let path: String
    var fields: [(name: String, value: String)] = []
    var recording: [UInt8]?
    /// True when carrying it out twice ends the same: it is then sent again after an unknown outcome.
    ///
    /// An enrolment would be counted twice, and a verification's second copy be taken for a replay.
    var isIdempotent: Bool { method != .post }
}

/// A whole response of VoiceIt's own: JSON with a response code.
struct VoiceItResponse {
    let status: Int
    let code: ResponseCode?
    let json: JSONValue

    var isSuccess: Bool { code == .success && (200..<300).contains(status) }
}

/// The transport of requests, with retries when VoiceIt is busy or cannot be reached, or when the secret has been
/// rotated.
struct VoiceItTransport: Sendable {
    let base: Endpoint
    let secrets: KeyedSecretReader
    let http: CurlClient
    let timing: CallTiming
    let number: @Sendable () -> UInt64

    nonisolated(nonsending) func answer(
        to request: VoiceItRequest, deadline: ContinuousClock.Instant
    ) async throws(VoiceItError) -> VoiceItResponse {
        let values = try await reading(request) { try await secrets.values(deadline: deadline) }
        let refused: Result<VoiceItResponse, VoiceItError>
        do throws(VoiceItError) {
            let answer = try await answer(to: request, values, deadline: deadline)
            guard answer.code == .unauthorized else { return answer }
            refused = .success(answer)
        } catch {
            // A 401 or 403 without a code of VoiceIt's.
            guard error.kind == .credentialsRefused else { throw error }
            refused = .failure(error)
        }
        let others = try await reading(request) { try await secrets.values(insteadOf: values, deadline: deadline) }
        guard let others else { return try refused.get() }
        return try await self.answer(to: request, others, deadline: deadline)
    }

    private nonisolated(nonsending) func answer(
        to request: VoiceItRequest, _ values: KeyedSecret.Values, deadline: ContinuousClock.Instant
    ) async throws(VoiceItError) -> VoiceItResponse {
        try await policy(for: request).run(timing, before: deadline) { () async throws(VoiceItError) in
            try await attempt(request, values, deadline: deadline)
        }
    }

    /// Three tries of what VoiceIt was not available for, 100 ms apart at first: a caller waits.
    private func policy(for request: VoiceItRequest) -> RetryPolicy<VoiceItError> {
        RetryPolicy(tries: 3) { [isIdempotent = request.isIdempotent] error in
            guard error.kind == .unavailable, error.outcome != .unknown || isIdempotent else { return nil }
            return Backoff(first: .milliseconds(100), jitter: 0.5...1)
        }
    }

    private nonisolated(nonsending) func attempt(
        _ request: VoiceItRequest, _ values: KeyedSecret.Values, deadline: ContinuousClock.Instant
    ) async throws(VoiceItError) -> VoiceItResponse {
        var head = HTTPRequest(
            method: request.method, scheme: base.scheme, authority: base.authority, path: base.basePath + request.path)
        let key = values[VoiceItConfiguration.keyName]?.value ?? ""
        let token = values[VoiceItConfiguration.tokenName]?.value ?? ""
        head.authenticate(user: key, password: token)
        head.headerFields.set(.accept, to: "application/json")
        var body: [UInt8] = []
        if !request.fields.isEmpty {
            let file = request.recording.map {
                (name: "recording", filename: "recording.wav", type: "audio/wav", bytes: $0)
            }
            let form = MultipartForm(fields: request.fields, file: file, number: number)
            head.headerFields.set(.contentType, to: form.contentType)
            body = form.body
        }
        let answer: (head: HTTPResponse, body: [UInt8])
        do throws(HTTPClientError) {
            answer = try await http.send(head, body: body, deadline: deadline)
        } catch {
            throw VoiceItError(error, action: request.action)
        }
        let status = answer.head.status.code
        let json = try? JSONValue(parsing: answer.body)
        let code = json?["responseCode"]?.string.flatMap(ResponseCode.init(plain:))
        // A response without a code of VoiceIt's own comes from a proxy before VoiceIt.
        guard let json, let code else { throw VoiceItError(status: status, code: nil, action: request.action) }
        if status == 429 || status == 503 { throw VoiceItError(status: status, code: code, action: request.action) }
        if status >= 500, request.isIdempotent {
            throw VoiceItError(status: status, code: code, action: request.action)
        }
        return VoiceItResponse(status: status, code: code, json: json)
    }

    /// Turns an error of reading the secret into a failed call.
    private nonisolated(nonsending) func reading<Value>(
        _ request: VoiceItRequest, _ read: nonisolated(nonsending) () async throws -> Value
    ) async throws(VoiceItError) -> Value {
        do {
            return try await read()
        } catch {
            throw VoiceItError(.unavailable, .notSent, action: request.action, detail: "\(error)")
        }
    }
}
