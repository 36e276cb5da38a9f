import Twilio

/// A step of a call. Its reply is in the path, never in the query, which some events change.
enum CallStep: Equatable, Sendable {
    /// The number's webhook.
    case incoming
    /// The number's status callback.
    case status
    /// Keys that may be a code.
    case code
    /// A key that replies to the question for consent.
    case consent(turn: Int)
    case recording(turn: Int)
    /// Neither a key nor a word was received.
    case silence(turn: Int)
    /// No reply: asks for the open question.
    case resume

    /// Parses a path without stage; nil for any other path.
    init?(path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.last?.isEmpty == true { parts.removeLast() }
        guard parts.count >= 3, parts[0].isEmpty, parts[1] == "voice" else { return nil }
        switch (parts[2], parts.count, parts.count > 3 ? Self.number(parts[3]) : nil) {
        case ("incoming", 3, _): self = .incoming
        case ("status", 3, _): self = .status
        case ("resume", 3, _): self = .resume
        case ("code", 3, _): self = .code
        case ("consent", 4, let turn?): self = .consent(turn: turn)
        case ("recording", 4, let turn?): self = .recording(turn: turn)
        case ("silence", 4, let turn?): self = .silence(turn: turn)
        default: return nil
        }
    }

    var path: String {
        switch self {
        case .incoming: "/voice/incoming"
        case .status: "/voice/status"
        case .code: "/voice/code"
        case .consent(let turn): "/voice/consent/\(turn)"
        case .recording(let turn): "/voice/recording/\(turn)"
        case .silence(let turn): "/voice/silence/\(turn)"
        case .resume: "/voice/resume"
        }
    }

    func url(_ base: PublicBaseURL) -> WebhookURL { base.repeatedURL(of: path) }

    private static func number(_ text: String) -> Int? {
        guard text.utf8.count <= 6, let number = Int(text), number >= 0, "\(number)" == text else { return nil }
        return number
    }
}
