import Calling
import HTTPTypes

/// Amazon SES, API version 2.
package struct SESClient: Sendable {
    private let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
        client.expect(.ses)
    }

    /// Sends `email` once and returns its MessageId: accepted by SES, not yet delivered.
    ///
    /// The call is retried only when SES has certainly not sent the message. `SendEmail` in the Amazon SES API v2
    /// Reference.
    package nonisolated(nonsending) func sendEmail(_ email: Email, deadline: ContinuousClock.Instant)
        async throws(AWSError) -> String
    {
        let request = AWSRequest(
            service: .ses, action: "SendEmail", path: "/v2/email/outbound-emails",
            headers: [.contentType: "application/json"],
            body: try jsonBody(of: SendEmailInput(email), for: .ses, "SendEmail"),
            repetition: .once)
        return try await client.json(request, as: MessageIdentifier.self, deadline: deadline).messageID
    }
}
