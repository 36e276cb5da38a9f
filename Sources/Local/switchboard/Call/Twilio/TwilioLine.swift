import Encoding
import Foundation
import LocalServices
import Settings
import Twilio

/// The Twilio number of a call: its webhook over HTTP, with valid signatures, and its recordings.
struct TwilioLine: Sendable {
    let account: String
    let token: String
    let base: PublicBaseURL
    let baseURL: URL
    let front: any HTTPFront
    let recordings: TwilioRecordings

    /// Returns nil when TwilioVoice's variables do not name the account.
    init?(_ variables: [String: String], front: any HTTPFront, recordings: TwilioRecordings?) {
        guard let account = variables["TWILIO_ACCOUNT_SID"], let token = variables["TWILIO_AUTH_TOKEN"],
            let text = variables["TWILIO_PUBLIC_BASE_URL"], let base = PublicBaseURL(parsing: text),
            let baseURL = URL(string: text), let recordings
        else { return nil }
        self.account = account
        self.token = token
        self.base = base
        self.baseURL = baseURL
        self.front = front
        self.recordings = recordings
    }

    /// Posts to the webhook in Twilio's form: a form, signed under the public URL.
    ///
    /// Throws a `WebhookPolicy.Failure` when there is no response by the deadline.
    func post(
        _ path: String, _ parameters: [String: String], deadline: ContinuousClock.Instant
    ) async throws -> (status: Int, body: [UInt8]) {
        let prefix = baseURL.path().hasSuffix("/") ? String(baseURL.path().dropLast()) : baseURL.path()
        let own = !prefix.isEmpty && path.hasPrefix(prefix + "/") ? String(path.dropFirst(prefix.count)) : path
        let pairs = parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        let signature = WebhookSignatureVerifier.text(of: base.url(of: own).text, pairs, token: token)
        return try await withThrowingTaskGroup(of: (status: Int, body: [UInt8])?.self) { group in
            group.addTask {
                do {
                    return try await front.post(
                        own,
                        fields: [
                            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
                            "X-Twilio-Signature": signature, "User-Agent": "TwilioProxy/1.1",
                        ],
                        body: Array(PercentEncoding.form(pairs).utf8))
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    throw WebhookPolicy.Failure.connection
                }
            }
            group.addTask {
                try await Task.sleep(until: deadline)
                return nil
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() ?? nil else { throw WebhookPolicy.Failure.silence }
            return answer
        }
    }

    /// Stores a recording for later requests.
    func keep(_ recording: RecordVerb.Recorded) async -> [String: String] {
        let sid = "RE" + UUID().uuidString.replacing("-", with: "").lowercased()
        await recordings.put(sid, recording.audio)
        return [
            "RecordingSid": sid,
            "RecordingUrl": "https://api.twilio.com/2010-04-01/Accounts/\(account)/Recordings/\(sid)",
        ]
    }

    /// The circumstances that the account imposes on a call.
    var circumstances: TwilioCall.Circumstances {
        var circumstances = TwilioCall.Circumstances()
        circumstances.isTrial = recordings.accountType == "Trial"
        return circumstances
    }
}
