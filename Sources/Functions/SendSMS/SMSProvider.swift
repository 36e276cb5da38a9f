import Idempotency
import Telephony

/// A service that sends text messages.
protocol SMSProvider: Sendable {
    /// Sends one message to a number that has not opted out.
    ///
    /// Sends the message; nothing account-wide is changed.
    func send(
        _ text: SMSText, to number: PhoneNumber, kind: MessageType, deadline: ContinuousClock.Instant
    ) async throws(DeliveryError) -> SMSResponse
}

/// The result of a provider's call.
enum SMSResponse: Sendable, Equatable {
    /// Accepted, not yet delivered.
    case accepted(messageID: String)
    /// The number's owner has opted out; nothing was sent.
    case optedOut
}
