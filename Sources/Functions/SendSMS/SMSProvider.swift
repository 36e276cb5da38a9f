import Idempotency
import Telephony

/// A service that sends text messages.
protocol SMSProvider: Sendable {
    /// Sends one message to a number that has not opted out.
    ///
    /// Attributes are this message's own; nothing account-wide is changed.
    func send(
        _ text: SMSText, to number: PhoneNumber, kind: MessageType, deadline: ContinuousClock.Instant
    ) async throws(DeliveryError) -> SMSAnswer
}

/// What a provider answered.
enum SMSAnswer: Sendable, Equatable {
    /// Accepted, not yet delivered.
    case accepted(messageID: String)
    /// The number's owner has asked for no more messages; nothing was sent.
    case optedOut
}
