import AmazonConnect
import VoiceAuth

/// The response to the flow.
enum VoiceOutput: FlowResponse, Equatable {
    /// The branch that the flow takes; in contact mode with the digits to send to Twilio as DTMF, where there is
    /// something to transfer for.
    case branch(VoiceBranch, handoverCode: String? = nil)
    /// The response to a sweep: the number of unconfirmed deletions.
    case swept(pending: Int)

    var fields: [String: String] {
        switch self {
        case .branch(let branch, nil): ["Branch": branch.rawValue]
        case .branch(let branch, let handoverCode?): ["Branch": branch.rawValue, "handoverCode": handoverCode]
        case .swept(let pending): ["pending": "\(pending)"]
        }
    }
}
