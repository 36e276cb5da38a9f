/// A send's result: stored under its key, and returned again to a caller that repeats the send.
package struct Receipt: Sendable, Equatable {
    /// The service's identifier of the message: accepted, not yet delivered.
    package let messageID: String
    /// Further output fields, such as `parts`; nothing personal, since they are stored.
    package let details: [String: String]

    package init(messageID: String, details: [String: String] = [:]) {
        self.messageID = messageID
        self.details = details
    }
}

/// The end of an attempt to send that did not fail.
package enum SendResult: Sendable, Equatable {
    /// The service has accepted the message.
    case sent(Receipt)
    /// The message was not sent, without a fault: the recipient has opted out. Leaves no record.
    case withheld
}

/// The result of `SendOnce`.
package enum SendOutcome: Sendable, Equatable {
    /// The message was sent now.
    case sent(Receipt)
    /// The message was sent before, within 24 hours, and not again.
    case duplicate(Receipt)
    /// The message was not sent: the recipient has opted out.
    case withheld
}
