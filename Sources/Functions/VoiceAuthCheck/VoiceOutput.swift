import VoiceAuth

/// The answer to the flow: flat, and strings only, as response validation STRING_MAP wants it.
struct VoiceOutput: Encodable, Equatable {
    /// What the flow branches on.
    let branch: VoiceBranch
    /// In contact mode, the digits to send to Twilio as DTMF; nil when there is nothing to transfer for.
    let handoverCode: String?

    init(_ branch: VoiceBranch, handoverCode: String? = nil) {
        self.branch = branch
        self.handoverCode = handoverCode
    }

    private enum CodingKeys: String, CodingKey {
        case branch = "Branch"
        case handoverCode
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(branch.rawValue, forKey: .branch)
        try container.encodeIfPresent(handoverCode, forKey: .handoverCode)
    }
}
