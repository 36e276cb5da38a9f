import Foundation
import LambdaRuntime
import LocalServices
import Twilio

/// The Twilio number of a call: its webhook over HTTP, with true signatures, and its recordings.
struct TwilioLine: Sendable {
    let account: String
    let token: String
    let base: PublicBaseURL
    let baseURL: URL
    let front: FunctionFront
    let recordings: TwilioRecordings

    /// Nil when the variables of TwilioVoice do not say whose line it is.
    init?(_ variables: [String: String], front: FunctionFront, recordings: TwilioRecordings?) {
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

    /// Posts to the webhook as Twilio does: a form, signed under the public URL.
    func post(_ path: String, _ parameters: [String: String]) async throws -> (status: Int, body: [UInt8]) {
        let prefix = baseURL.path().hasSuffix("/") ? String(baseURL.path().dropLast()) : baseURL.path()
        let own = !prefix.isEmpty && path.hasPrefix(prefix + "/") ? String(path.dropFirst(prefix.count)) : path
        let pairs = parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        let signature = Signature.text(of: base.url(of: own).text, pairs, token: token)
        return try await front.post(
            own,
            fields: [
                "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", "X-Twilio-Signature": signature,
                "User-Agent": "TwilioProxy/1.1",
            ],
            body: Array(PercentEncoding.form(pairs).utf8))
    }

    /// Keeps what was said: the caller's own voice, or that of `name: …`; `(quiet)` is too quiet to be understood.
    func record(_ speech: String) async -> [String: String] {
        let sid = "RE" + UUID().uuidString.replacing("-", with: "").lowercased()
        let parts = speech.split(separator: ": ", maxSplits: 1).map(String.init)
        let recording =
            if speech == "(quiet)" {
                LocalRecording(code: "SSTQ")
            } else if parts.count == 2 {
                LocalRecording(voice: parts[0], phrase: parts[1])
            } else {
                LocalRecording(phrase: speech)
            }
        await recordings.put(sid, recording)
        return [
            "RecordingSid": sid, "RecordingDuration": "3",
            "RecordingUrl": "https://api.twilio.com/2010-04-01/Accounts/\(account)/Recordings/\(sid)",
        ]
    }
}
