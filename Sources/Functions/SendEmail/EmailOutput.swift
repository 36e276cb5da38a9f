import AmazonConnect
import Idempotency
import LambdaRuntime

/// The response to the flow.
struct EmailOutput: FlowResponse, Equatable {
    /// `sent` or `duplicate`.
    let status: String
    /// SES's identifier of the message; of a duplicate, the first one's.
    let messageId: String

    var fields: [String: String] { ["status": status, "messageId": messageId] }

    init(_ outcome: SendOutcome) throws(FunctionError) {
        switch outcome {
        case .sent(let receipt): (status, messageId) = ("sent", receipt.messageID)
        case .duplicate(let receipt): (status, messageId) = ("duplicate", receipt.messageID)
        case .withheld: throw FunctionError(.serviceUnavailable, "Nothing was sent.")
        }
    }
}
