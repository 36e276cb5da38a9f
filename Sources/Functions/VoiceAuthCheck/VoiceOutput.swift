import VoiceAuth

/// The answer to the flow: flat, and strings only, as response validation STRING_MAP wants it.
enum VoiceOutput: Encodable, Equatable {
    /// What the flow branches on; in contact mode with the digits to send to Twilio as DTMF, where there is something to
    /// transfer for.
    case branch(VoiceBranch, handoverCode: String? = nil)
    /// To a sweep: how many deletions are not confirmed.
    case swept(pending: Int)

    private enum CodingKeys: String, CodingKey {
        case branch = "Branch"
        case handoverCode, pending
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .branch(let branch, let handoverCode):
            try container.encode(branch.rawValue, forKey: .branch)
            try container.encodeIfPresent(handoverCode, forKey: .handoverCode)
        case .swept(let pending): try container.encode("\(pending)", forKey: .pending)
        }
    }
}
