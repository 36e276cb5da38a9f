import Idempotency

/// The answer to the flow: flat, and strings only, as response validation STRING_MAP wants it.
struct SMSOutput: Encodable, Equatable {
    /// `sent`, `duplicate` or `optedout`.
    let status: String
    /// The service's identifier of the message; of a duplicate, the first one's; empty when opted out.
    let messageId: String
    /// How many parts the message takes; of a duplicate, how many the first one took.
    let parts: String

    /// `parts` is this message's count.
    init(_ outcome: SendOutcome, parts: String) {
        switch outcome {
        case .sent(let receipt): (status, messageId, self.parts) = ("sent", receipt.messageID, parts)
        case .duplicate(let receipt):
            (status, messageId, self.parts) = ("duplicate", receipt.messageID, receipt.details["parts"] ?? parts)
        case .withheld: (status, messageId, self.parts) = ("optedout", "", parts)
        }
    }
}
