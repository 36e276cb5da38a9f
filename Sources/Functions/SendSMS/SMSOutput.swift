import AmazonConnect
import Idempotency

/// The response to the flow.
struct SMSOutput: FlowResponse, Equatable {
    /// `sent`, `duplicate` or `optedout`.
    let status: String
    /// The service's identifier of the message; of a duplicate, the first one's; empty when opted out.
    let messageId: String
    /// The number of segments of the message; of a duplicate, that of the first one.
    let parts: String

    var fields: [String: String] { ["status": status, "messageId": messageId, "parts": parts] }

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
