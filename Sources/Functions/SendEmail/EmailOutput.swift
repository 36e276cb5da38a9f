import Idempotency
import LambdaRuntime

/// The answer to the flow: flat, and strings only, as response validation STRING_MAP wants it.
struct EmailOutput: Encodable, Equatable {
    /// `sent` or `duplicate`.
    let status: String
    /// SES's identifier of the message; of a duplicate, the first one's.
    let messageId: String

    init(_ outcome: SendOutcome) throws(FunctionError) {
        switch outcome {
        case .sent(let receipt): (status, messageId) = ("sent", receipt.messageID)
        case .duplicate(let receipt): (status, messageId) = ("duplicate", receipt.messageID)
        case .withheld: throw FunctionError(.serviceUnavailable, "Nothing was sent.")
        }
    }
}
