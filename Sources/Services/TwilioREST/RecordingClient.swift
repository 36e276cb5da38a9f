package import AWS
package import Calling
package import HTTPClient
import HTTPTypes
import Settings

/// Fetches recordings from Twilio and deletes them. "Recordings resource" in Twilio's API documentation.
package struct RecordingClient: Sendable {
    /// The largest recording, in bytes: 30 seconds take half a megabyte.
    package static let largest = 5 << 20
    private static let deletionTries = 3

    /// Why there is no recording, or it is still there.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// It was not there until the end of the time that was left.
        case missing
        /// It is larger than any that is made here.
        case tooLarge
        /// Twilio's side does not do its part; the sentence is for logs.
        case unavailable(String)

        package var description: String {
            switch self {
            case .missing: "Twilio does not have the recording yet."
            case .tooLarge: "The recording is larger than \(RecordingClient.largest) bytes."
            case .unavailable(let sentence): sentence
            }
        }
    }

    /// What a deletion came to.
    package enum Deletion: Sendable, Equatable {
        /// Twilio has deleted it.
        case deleted
        /// Twilio has no such recording: it is gone, or still being processed.
        case notThere
    }

    /// What one request came to.
    private enum Attempt {
        case done([UInt8])
        /// Another may come to something else.
        case again(Failure)
        case failed(Failure)
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

    /// The recording's bytes, none when it is empty. Twilio may tell of a recording before it is there, so it is asked again
    /// until `deadline`.
    package func audio(
        at place: TwilioRecording, deadline: ContinuousClock.Instant
    ) async throws(Failure) -> [UInt8] {
        let request = try await request(.get, place.origin, place.path + place.format, deadline: deadline)
        var pause = Duration.milliseconds(200)
        while true {
            switch await attempt(request, deadline: deadline) {
            case .done(let audio): return audio
            case .failed(let failure): throw failure
            case .again(let failure): try await wait(pause, deadline: deadline, else: failure)
            }
            pause = min(pause * 2, .seconds(1))
        }
    }

    /// Deletes the recording, in at most three tries.
    package func delete(
        _ place: TwilioRecording, deadline: ContinuousClock.Instant
    ) async throws(Failure) -> Deletion {
        let request = try await request(.delete, api, "\(api.basePath)\(place.path).json", deadline: deadline)
        var tries = 1
        while true {
            switch await attempt(request, deadline: deadline) {
            case .done: return .deleted
            case .again(.missing): return .notThere
            case .failed(let failure): throw failure
            case .again(let failure):
                guard tries < Self.deletionTries else { throw failure }
                try await wait(.milliseconds(200 * tries), deadline: deadline, else: failure)
            }
            tries += 1
        }
    }

    private func attempt(_ request: HTTPRequest, deadline: ContinuousClock.Instant) async -> Attempt {
        do throws(HTTPClientError) {
            let options = RequestOptions(maximumBodyBytes: Self.largest)
            let (head, body) = try await http.send(request, options: options, deadline: deadline)
            let sentence = Self.sentence(request, head.status.code)
            return switch head.status.code {
            case 200, 204: .done(body)
            case 404: .again(.missing)
            case 429, 500...: .again(.unavailable(sentence))
            // A redirect is not followed: the credentials and the recording belong to this host alone.
            default: .failed(.unavailable(sentence))
            }
        } catch {
            return switch error.code {
            case .answerTooLarge: .failed(.tooLarge)
            case .timedOut, .cancelled: .failed(.unavailable(Self.sentence(request, error)))
            default: .again(.unavailable(Self.sentence(request, error)))
            }
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

    private func wait(
        _ pause: Duration, deadline: ContinuousClock.Instant, else failure: Failure
    ) async throws(Failure) {
        guard timing.instant() + pause < deadline, (try? await timing.sleep(pause)) != nil else { throw failure }
    }

    private func request(
        _ method: HTTPRequest.Method, _ origin: Endpoint, _ path: String, deadline: ContinuousClock.Instant
    ) async throws(Failure) -> HTTPRequest {
        let values: KeyedSecret.Values
        do {
            values = try await secrets.values(deadline: deadline)
        } catch {
            throw .unavailable("\(error)")
        }
        let name = values[TwilioAccount.sidName]?.value ?? ""
        let password = values[TwilioAccount.tokenName]?.value ?? ""
        var request = HTTPRequest(method: method, scheme: origin.scheme, authority: origin.authority, path: path)
        request.authenticate(user: name, password: password)
        return request
    }
}
