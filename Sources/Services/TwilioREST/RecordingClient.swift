package import AWS
package import Calling
package import HTTPClient
import HTTPTypes
import Settings

/// A client that fetches recordings from Twilio and deletes them. "Recordings resource" in Twilio's API documentation.
package struct RecordingClient: Sendable {
    /// The largest recording, in bytes: 30 seconds take half a megabyte.
    package static let largest = 5 << 20

    /// The reason why there is no recording, or it is still there.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// It was not available until the deadline.
        case missing
        /// It is larger than any recording made here.
        case tooLarge
        /// Twilio refuses or fails; the sentence is for logs.
        case unavailable(String)

        package var description: String {
            switch self {
            case .missing: "Twilio does not have the recording yet."
            case .tooLarge: "The recording is larger than \(RecordingClient.largest) bytes."
            case .unavailable(let sentence): sentence
            }
        }
    }

    /// The result of a deletion.
    package enum Deletion: Sendable, Equatable {
        /// Twilio has deleted it.
        case deleted
        /// Twilio has no such recording: it is gone, or still being processed.
        case notThere
    }

    /// The failure of one try.
    private struct FailedTry: CallFailure {
        let failure: Failure
        /// True when another try may succeed.
        let isPassing: Bool
        /// True when Twilio refused the account's SID or token.
        var isKeyRefused = false
    }

    /// Tries until the deadline: 200 ms apart at first, a second at most.
    private static let fetching = RetryPolicy<FailedTry>(tries: nil) {
        $0.isPassing ? Backoff(first: .milliseconds(200), longest: .seconds(1)) : nil
    }

    /// Three tries; a recording that is not there needs no other one.
    private static let deletion = RetryPolicy<FailedTry>(tries: 3) {
        $0.isPassing && $0.failure != .missing ? Backoff(first: .milliseconds(200)) : nil
    }

    private let api: Endpoint
    private let secrets: KeyedSecretReader
    private let http: CurlClient
    private let timing: CallTiming

    /// - Parameter api: `TWILIO_API_BASE_URL`, where recordings are deleted.
    package init(api: Endpoint, secrets: KeyedSecretReader, http: CurlClient, timing: CallTiming = CallTiming()) {
        self.api = api
        self.secrets = secrets
        self.http = http
        self.timing = timing
    }

    /// Returns the recording's bytes, none when it is empty.
    ///
    /// Twilio may tell of a recording before it is there, so it is asked again until `deadline`.
    package func audio(
        at place: TwilioRecording, deadline: ContinuousClock.Instant
    ) async throws(Failure) -> [UInt8] {
        do throws(FailedTry) {
            return try await send(
                .get, place.origin, place.path + place.format, under: Self.fetching, deadline: deadline)
        } catch {
            throw error.failure
        }
    }

    /// Deletes the recording, in at most three attempts.
    package func delete(
        _ place: TwilioRecording, deadline: ContinuousClock.Instant
    ) async throws(Failure) -> Deletion {
        do throws(FailedTry) {
            _ = try await send(
                .delete, api, "\(api.basePath)\(place.path).json", under: Self.deletion, deadline: deadline)
            return .deleted
        } catch {
            if error.failure == .missing { return .notThere }
            throw error.failure
        }
    }

    /// Sends a request; a secret that is refused is read again, and the request sent once more under another one.
    private func send(
        _ method: HTTPRequest.Method, _ origin: Endpoint, _ path: String, under policy: RetryPolicy<FailedTry>,
        deadline: ContinuousClock.Instant
    ) async throws(FailedTry) -> [UInt8] {
        let values = try await reading { try await secrets.values(deadline: deadline) }
        do throws(FailedTry) {
            return try await policy.run(timing, before: deadline) { () async throws(FailedTry) in
                try await attempt(Self.request(method, origin, path, values), deadline: deadline)
            }
        } catch {
            guard error.isKeyRefused,
                let others = try await reading({ try await secrets.values(insteadOf: values, deadline: deadline) })
            else { throw error }
            return try await policy.run(timing, before: deadline) { () async throws(FailedTry) in
                try await attempt(Self.request(method, origin, path, others), deadline: deadline)
            }
        }
    }

    /// Turns an error of reading the secret into a failed try.
    private func reading<Value>(_ read: () async throws -> Value) async throws(FailedTry) -> Value {
        do {
            return try await read()
        } catch {
            throw FailedTry(failure: .unavailable("\(error)"), isPassing: false)
        }
    }

    private nonisolated(nonsending) func attempt(
        _ request: HTTPRequest, deadline: ContinuousClock.Instant
    ) async throws(FailedTry) -> [UInt8] {
        let response: (head: HTTPResponse, body: [UInt8])
        do throws(HTTPClientError) {
            let options = RequestOptions(maximumBodyBytes: Self.largest)
            response = try await http.send(request, options: options, deadline: deadline)
        } catch {
            throw switch error.code {
            case .answerTooLarge: FailedTry(failure: .tooLarge, isPassing: false)
            case .timedOut, .cancelled:
                FailedTry(failure: .unavailable(Self.sentence(request, error)), isPassing: false)
            default: FailedTry(failure: .unavailable(Self.sentence(request, error)), isPassing: true)
            }
        }
        let status = response.head.status.code
        switch status {
        case 200, 204: return response.body
        case 404: throw FailedTry(failure: .missing, isPassing: true)
        // A redirect is not followed: the credentials and the recording belong to this host alone.
        default:
            throw FailedTry(
                failure: .unavailable(Self.sentence(request, status)), isPassing: status == 429 || status >= 500,
                isKeyRefused: status == 401 || status == 403)
        }
    }

    private static func sentence(_ request: HTTPRequest, _ status: Int) -> String {
        let isKey = status == 401 || status == 403
        let remedy = isKey ? ": check \(TwilioAccount.secretName)'s secret, or \(TwilioAccount.tokenName)" : ""
        return "Twilio answered \(request.method.rawValue) of a recording with status \(status)\(remedy)."
    }

    private static func sentence(_ request: HTTPRequest, _ error: HTTPClientError) -> String {
        let variable = request.method == .delete ? "TWILIO_API_BASE_URL" : "TWILIO_MEDIA_HOSTS"
        return "\(request.method.rawValue) of a recording at \(variable)'s host failed: \(error.description)"
    }

    private static func request(
        _ method: HTTPRequest.Method, _ origin: Endpoint, _ path: String, _ values: KeyedSecret.Values
    ) -> HTTPRequest {
        let name = values[TwilioAccount.sidName]?.value ?? ""
        let password = values[TwilioAccount.tokenName]?.value ?? ""
        var request = HTTPRequest(method: method, scheme: origin.scheme, authority: origin.authority, path: path)
        request.authenticate(user: name, password: password)
        return request
    }
}
