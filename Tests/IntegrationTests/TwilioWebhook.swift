import Encoding
import LocalServices
import Settings
import Twilio

/// Requests to a Twilio webhook, signed under the URL configured at Twilio.
struct TwilioWebhook {
    let base: String
    let token: String

    /// Passes the headers and the body of a call's request to `send`.
    func post<Answer>(
        _ path: String, _ parameters: [String: String],
        send: (_ fields: [String: String], _ body: String) async throws -> Answer
    ) async throws -> Answer {
        let all = [
            "AccountSid": TwilioMediaDouble.accountSID, "CallSid": "CA00000000000000000000000000000077",
            "From": "+12065550101", "To": "+15005550006", "Direction": "inbound",
        ].merging(parameters) { $1 }
        let pairs = all.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        return try await send(
            [
                "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
                "X-Twilio-Signature": WebhookSignatureVerifier.text(of: base + path, pairs, token: token),
            ], PercentEncoding.form(pairs))
    }
}
