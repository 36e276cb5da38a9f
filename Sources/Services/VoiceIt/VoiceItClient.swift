import AWS
package import Calling
import Encoding
package import HTTPClient
import HTTPTypes
import JSON

/// VoiceIt's API 2.0: users, enrolments and verifications by voice.
///
/// Nothing is opened or read before the first call. A call that creates or verifies is sent once: it is retried only
/// when it was certainly not carried out.
package final class VoiceItClient: Sendable {
    let transport: VoiceItTransport

    package init(
        configuration: VoiceItConfiguration, http: CurlClient = CurlClient(), timing: CallTiming = CallTiming(),
        number: @escaping @Sendable () -> UInt64 = { UInt64.random(in: 0...UInt64.max) }
    ) {
        http.expect(configuration.base)
        transport = VoiceItTransport(
            base: configuration.base,
            secrets: KeyedSecretReader(configuration.secret, http: http, timing: timing), http: http, timing: timing,
            number: number)
    }

    /// Reads the secret of `VOICEIT_SECRET_ARN`, if there is one: call it once at start.
    ///
    /// Throws an `EnvironmentError` that names the keys that the secret lacks, or the `AWSError` of the call.
    package nonisolated(nonsending) func readSecret(deadline: ContinuousClock.Instant) async throws {
        _ = try await transport.secrets.values(deadline: deadline)
    }

    /// Makes a user and returns its id. `POST /users`.
    ///
    /// An unknown outcome may leave behind a user whose id is unknown.
    package nonisolated(nonsending) func createUser(deadline: ContinuousClock.Instant) async throws(VoiceItError)
        -> String
    {
        let request = VoiceItRequest(action: "creation of a user", method: .post, path: "/users")
        let answer = try await succeeding(request, deadline: deadline)
        guard let id = answer.json["userId"]?.string, Self.isID(id) else {
            throw VoiceItError(.unreadable, .unknown, action: request.action, status: answer.status, code: answer.code)
        }
        return id
    }

    /// Deletes a user with every enrolment; returns false when there was none. `DELETE /users/{id}`.
    package nonisolated(nonsending) func deleteUser(_ id: String, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> Bool
    {
        let request = VoiceItRequest(
            action: "deletion of a user", method: .delete, path: "/users/\(try segment(id, "deletion of a user"))")
        let answer = try await transport.answer(to: request, deadline: deadline)
        if answer.code == .userNotFound || answer.status == 404 { return false }
        guard answer.isSuccess else { throw error(answer, request) }
        return true
    }

    /// Returns the phrases that the account has for a language. `GET /phrases/{contentLanguage}`.
    package nonisolated(nonsending) func phrases(language: String, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> [String]
    {
        let request = VoiceItRequest(
            action: "list of phrases", method: .get, path: "/phrases/\(try segment(language, "list of phrases"))")
        let answer = try await succeeding(request, deadline: deadline)
        return (answer.json["phrases"]?.array ?? []).compactMap { $0["text"]?.string ?? $0.string }
    }

    nonisolated(nonsending) func succeeding(_ request: VoiceItRequest, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> VoiceItResponse
    {
        let answer = try await transport.answer(to: request, deadline: deadline)
        guard answer.isSuccess else { throw error(answer, request) }
        return answer
    }

    func error(_ answer: VoiceItResponse, _ request: VoiceItRequest) -> VoiceItError {
        VoiceItError(status: answer.status, code: answer.code, action: request.action)
    }

    /// A value that may be one segment of a path as it is.
    func segment(_ text: String, _ action: String) throws(VoiceItError) -> String {
        guard Self.isID(text) else {
            throw VoiceItError(.refused, .notSent, action: action, detail: "the id is not a VoiceIt user id")
        }
        return text
    }

    private static func isID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_".utf8.contains($0) }
    }
}
