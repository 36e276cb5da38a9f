/// How an attempt to send ended, when it did not fail.
package enum SendResult: Sendable, Equatable {
    /// The service has accepted the message.
    case sent(Receipt)
    /// Nothing was sent and nothing is wrong: the recipient has opted out. Leaves no record.
    case withheld
}

/// What `SendOnce` did.
package enum SendOutcome: Sendable, Equatable {
    /// Sent, now.
    case sent(Receipt)
    /// Sent before, within 24 hours; nothing was sent now.
    case duplicate(Receipt)
    /// Not sent: the recipient has opted out.
    case withheld
}
